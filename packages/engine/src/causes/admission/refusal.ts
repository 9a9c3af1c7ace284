/** What the API server said when it refused the pods of a workload: the newest refusal counts, older ones may have healed. */
import type { CauseContext } from "../../model/cause";
import type { Condition, Workload } from "../../model/kubernetes";
import type { SeenEvent } from "../../model/observation";
import type { Evidence } from "../../model/report";
import type { SeenObject } from "../../model/snapshot";
import { eventEvidence, objectEvidence } from "../evidence";
import { oncePerCase } from "../once";

export interface Refusal {
  text: string;
  evidence: Evidence;
  /** False where only the condition ReplicaFailure tells: its message is not refreshed while failures go on. */
  fresh: boolean;
}

/** Reasons with which controllers report that they could not create a pod (or what creates it). */
const reasons = new Set(["FailedCreate", "ReplicaSetCreateError", "DeploymentCreationFailed", "FailedUpdate"]);
const limit = 8192;
/** Prefixes of controllers before the API server's own words. */
const wrappings = [
  /^\(combined from similar events\): /,
  /^Error creating: /,
  /^create Pod \S+ in StatefulSet \S+ failed error: /,
  /^create Claim \S+ (?:for )?Pod \S+ in StatefulSet \S+ failed error: /,
  /^Couldn't deploy version \d+: /,
  /^Failed to create new replica set "[^"]*": /,
  /^Error from server \(\w+\): /,
  /^error when creating "[^"]*": /,
];

/** Memory of the last question: every cause of the family asks the same of a Case. */
const asked = new WeakMap<object, { context: CauseContext; refusal: Refusal | null }>();

function readRefusalOf(context: CauseContext): Refusal | null {
  const before = asked.get(context.case);
  if (before?.context.view === context.view && before.context.seen === context.seen) return before.refusal;
  const refusal = context.case.scope === "workload" ? newest(context) : null;
  asked.set(context.case, { context, refusal });
  return refusal;
}
/** null where the Case is not about pods that do not exist, or nothing tells why. */
export const refusalOf = oncePerCase(readRefusalOf);

function newest(context: CauseContext): Refusal | null {
  const { events } = context.seen;
  const told = [...events.all, ...(events.owner ?? [])].filter((event) => reasons.has(event.reason) && event.message);
  const first = told.reduce<SeenEvent | null>((best, event) => (best && (best.last ?? "") >= (event.last ?? "") ? best : event), null);
  if (first) return { text: unwrap(first.message), evidence: eventEvidence(context, first), fresh: true };
  for (const seen of creators(context)) {
    const condition = (seen.object.status?.conditions ?? []).find(isFailure);
    if (condition?.message)
      return {
        text: unwrap(condition.message),
        evidence: objectEvidence(seen.object, condition.message, `status.conditions[${condition.type}].message`),
        fresh: false,
      };
  }
  return null;
}
function isFailure(condition: Condition): boolean {
  return (
    (condition.type === "ReplicaFailure" && condition.status === "True") || (condition.type === "Progressing" && condition.reason === "ReplicaSetCreateError")
  );
}
/** ReplicaSets of the workload (newest first by name is not known: their own condition tells), then the owner itself. */
function creators(context: CauseContext): SeenObject<Workload>[] {
  const { workload, owner } = context.case;
  const sets = context.view
    .list("ReplicaSet", workload.namespace)
    .filter(
      (one) =>
        one.object.metadata.ownerReferences?.some((ref) => ref.kind === workload.kind && ref.name === workload.name) && (one.object.spec?.replicas ?? 1) > 0,
    );
  return owner ? [...sets, owner] : sets;
}

/** The API server's words, without what controllers put before them. */
export function unwrap(message: string): string {
  let text = message.slice(0, limit).trim();
  for (let round = 0; round < 4; round += 1) {
    const prefix = wrappings.map((one) => one.exec(text)?.[0]).find(Boolean);
    if (!prefix) break;
    text = text.slice(prefix.length);
  }
  return text;
}

/** `certain` where the newest event says it; a condition may be of another time. */
export function sureness(refusal: Refusal): "certain" | "likely" {
  return refusal.fresh ? "certain" : "likely";
}
/** The next step that shows the refusal again. */
export function showCommand(context: CauseContext): string {
  const { kind, namespace, name } = context.case.workload;
  return `kubectl${namespace ? ` -n ${namespace}` : ""} describe ${kind === "Deployment" ? "replicaset" : `${kind.toLowerCase()} ${name}`}`;
}
