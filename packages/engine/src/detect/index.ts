/** Snapshot → Cases: what fails, by workload, with all the replicas that share a fault. */
import type { Case, CasePod } from "../model/case";
import type { Pod, Workload } from "../model/kubernetes";
import type { SeenObject } from "../model/snapshot";
import { compareCodePoints, type SnapshotView } from "../model/view";
import { findNoPods } from "./no-pods";
import { findBadNodes } from "./nodes";
import { type Ownership, ownerOf } from "./owners";
import { isPodReady, judgePod, type PodFailure } from "./pod";
import { secondsBetween } from "./time";

/** Replicas whose logs are read each on its own; the others of the same signature are counted with the first. */
export const representatives = 3;

interface Failed {
  seen: SeenObject<Pod>;
  own: Ownership;
  failure: PodFailure;
}

function casePod({ seen, failure }: Failed): CasePod {
  return { seen, pod: seen.object, status: failure.status, spec: failure.spec };
}

/** A Job that got there in the end, or a CronJob whose newest finished run did, has no failing pods. */
function jobIsDone(view: SnapshotView, own: Ownership): boolean {
  const complete = (job: Workload): boolean => (job.status?.conditions ?? []).some((c) => c.type === "Complete" && c.status === "True");
  const rowComplete = (job: SeenObject<Workload>): boolean => job.row?.STATUS === "Complete" || /^(\d+)\/\1$/.test(job.row?.COMPLETIONS ?? "");
  if (own.ref.kind === "Job") {
    const job = own.owner;
    return job !== null && (complete(job.object) || rowComplete(job));
  }
  if (own.ref.kind !== "CronJob" || !own.between) return false;
  const runs = view.list("Job", own.ref.namespace).filter((j) => (j.object.metadata.name ?? "").startsWith(`${own.ref.name}-`));
  const started = (j: SeenObject<Workload>): string => j.object.status?.startTime ?? j.object.metadata.creationTimestamp ?? j.object.metadata.name ?? "";
  const finished = runs.filter(
    (j) => (j.object.status?.conditions ?? []).some((c) => ["Complete", "Failed"].includes(c.type) && c.status === "True") || rowComplete(j),
  );
  const last = finished.sort((a, b) => compareCodePoints(started(b), started(a)))[0];
  return last !== undefined && (complete(last.object) || rowComplete(last));
}

/** Evicted or rejected pods stay as `Failed` until garbage collection; what counts is whether their replacement is well. */
function isReplaced(failed: Failed[], siblings: SeenObject<Pod>[], now: string | null): boolean {
  // Somebody who pastes the description of an evicted pod, and of no other, asks about that one.
  const described = (seen: SeenObject<Pod>): boolean => seen.fidelity === "described";
  if (failed.some((f) => described(f.seen)) && !siblings.some((s) => isPodReady(s) && s.fidelity !== "row")) return false;
  if (!failed.every((f) => f.seen.object.status?.phase === "Failed") || failed[0]!.own.ref.kind === "Pod" || failed[0]!.own.ref.kind.endsWith("Job"))
    return false;
  const well = siblings.filter(isPodReady);
  if (!well.length || siblings.some((s) => !isPodReady(s) && s.object.status?.phase !== "Failed" && !s.object.metadata.deletionTimestamp)) return false;
  const age = Math.min(...well.map((s) => secondsBetween(s.object.status?.startTime ?? s.object.metadata.creationTimestamp, now) ?? Infinity));
  const starts = failed
    .map((f) => Date.parse(f.seen.object.status?.startTime ?? f.seen.object.metadata.creationTimestamp ?? ""))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const spacing = starts.length > 1 ? (starts.at(-1)! - starts[0]!) / (starts.length - 1) / 1000 : 0;
  return age > Math.max(120, 2 * spacing);
}

function groupKey({ own, failure, seen }: Failed): string {
  const { kind, namespace, name, revision } = own.ref;
  const pod = kind === "Pod" ? seen.object.metadata.name : "";
  return [kind, namespace, name, pod, revision, failure.scope, failure.container?.name, failure.signature].join(" ");
}

function toCases(group: Failed[], siblings: SeenObject<Pod>[], recovered: boolean): Case[] {
  const ordered = [...group].sort(
    (a, b) =>
      (b.failure.status?.restartCount ?? 0) - (a.failure.status?.restartCount ?? 0) ||
      compareCodePoints(a.seen.object.metadata.name ?? "", b.seen.object.metadata.name ?? ""),
  );
  return ordered.slice(0, representatives).map((first, index) => ({
    workload: first.own.ref,
    owner: first.own.owner,
    scope: first.failure.scope,
    container: first.failure.container,
    pods: [first, ...(index === 0 ? ordered.slice(representatives) : [])].map(casePod),
    siblings,
    symptom: first.failure.symptom,
    status: recovered ? ("recovered" as const) : ("active" as const),
    signature: first.failure.signature,
    tentative: group.every((f) => f.failure.tentative),
  }));
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function podCases(view: SnapshotView): Case[] {
  const byWorkload = new Map<string, SeenObject<Pod>[]>();
  const groups = new Map<string, Failed[]>();
  for (const seen of view.list("Pod")) {
    const own = ownerOf(view, seen);
    const at = `${own.ref.kind}/${own.ref.namespace}/${own.ref.name}`;
    push(byWorkload, at, seen);
    for (const failure of judgePod(view, seen)) {
      const failed = { seen, own, failure };
      push(groups, groupKey(failed), failed);
    }
  }
  return [...groups.values()].flatMap((group) => {
    const { own } = group[0]!;
    if (jobIsDone(view, own)) return [];
    const mates = byWorkload.get(`${own.ref.kind}/${own.ref.namespace}/${own.ref.name}`) ?? [];
    const failing = new Set(group.map((f) => f.seen));
    const others = mates.filter((m) => !failing.has(m));
    return toCases(group, others, isReplaced(group, others, view.snapshot.takenAt));
  });
}

/** A log pasted without anything else is the previous log of one crashed container. */
function bareLog(view: SnapshotView): Case[] {
  const bare = view.snapshot.logs.some((log) => log.pod === "");
  if (!bare || view.list("Pod").length > 0) return [];
  const workload = { kind: "Pod", namespace: "", name: "", revision: null };
  return [
    {
      workload,
      owner: null,
      scope: "log",
      container: null,
      pods: [],
      siblings: [],
      symptom: view.snapshot.hints?.reason ?? "Error",
      status: "active",
      signature: "log",
      tentative: false,
    },
  ];
}

/** All Cases of a Snapshot, in a stable order. */
export function detect(view: SnapshotView): Case[] {
  const refused = findNoPods(view).map(({ ref, owner, tentative }): Case => ({
    workload: ref,
    owner,
    scope: "workload",
    container: null,
    pods: [],
    siblings: [],
    symptom: "NoPods",
    status: "active",
    signature: "no pods",
    tentative,
  }));
  const nodes = findBadNodes(view).map(({ name, symptom }): Case => {
    const workload = { kind: "Node", namespace: "", name, revision: null };
    return {
      workload,
      owner: null,
      scope: "node",
      container: null,
      pods: [],
      siblings: [],
      symptom,
      status: "active",
      signature: `node ${symptom}`,
      tentative: false,
    };
  });
  return [...nodes, ...podCases(view), ...refused, ...bareLog(view)];
}
