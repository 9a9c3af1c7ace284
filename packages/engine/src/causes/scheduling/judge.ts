/** Which predicate keeps a pending pod from the nodes that would otherwise take it. */
import type { Case } from "../../model/case";
import type { CauseContext } from "../../model/cause";
import type { Confidence } from "../../model/report";
import type { Reason } from "../../scheduling/message";
import type { NodeFit } from "../../scheduling/node-fit";
import { type FromNodes, judgeNodes } from "./by-nodes";
import { judgeMessage } from "./by-message";
import { type Pending, pendingPod } from "./pending";
import { oncePerCase } from "../once";

export type Obstruction =
  | "unschedulable"
  | "taint"
  | "node-condition"
  | "node-selector"
  | "node-affinity"
  | "host-port"
  | "resource"
  | "volume-node"
  | "volume"
  | "topology-spread"
  | "pod-affinity"
  | "other";

export interface Decision {
  obstruction: Obstruction;
  confidence: Confidence;
  /** For `resource`. */
  resource?: string;
  /** Taint key, for `taint` and `node-condition`. */
  taint?: string;
  /** What the scheduler said of it. */
  reason?: Reason;
  /** Nodes that this keeps away, the one that is nearest to a fit first; empty where no node was seen. */
  fits: NodeFit[];
}
export interface Judged {
  pending: Pending;
  /** The best first. */
  decisions: Decision[];
}

const judged = new WeakMap<Case, { context: CauseContext; result: Judged | null }>();

function readJudge(context: CauseContext): Judged | null {
  const before = judged.get(context.case);
  if (before?.context.view === context.view && before.context.seen === context.seen) return before.result;
  const pending = pendingPod(context);
  const result = pending ? { pending, decisions: decide(pending) } : null;
  judged.set(context.case, { context, result });
  return result;
}
/** Every cause of the family asks the same question of a Case: it is answered once. */
export const judge = oncePerCase(readJudge);

/** The decision for one obstruction; an obstruction that is not the best is at most `possible`. */
export function decisionFor(context: CauseContext, obstruction: Obstruction, test: (decision: Decision) => boolean = () => true) {
  const result = judge(context);
  const index = result?.decisions.findIndex((decision) => decision.obstruction === obstruction && test(decision)) ?? -1;
  if (!result || index < 0) return null;
  const decision = result.decisions[index]!;
  return { pending: result.pending, decision: index === 0 ? decision : { ...decision, confidence: "possible" as const } };
}

function decide(pending: Pending): Decision[] {
  const fromNodes = pending.spec !== "none" && pending.world.nodes.length ? judgeNodes(pending) : null;
  const fromMessage = pending.message ? judgeMessage(pending) : [];
  if (!fromNodes) return fromMessage;
  return combine(pending, fromNodes, fromMessage);
}

/** Nodes judge, the message is the witness: where they agree it is certain; where the scheduler saw something else, it was there and we were not. */
function combine(pending: Pending, nodes: FromNodes, message: Decision[]): Decision[] {
  const agrees = (a: Decision, b: Decision): boolean =>
    sameKind(a.obstruction) === sameKind(b.obstruction) && (a.resource === undefined || b.resource === undefined || a.resource === b.resource);
  const said = (decision: Decision): Reason | undefined =>
    pending.message?.reasons.find(
      (reason) => sameKind(reason.predicate) === sameKind(decision.obstruction) && (!decision.resource || reason.resource === decision.resource),
    );
  const best = nodes.decisions.map((decision) => ({ decision, reason: said(decision) }));
  const confirmed = best.filter(({ reason }) => reason);
  if (!pending.message) return best.map(({ decision }) => decision);
  if (!confirmed.length) {
    // Nothing that the nodes show is in the message: they changed since, or something was not seen.
    const rest = nodes.decisions.filter((decision) => !message.some((one) => agrees(one, decision))).map((d) => ({ ...d, confidence: "possible" as const }));
    return [...(nodes.meant.length ? withoutLabels(pending, message, nodes.meant) : message), ...rest];
  }
  const first = confirmed.map(({ decision, reason }): Decision => {
    const alsoSaid = message.find((one) => agrees(one, decision));
    const firm = nodes.firm || (alsoSaid === message[0] && alsoSaid?.confidence === "certain");
    return {
      ...decision,
      reason,
      confidence: decision.confidence === "certain" && firm ? "certain" : decision.confidence === "possible" ? "possible" : "likely",
    };
  });
  const others = message.filter((one) => !first.some((decision) => agrees(decision, one))).map((one) => ({ ...one, confidence: "possible" as const }));
  return [...first, ...others];
}
/** Where a node has the labels that are asked for, those that have not are noise, and what else the scheduler says is about the node that has. */
function withoutLabels(pending: Pending, message: Decision[], meant: NodeFit[]): Decision[] {
  const others = message.filter((one) => sameKind(one.obstruction) !== "node-affinity");
  const known = pending.spec === "full" || Object.keys(pending.pod.spec?.nodeSelector ?? {}).length > 0;
  const [first, ...more] = others;
  if (!known || !first || message[0] === first) return message;
  return [{ ...first, fits: first.fits.length ? first.fits : meant, confidence: first.confidence === "possible" ? "likely" : first.confidence }, ...more];
}
function sameKind(kind: string): string {
  if (kind === "node-condition") return "taint";
  return kind === "node-selector" ? "node-affinity" : kind;
}
