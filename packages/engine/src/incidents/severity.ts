/** How bad it is: replicas wanted and serving, and what follows from them. */
import type { Case } from "../model/case";
import type { Workload } from "../model/kubernetes";
import type { Incident, Severity } from "../model/report";
import type { SeenObject } from "../model/snapshot";
import { isPodReady, readyCell } from "../detect/pod";

function wanted(owner: SeenObject<Workload> | null): { desired: number | null; ready: number | null } {
  if (!owner) return { desired: null, ready: null };
  const { spec, status, kind } = owner.object;
  const cell = readyCell(owner.row);
  if (kind === "DaemonSet") return { desired: status?.desiredNumberScheduled ?? (Number(owner.row?.DESIRED) || null), ready: status?.numberReady ?? null };
  if (kind === "Job" || kind === "CronJob") return { desired: spec?.completions ?? spec?.parallelism ?? (kind === "Job" ? 1 : null), ready: null };
  return { desired: spec?.replicas ?? cell?.[1] ?? null, ready: status?.readyReplicas ?? (status?.replicas !== undefined ? 0 : (cell?.[0] ?? null)) };
}

export function replicasOf(failing: Case): Incident["replicas"] {
  const { desired, ready } = wanted(failing.owner);
  const others = failing.siblings.filter(isPodReady).length;
  const own = failing.pods.filter((p) => isPodReady(p.seen)).length;
  return { desired: desired ?? (failing.workload.kind === "Pod" ? 1 : null), ready: ready ?? others + own, failing: failing.pods.length };
}

export function severityOf(failing: Case, replicas: Incident["replicas"]): Severity {
  const { kind } = failing.workload;
  if (kind === "Job" || kind === "CronJob") return "blocked";
  const { desired, ready } = replicas;
  if (kind === "Node") return "degraded";
  if ((ready ?? 0) === 0) return "outage";
  if (desired !== null && ready !== null && ready < desired) return "degraded";
  const stuck = failing.pods.some((p) => !isPodReady(p.seen));
  return stuck ? "blocked" : "contained";
}
