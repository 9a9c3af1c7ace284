/** Read access to a Snapshot: indexes, and the difference between not there and not looked at. */
import type {
  EndpointSlice,
  Event,
  KubernetesObject,
  LabelSelector,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Service,
  StorageClass,
  Workload,
} from "./kubernetes";
import {
  type AnswerState,
  type ContainerLog,
  type Existence,
  type Fidelity,
  type SeenObject,
  type Snapshot,
  type WantTarget,
  objectKey,
  wantKey,
} from "./snapshot";

export interface KindMap {
  Pod: Pod;
  Event: Event;
  Node: Node;
  Service: Service;
  EndpointSlice: EndpointSlice;
  PersistentVolumeClaim: PersistentVolumeClaim;
  PersistentVolume: PersistentVolume;
  StorageClass: StorageClass;
  Deployment: Workload;
  ReplicaSet: Workload;
  StatefulSet: Workload;
  DaemonSet: Workload;
  Job: Workload;
  CronJob: Workload;
}
type ObjectOf<K extends string> = K extends keyof KindMap ? KindMap[K] : KubernetesObject;

export interface SnapshotView {
  snapshot: Snapshot;
  get<K extends string>(kind: K, namespace: string | null | undefined, name: string): SeenObject<ObjectOf<K>> | null;
  /** Objects of a kind, in key order; of one namespace, or of all where it is omitted. */
  list<K extends string>(kind: K, namespace?: string | null): SeenObject<ObjectOf<K>>[];
  /** `yes` only where a complete listing lacks it, or the API answered 404. */
  absent(kind: string, namespace: string | null | undefined, name: string): Existence;
  /** True where the whole list of a kind was seen, in one namespace or in all. */
  complete(kind: string, namespace: string | null | undefined): boolean;
  log(namespace: string, pod: string, container: string, run: ContainerLog["run"]): ContainerLog | null;
  /** Events about one object, newest first, matched by uid where both have one, else by kind, namespace and name. */
  eventsOf(kind: string, namespace: string | null | undefined, name: string, uid?: string): SeenObject<Event>[];
  answer(want: WantTarget): AnswerState | null;
}

const rank: Record<Fidelity, number> = { full: 3, described: 2, metadata: 1, row: 0 };
/** True where an object of this fidelity carries spec and status. */
export function hasSpec(seen: SeenObject | null | undefined): boolean {
  return seen != null && rank[seen.fidelity] >= rank.described;
}

export function viewSnapshot(snapshot: Snapshot): SnapshotView {
  const byKind = new Map<string, SeenObject[]>();
  for (const key of [...snapshot.objects.keys()].sort()) {
    const seen = snapshot.objects.get(key)!;
    const kind = key.slice(0, key.indexOf("/"));
    const list = byKind.get(kind);
    if (list) list.push(seen);
    else byKind.set(kind, [seen]);
  }
  const byNamespace = new Map<string, SeenObject[]>();
  for (const [kind, list] of byKind)
    for (const seen of list) {
      const at = `${kind}/${seen.object.metadata.namespace ?? ""}`;
      const there = byNamespace.get(at);
      if (there) there.push(seen);
      else byNamespace.set(at, [seen]);
    }
  const events = new Map<string, SeenObject<Event>[]>();
  for (const seen of (byKind.get("Event") ?? []) as SeenObject<Event>[]) {
    const about = seen.object.involvedObject;
    const at = objectKey(about?.kind ?? "", about?.namespace ?? seen.object.metadata.namespace, about?.name ?? "");
    const there = events.get(at);
    if (there) there.push(seen);
    else events.set(at, [seen]);
  }
  for (const [at, list] of events) if (list.length > 1) events.set(at, newestFirst(list));
  const complete = new Set(snapshot.inventory.filter((i) => i.extent === "complete").map((i) => `${i.kind} ${i.namespace}`));
  const answers = new Map(snapshot.answers.map((a) => [wantKey(a.want), a.state]));
  const logs = new Map<string, ContainerLog>();
  for (const log of snapshot.logs) {
    const at = `${log.namespace}/${log.pod}/${log.container}/${log.run}`;
    const before = logs.get(at);
    if (!before || log.text.length > before.text.length) logs.set(at, log);
  }

  const view: SnapshotView = {
    snapshot,
    get: (kind, namespace, name) => (snapshot.objects.get(objectKey(kind, namespace, name)) ?? null) as never,
    list: (kind, namespace) => ((namespace === undefined ? byKind.get(kind) : byNamespace.get(`${kind}/${namespace ?? ""}`)) ?? []) as never,
    absent(kind, namespace, name) {
      if (snapshot.objects.has(objectKey(kind, namespace, name))) return "no";
      if (answers.get(wantKey({ type: "get", kind, namespace: namespace ?? "", name })) === "absent") return "yes";
      return view.complete(kind, namespace) ? "yes" : "unknown";
    },
    complete: (kind, namespace) => complete.has(`${kind} *`) || complete.has(`${kind} ${namespace ?? ""}`),
    log: (namespace, pod, container, run) => logs.get(`${namespace}/${pod}/${container}/${run}`) ?? null,
    eventsOf(kind, namespace, name, uid) {
      const named = events.get(objectKey(kind, namespace, name)) ?? [];
      return uid ? named.filter((e) => !e.object.involvedObject?.uid || e.object.involvedObject.uid === uid) : named;
    },
    answer: (want) => answers.get(wantKey(want)) ?? null,
  };
  return view;
}

function newestFirst(events: SeenObject<Event>[]): SeenObject<Event>[] {
  const timed = events.map((seen) => ({ seen, at: eventTime(seen.object) ?? "" }));
  return timed.sort((a, b) => compareCodePoints(b.at, a.at)).map(({ seen }) => seen);
}

/** When an event was last seen: the newest of its four times (kubelet and scheduler fill different ones). */
export function eventTime(event: Event): string | null {
  let newest: string | null = null;
  for (const time of [event.lastTimestamp, event.series?.lastObservedTime, event.eventTime, event.metadata.creationTimestamp])
    if (time && (newest === null || time > newest)) newest = time;
  return newest;
}
/** How often an event was seen: `series.count`, else `count`, else once. */
export function eventCount(event: Event): number {
  return event.series?.count ?? (event.count || 1);
}

/** Order by UTF-16 code unit: the same on every machine and in every locale. */
export function compareCodePoints(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A LabelSelector, as the API server evaluates it; an empty selector matches everything, an absent one nothing. */
export function selects(selector: LabelSelector | undefined, labels: Record<string, string> | undefined): boolean {
  if (!selector) return false;
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels?.[key] !== value) return false;
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const value = labels?.[key];
    if (operator === "In" && (value === undefined || !values?.includes(value))) return false;
    if (operator === "NotIn" && value !== undefined && values?.includes(value)) return false;
    if (operator === "Exists" && value === undefined) return false;
    if (operator === "DoesNotExist" && value !== undefined) return false;
  }
  return true;
}
