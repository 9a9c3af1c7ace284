/** Judging from the scheduler's message, where the nodes were not seen: what a pasted text usually is. */
import type { Confidence } from "../../model/report";
import { type Predicate, type Reason, depth } from "../../scheduling/message";
import { isConditionTaint, isControlPlaneTaint, nodeTerms } from "../../scheduling/node-match";
import type { Decision, Obstruction } from "./judge";
import type { Pending } from "./pending";

const obstructions: Record<Predicate, Obstruction> = {
  unschedulable: "unschedulable",
  "node-name": "other",
  taint: "taint",
  "node-condition": "node-condition",
  "node-affinity": "node-affinity",
  "host-port": "host-port",
  resource: "resource",
  "volume-in-use": "volume",
  "volume-count": "volume",
  "volume-binding": "volume",
  "volume-node": "volume-node",
  claim: "volume",
  "topology-spread": "topology-spread",
  "pod-affinity": "pod-affinity",
  features: "other",
  other: "other",
};

const count = (reasons: Reason[]): number => reasons.reduce((sum, reason) => sum + (reason.count ?? 0), 0);

/** True for nodes that are closed to everybody on purpose; one of them stands in nearly every message. */
function isNoise(reason: Reason): boolean {
  if (reason.predicate === "unschedulable") return true;
  return reason.predicate === "taint" && reason.taint !== undefined && isControlPlaneTaint(reason.taint.key);
}

/** Decisions from the message alone, the best first. */
export function judgeMessage(pending: Pending): Decision[] {
  const reasons = pending.message?.reasons ?? [];
  const total = pending.message?.nodes ?? count(reasons);
  const whole = reasons.find((reason) => reason.count === null);
  if (whole) return [{ obstruction: obstructions[whole.predicate], confidence: "certain", reason: whole, fits: [] }];
  const rest = reasons.filter((reason) => !isNoise(reason));
  const ordered = rest.length ? rank(pending, rest, total) : closed(reasons);
  const noise = count(reasons.filter((reason) => reason !== ordered[0] && isNoise(reason)));
  return ordered.map((reason, index) => decision(pending, reason, index === 0 ? sureness(pending, ordered, total - noise) : "possible"));
}

/** Nothing but closed nodes: the larger group decides; a taint names what could be tolerated. */
function closed(reasons: Reason[]): Reason[] {
  return [...reasons].sort((a, b) => (b.count ?? 0) - (a.count ?? 0) || Number(b.predicate === "taint") - Number(a.predicate === "taint"));
}

/**
 * A node that fails late has passed all that is asked before: such nodes are the ones meant, the others are noise.
 * But for taint against affinity: the taint is asked first, so a tainted node may well be the one that the selector means.
 */
function rank(pending: Pending, rest: Reason[], total: number): Reason[] {
  const deep = [...rest].sort((a, b) => depth(b.predicate) - depth(a.predicate) || (b.count ?? 0) - (a.count ?? 0) || (a.text < b.text ? -1 : 1));
  const device = deep.find((reason) => reason.predicate === "resource" && reason.resource?.includes("/"));
  const keyed = deep.find((reason) => reason.predicate === "taint" && reason.taint && (meant(pending, reason) || shares(reason.taint.key, device?.resource)));
  const best = deep[0]!;
  // A node that is ill closes itself: where the rest is closed by labels, it was the one that the labels mean.
  const ill = deep.find((reason) => reason.predicate === "node-condition" || (reason.taint !== undefined && isConditionTaint(reason.taint.key)));
  if (ill && best.predicate === "node-affinity") return [ill, ...deep.filter((reason) => reason !== ill)];
  if (keyed && (best.predicate === "node-affinity" || best === device)) return [keyed, ...deep.filter((reason) => reason !== keyed)];
  const unnamed = deep.find((reason) => reason.predicate === "taint" && !reason.taint);
  // Since 1.34 no taint is named: where many nodes have one, it is hardly the control plane's.
  if (unnamed && best.predicate === "node-affinity" && !pending.pod.spec?.nodeSelector && (unnamed.count ?? 0) * 2 > total)
    return [unnamed, ...deep.filter((reason) => reason !== unnamed)];
  return pending.ofDaemonSet ? [...deep.filter((r) => r.predicate !== "node-affinity"), ...deep.filter((r) => r.predicate === "node-affinity")] : deep;
}

/** Whether a taint belongs to the nodes that the pod's selector or affinity asks for: `pool=gpu` and `dedicated=gpu`. */
function meant(pending: Pending, { taint }: Reason): boolean {
  const spec = pending.pod.spec ?? {};
  const asked = [
    ...Object.entries(spec.nodeSelector ?? {}),
    ...(nodeTerms(spec) ?? []).flatMap((term) =>
      (term.matchExpressions ?? []).flatMap(({ key, values }) => (values ?? [""]).map((value) => [key, value] as const)),
    ),
  ];
  return asked.some(([key, value]) => taint !== undefined && (taint.key === key || (value.length > 1 && value !== "true" && taint.value === value)));
}
function shares(key: string, resource: string | undefined): boolean {
  return resource !== undefined && (key === resource || key.split("/")[0] === resource.split("/")[0]);
}

function sureness(pending: Pending, ordered: Reason[], total: number): Confidence {
  const best = ordered[0]!;
  const same = count(ordered.filter((reason) => reason.predicate === best.predicate));
  if ((best.count ?? 0) >= total || same >= total) return "certain";
  // Nodes that fail early (selector, taint) say nothing against a late obstacle; an unnamed or foreign taint may.
  const others = ordered.filter((reason) => reason.predicate !== best.predicate);
  if (depth(best.predicate) >= depth("host-port")) return others.every((reason) => depth(reason.predicate) < depth(best.predicate)) ? "certain" : "likely";
  return pending.spec === "none" ? "possible" : "likely";
}

function decision(pending: Pending, reason: Reason, confidence: Confidence): Decision {
  const base = { reason, confidence, fits: [] };
  if (reason.predicate === "resource") return { ...base, obstruction: "resource", resource: reason.resource };
  if (reason.predicate === "taint" && reason.taint)
    return { ...base, obstruction: isConditionTaint(reason.taint.key) ? "node-condition" : "taint", taint: reason.taint.key };
  if (reason.predicate === "node-affinity") return { ...base, ...selectorOrAffinity(pending, confidence) };
  return { ...base, obstruction: obstructions[reason.predicate] };
}

/** Selector and affinity share one message: the spec decides, as far as it was seen. */
function selectorOrAffinity(pending: Pending, confidence: Confidence): { obstruction: Obstruction; confidence: Confidence } {
  const spec = pending.pod.spec ?? {};
  const selector = Object.keys(spec.nodeSelector ?? {}).length > 0;
  const affinity = nodeTerms(spec) !== undefined;
  if (pending.spec === "none") return { obstruction: "node-selector", confidence: "possible" };
  if (selector && !affinity) return { obstruction: "node-selector", confidence };
  if (affinity && !selector) return { obstruction: "node-affinity", confidence };
  if (selector) return { obstruction: "node-selector", confidence: "possible" };
  // kubectl describe shows no affinity; a selector it would have shown.
  return { obstruction: "node-affinity", confidence: confidence === "certain" ? "likely" : confidence };
}
