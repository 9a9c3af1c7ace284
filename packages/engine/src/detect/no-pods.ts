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

const creators = ["ReplicaSet", "StatefulSet", "DaemonSet", "Job"];
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
  if (creator.object.kind === "ReplicaSet" || creator.object.kind === "StatefulSet") {
    const readyCell = creator.row?.READY?.split("/");
    const wanted = spec?.replicas ?? cell(creator, "DESIRED") ?? (readyCell?.length === 2 ? Number(readyCell[1]) : null);
    const there = status?.replicas ?? cell(creator, "CURRENT") ?? (readyCell?.length === 2 ? Number(readyCell[0]) : null);
    return wanted === null ? null : { wanted, there: there ?? 0 };
  }
  if (creator.object.kind === "DaemonSet") {
    const wanted = status?.desiredNumberScheduled ?? cell(creator, "DESIRED");
    return wanted === null ? null : { wanted, there: status?.currentNumberScheduled ?? cell(creator, "CURRENT") ?? 0 };
  }
  if (spec?.suspend) return { wanted: 0, there: 0 };
  const done = (status?.conditions ?? []).some((c) => (c.type === "Complete" || c.type === "Failed") && c.status === "True");
  return done ? { wanted: 0, there: 0 } : { wanted: 1, there: typeof status?.active === "number" ? status.active : 0 };
}

function topOf(view: SnapshotView, kind: string, namespace: string, name: string): { ref: WorkloadRef; owner: SeenObject<Workload> | null } {
  const seen = view.get(kind, namespace, name) as SeenObject<Workload> | null;
  const parent = seen?.object.metadata.ownerReferences?.find((o) => o.controller) ?? guessedParent(view, kind, namespace, name);
  const top = parent ?? { kind, name };
  const revision =
    kind === "ReplicaSet"
      ? (seen?.object.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? (parent ? name.slice(top.name.length + 1) : null))
      : null;
  return { ref: { kind: top.kind, namespace, name: top.name, revision }, owner: view.get(top.kind, namespace, top.name) as SeenObject<Workload> | null };
}
function guessedParent(view: SnapshotView, kind: string, namespace: string, name: string): { kind: string; name: string } | null {
  const cut = name.replace(/-[a-z0-9]{6,10}$/, "");
  if (kind === "ReplicaSet" && cut !== name && (view.get("Deployment", namespace, cut) || !view.get(kind, namespace, name)))
    return { kind: "Deployment", name: cut };
  if (kind === "Job" && cut !== name && view.get("CronJob", namespace, cut)) return { kind: "CronJob", name: cut };
  return null;
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
      if (wanted !== null && (counts.get(`${kind}/${namespace}/${name}`) ?? 0) < wanted && !spec?.paused) short.push(seen);
    }
  return short;
}

/** One entry a workload, from the newest refusal of each creator. */
export function findNoPods(view: SnapshotView): NoPods[] {
  const now = view.snapshot.takenAt;
  const newest = new Map<string, { refused: SeenObject<Event> | null; created: string }>();
  for (const seen of view.list("Event")) {
    const about = seen.object.involvedObject;
    if (!about?.kind || !about.name || !creators.includes(about.kind)) continue;
    const key = `${about.kind}/${about.namespace ?? seen.object.metadata.namespace ?? ""}/${about.name}`;
    const entry = newest.get(key) ?? { refused: null, created: "" };
    const at = eventTime(seen.object) ?? "";
    if (seen.object.reason === "FailedCreate" && (!entry.refused || at > (eventTime(entry.refused.object) ?? ""))) entry.refused = seen;
    if (seen.object.reason === "SuccessfulCreate" && at > entry.created) entry.created = at;
    newest.set(key, entry);
  }
  for (const kind of creators)
    for (const seen of view.list(kind) as SeenObject<Workload>[])
      if (seen.object.status?.conditions?.some((c) => c.type === "ReplicaFailure" && c.status === "True")) {
        const key = `${kind}/${seen.object.metadata.namespace ?? ""}/${seen.object.metadata.name}`;
        if (!newest.get(key)?.refused) newest.set(key, { refused: null, created: "condition" });
      }
  const found = new Map<string, NoPods>();
  for (const [key, { refused, created }] of [...newest].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!refused && created !== "condition") continue;
    const [kind = "", namespace = "", name = ""] = key.split("/");
    const short = shortage(view.get(kind, namespace, name) as SeenObject<Workload> | null);
    if (short ? short.wanted <= short.there : refused !== null && eventTime(refused.object)! <= created) continue;
    const age = refused ? secondsBetween(eventTime(refused.object), now) : null;
    if (!short && age !== null && age > retryWindow) continue;
    const { ref, owner } = topOf(view, kind, namespace, name);
    const at = `${ref.kind}/${namespace}/${ref.name}`;
    if (!found.has(at)) found.set(at, { ref, owner, creator: { kind, namespace, name }, tentative: false });
  }
  return [...found.values()];
}
