/** Workloads whose pods the API server refuses: no pod exists, the owner's FailedCreate events are all there is. */
import type { Event, Workload } from "../model/kubernetes";
import type { WorkloadRef } from "../model/report";
import type { SeenObject } from "../model/snapshot";
import { eventTime, type SnapshotView } from "../model/view";
import { ownerOf } from "./owners";
import { secondsBetween } from "./time";

export interface NoPods {
  ref: WorkloadRef;
  owner: SeenObject<Workload> | null;
  /** The object that could not create pods: ReplicaSet, StatefulSet, DaemonSet or Job. */
  creator: { kind: string; namespace: string; name: string };
  tentative: boolean;
}

const creators = ["ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "Deployment", "ReplicationController", "DeploymentConfig"];
/** Reasons with which a controller reports that it could not create a pod, or what creates pods. */
const refusals = new Set(["FailedCreate", "ReplicaSetCreateError", "DeploymentCreationFailed"]);
/** Controllers retry a refused creation with a delay that grows to about 16 minutes (client-go workqueue, 1000 s). */
const retryWindow = 1200;

function cell(seen: SeenObject<Workload> | null, ...names: string[]): number | null {
  for (const name of names) if (seen?.row?.[name] !== undefined) return Number(seen.row[name]);
  return null;
}

/** Pods wanted and pods that exist, as the creator itself says; null where it does not. */
function shortage(creator: SeenObject<Workload> | null): { wanted: number; there: number } | null {
  if (!creator) return null;
  const { spec, status } = creator.object;
  if (["ReplicaSet", "StatefulSet", "ReplicationController"].includes(creator.object.kind)) {
    const readyCell = creator.row?.READY?.split("/");
    const wanted = spec?.replicas ?? cell(creator, "DESIRED") ?? (readyCell?.length === 2 ? Number(readyCell[1]) : null);
    const there = status?.replicas ?? cell(creator, "CURRENT") ?? (readyCell?.length === 2 ? Number(readyCell[0]) : null);
    return wanted === null ? null : { wanted, there: there ?? 0 };
  }
  if (creator.object.kind === "DaemonSet") {
    const wanted = status?.desiredNumberScheduled ?? cell(creator, "DESIRED");
    return wanted === null ? null : { wanted, there: status?.currentNumberScheduled ?? cell(creator, "CURRENT") ?? 0 };
  }
  if (creator.object.kind !== "Job") return null;
  if (spec?.suspend) return { wanted: 0, there: 0 };
  const done = (status?.conditions ?? []).some((c) => (c.type === "Complete" || c.type === "Failed") && c.status === "True");
  return done ? { wanted: 0, there: 0 } : { wanted: 1, there: typeof status?.active === "number" ? status.active : 0 };
}

function topOf(view: SnapshotView, kind: string, namespace: string, name: string): { ref: WorkloadRef; owner: SeenObject<Workload> | null } {
  const seen = view.get(kind, namespace, name);
  const parent = seen?.object.metadata.ownerReferences?.find((o) => o.controller) ?? guessedParent(view, kind, namespace, name);
  const top = parent ?? { kind, name };
  const revision =
    kind === "ReplicaSet"
      ? (seen?.object.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? (parent ? name.slice(top.name.length + 1) : null))
      : null;
  return { ref: { kind: top.kind, namespace, name: top.name, revision }, owner: view.get(top.kind, namespace, top.name) };
}
function guessedParent(view: SnapshotView, kind: string, namespace: string, name: string): { kind: string; name: string } | null {
  const cut = name.replace(/-[a-z0-9]{6,10}$/, "");
  if (kind === "ReplicaSet" && cut !== name && (view.get("Deployment", namespace, cut) || !view.get(kind, namespace, name)))
    return { kind: "Deployment", name: cut };
  if (kind === "Job" && cut !== name && view.get("CronJob", namespace, cut)) return { kind: "CronJob", name: cut };
  return null;
}

/** Pods of the newest revision; the API leaves a zero out of the status. */
function updatedOf(seen: SeenObject<Workload>): number | null {
  const { status } = seen.object;
  return status?.updatedReplicas ?? (status?.observedGeneration === undefined ? cell(seen, "UP-TO-DATE") : 0);
}

/** Workloads with fewer pods than they want: whether the API server refuses them only events and ReplicaSets tell. */
export function shortOfPods(view: SnapshotView): SeenObject<Workload>[] {
  const counts = new Map<string, number>();
  for (const seen of view.list("Pod")) {
    if (seen.object.status?.phase === "Failed" || seen.object.status?.phase === "Succeeded") continue;
    const { ref } = ownerOf(view, seen);
    const at = `${ref.kind}/${ref.namespace}/${ref.name}`;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const short: SeenObject<Workload>[] = [];
  for (const kind of ["Deployment", "StatefulSet", "DaemonSet", "Job"])
    for (const seen of view.list(kind) as SeenObject<Workload>[]) {
      const { namespace = "", name = "" } = seen.object.metadata;
      if (!view.complete("Pod", namespace)) continue;
      const { spec, status } = seen.object;
      const cells = /^(\d{1,6})\/(\d{1,6})$/.exec(seen.row?.READY ?? seen.row?.COMPLETIONS ?? "");
      const ended =
        kind === "Job" &&
        ((status?.conditions ?? []).some((c) => (c.type === "Complete" || c.type === "Failed") && c.status === "True") ||
          /Complete|Failed|Suspended/.test(seen.row?.STATUS ?? "") ||
          spec?.suspend);
      const wanted =
        kind === "DaemonSet"
          ? (status?.desiredNumberScheduled ?? cell(seen, "DESIRED"))
          : kind === "Job"
            ? ended
              ? 0
              : 1
            : (spec?.replicas ?? (cells ? Number(cells[2]) : null));
      // A rollout whose new pods are refused keeps the old ones: enough pods, none of them of the new revision.
      const updated = kind === "Deployment" ? updatedOf(seen) : null;
      const there = Math.min(counts.get(`${kind}/${namespace}/${name}`) ?? 0, updated ?? Infinity);
      if (wanted !== null && there < wanted && !spec?.paused) short.push(seen);
    }
  return short;
}

/** Later in time; pasted events without a time are named in the order of their age, the newest first. */
function isLater(a: Event, b: Event): boolean {
  const [x, y] = [eventTime(a) ?? "", eventTime(b) ?? ""];
  return x === y ? (a.metadata.name ?? "") < (b.metadata.name ?? "") : x > y;
}

interface Signs {
  refused: Event | null;
  created: Event | null;
}
/** The newest refusal and the newest success of each creator, by `kind/namespace/name`. */
function signsOf(view: SnapshotView): Map<string, Signs> {
  const signs = new Map<string, Signs>();
  for (const { object: event } of view.list("Event")) {
    const about = event.involvedObject;
    if (!about?.kind || !about.name || !creators.includes(about.kind)) continue;
    const part = refusals.has(event.reason ?? "") ? "refused" : event.reason === "SuccessfulCreate" ? "created" : null;
    if (!part) continue;
    const key = `${about.kind}/${about.namespace ?? event.metadata.namespace ?? ""}/${about.name}`;
    const entry = signs.get(key) ?? { refused: null, created: null };
    if (!entry[part] || isLater(event, entry[part])) entry[part] = event;
    signs.set(key, entry);
  }
  for (const kind of creators)
    for (const seen of view.list(kind) as SeenObject<Workload>[]) {
      const failing = (seen.object.status?.conditions ?? []).some(
        (c) => (c.type === "ReplicaFailure" && c.status === "True") || (c.type === "Progressing" && c.reason === "ReplicaSetCreateError"),
      );
      const key = `${kind}/${seen.object.metadata.namespace ?? ""}/${seen.object.metadata.name}`;
      if (failing && !signs.has(key)) signs.set(key, { refused: null, created: null });
    }
  return signs;
}

/** A refusal that healed: the creator or its owner has what it wants, or got a pod after the refusal, or has stopped trying. */
function isHealed(view: SnapshotView, creator: NoPods["creator"], owner: SeenObject<Workload> | null, { refused, created }: Signs): boolean {
  const short = shortage(view.get(creator.kind, creator.namespace, creator.name));
  if (short) return short.wanted <= short.there;
  if (refused && created && !isLater(refused, created)) return true;
  const { spec, status } = owner?.object ?? {};
  if (
    owner?.object.kind === "Deployment" &&
    spec?.replicas !== undefined &&
    (status?.readyReplicas ?? 0) >= spec.replicas &&
    (status?.updatedReplicas ?? spec.replicas) >= spec.replicas
  )
    return true;
  const age = refused ? secondsBetween(eventTime(refused), view.snapshot.takenAt) : null;
  return age !== null && age > retryWindow;
}

/** Jobs that their own deadline ended: the controller deletes the pods, so that nothing but the Job is left. */
function outOfTime(view: SnapshotView): NoPods[] {
  const ran = (job: SeenObject<Workload>, type: string): boolean => (job.object.status?.conditions ?? []).some((c) => c.type === type && c.status === "True");
  const isLate = (job: SeenObject<Workload>): boolean => {
    const { namespace, name = "", uid } = job.object.metadata;
    if (job.object.status?.conditions?.length) return job.object.status.conditions.some((c) => c.type === "Failed" && c.reason === "DeadlineExceeded");
    return !ran(job, "Complete") && view.eventsOf("Job", namespace, name, uid).some((e) => e.object.reason === "DeadlineExceeded");
  };
  const late = view.list("Job").filter(isLate);
  return late.flatMap((job): NoPods[] => {
    const { namespace = "", name = "" } = job.object.metadata;
    const { ref, owner } = topOf(view, "Job", namespace, name);
    const since = (one: SeenObject<Workload>): string => one.object.status?.startTime ?? one.object.metadata.creationTimestamp ?? "";
    const mates = view.list("Job", namespace).filter((one) => ref.kind === "CronJob" && one.object.metadata.ownerReferences?.some((o) => o.name === ref.name));
    if (mates.some((one) => since(one) > since(job) && ran(one, "Complete"))) return [];
    const left = view.list("Pod", namespace).some((pod) => pod.object.metadata.ownerReferences?.some((o) => o.kind === "Job" && o.name === name));
    return left ? [] : [{ ref, owner: owner ?? job, creator: { kind: "Job", namespace, name }, tentative: false }];
  });
}

/** One entry a workload, from the newest refusal of each creator. */
export function findNoPods(view: SnapshotView): NoPods[] {
  const found = new Map<string, NoPods>();
  const add = (one: NoPods): void => {
    const at = `${one.ref.kind}/${one.ref.namespace}/${one.ref.name}`;
    if (!found.has(at)) found.set(at, one);
  };
  for (const [key, signs] of [...signsOf(view)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind = "", namespace = "", name = ""] = key.split("/");
    if (!signs.refused && signs.created) continue;
    const creator = { kind, namespace, name };
    const { ref, owner } = topOf(view, kind, namespace, name);
    if (!isHealed(view, creator, owner, signs)) add({ ref, owner, creator, tentative: false });
  }
  for (const one of outOfTime(view)) add(one);
  return [...found.values()];
}
