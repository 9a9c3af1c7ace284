/** A judged Case as the Report shows it. */
import type { Graph } from "../model/graph";
import type { Incident } from "../model/report";
import { compareCodePoints, type SnapshotView } from "../model/view";
import { isoDuration } from "../detect/time";
import { fixesOf } from "../fixes/index";
import { blastRadius } from "./blast-radius";
import { changeOf } from "./change";
import { conclude, nextRestart } from "./conclusion";
import { stableHash } from "./hash";
import type { Judged } from "./judged";
import { replicasOf, severityOf } from "./severity";
import { editsOf, toVerdict } from "./verdict";

function key({ case: failing, seen }: Judged): string {
  const { kind, namespace, name, revision } = failing.workload;
  return [kind, namespace, name, revision, failing.container?.name, failing.signature, seen.status.last?.reason, seen.status.last?.exitCode]
    .map((part) => part ?? "")
    .join("|");
}

function since({ case: failing, seen }: Judged): Incident["since"] {
  const created = failing.pods.map((p) => p.pod.status?.startTime ?? p.pod.metadata.creationTimestamp).filter((t): t is string => !!t);
  const ready = failing.pods
    .map((p) => p.pod.status?.conditions?.find((c) => c.type === "Ready" && c.status === "False")?.lastTransitionTime)
    .filter((t): t is string => !!t);
  const first = seen.events.all
    .concat(failing.scope === "workload" ? seen.events.owner : [])
    .filter((e) => e.type === "Warning" && e.first)
    .map((e) => e.first!);
  const bounds = [...created, ...first].sort(compareCodePoints);
  const latest = [...ready, ...first, ...(seen.status.last?.startedAt?.startsWith("1970") === false ? [seen.status.last.startedAt] : [])].sort(
    compareCodePoints,
  );
  return { earliest: bounds[0] ?? null, latest: latest[0] ?? bounds[0] ?? null };
}

export function toIncident(judged: Judged, view: SnapshotView, graph: Graph, failingWorkloads: Set<string>): Incident {
  const { case: failing, seen, judgement } = judged;
  const cause = judgement.verdict ? toVerdict(judgement.verdict) : null;
  const replicas = replicasOf(failing);
  const restart = nextRestart(judged);
  const change = changeOf(judged, view, cause);
  const { status } = seen;
  return {
    id: stableHash(key(judged)),
    severity: severityOf(failing, replicas),
    status: failing.status,
    symptom: failing.symptom,
    workload: failing.workload,
    container: failing.container,
    pods: failing.pods
      .map(({ pod, status: own, seen: at }) => ({
        name: pod.metadata.name ?? "",
        node: pod.spec?.nodeName ?? null,
        restarts: own?.restartCount ?? Number(/^\d{1,9}/.exec(at.row?.RESTARTS ?? "")?.[0] ?? 0),
      }))
      .sort((a, b) => compareCodePoints(a.name, b.name)),
    replicas,
    since: since(judged),
    lastCrash: status.last?.finishedAt ?? null,
    ranFor: status.last?.ranForSeconds === null || status.last?.ranForSeconds === undefined ? null : isoDuration(status.last.ranForSeconds),
    nextRestart: restart && { earliest: restart.earliest, latest: restart.latest, backOff: isoDuration(restart.backOffSeconds) },
    routine: (["status", "logs", "events", "config", "probes"] as const).map((step) => ({
      step,
      result: seen[step].result,
      summary: seen[step].summary,
      command: seen[step].command,
    })),
    cause,
    alternatives: judgement.alternatives.map(toVerdict),
    conclusion: conclude(judged),
    causedBy: null,
    victims: [],
    blastRadius: blastRadius(judged, view, graph, replicas, failingWorkloads),
    change,
    fixes: cause ? fixesOf(editsOf(judgement.verdict), failing.owner, failing.workload, change, cause.id) : [],
  };
}
