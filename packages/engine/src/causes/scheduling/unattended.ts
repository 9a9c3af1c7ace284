/** A pod that no scheduler has looked at: it has neither the condition nor an event that every scheduler writes within seconds. */
import { secondsBetween } from "../../detect/time";
import type { CauseContext } from "../../model/cause";
import type { Pod } from "../../model/kubernetes";
import type { Evidence } from "../../model/report";
import { objectEvidence } from "../evidence";
import { claimsOfPod } from "../storage/claims";
import { schedulerEvents } from "./pending";
import { oncePerCase } from "../once";

export interface Unattended {
  pod: Pod;
  /** Seconds it has waited; null where the input tells no time. */
  waited: number | null;
  /** `spec.schedulerName`; null where the spec was not seen in full. */
  scheduler: string | null;
  evidence: Evidence[];
}

/** A scheduler under load may take this long for its first look. */
const patience = 60;
export const defaultScheduler = "default-scheduler";

function readUnattendedPod(context: CauseContext): Unattended | null {
  const { case: failing, view } = context;
  const first = failing.pods[0];
  if (failing.scope !== "pod" || !first || first.seen.fidelity === "row" || first.seen.fidelity === "metadata") return null;
  const { pod } = first;
  if (pod.spec?.nodeName || pod.metadata.deletionTimestamp || pod.spec?.schedulingGates?.length) return null;
  if ((pod.status?.phase ?? "Pending") !== "Pending") return null;
  if (pod.status?.conditions?.some((one) => one.type === "PodScheduled") || schedulerEvents(context).length) return null;
  if (waitsForVolume(context)) return null;
  const waited = secondsBetween(pod.metadata.creationTimestamp, view.snapshot.takenAt);
  if (waited !== null && waited < patience) return null;
  const text = `${pod.metadata.name}: Pending${waited === null ? "" : ` for ${Math.round(waited)} s`}, no condition PodScheduled, no event of a scheduler`;
  return { pod, waited, scheduler: pod.spec?.schedulerName ?? null, evidence: [objectEvidence({ ...pod, kind: "Pod" }, text, "status.conditions")] };
}
export const unattendedPod = oncePerCase(readUnattendedPod);

/** While the scheduler waits for a volume to be provisioned (up to ten minutes) it leaves no mark either. */
function waitsForVolume(context: CauseContext): boolean {
  return claimsOfPod(context).some((claim) => claim.seen !== null && claim.phase !== "Bound");
}
