/** Which workload a pod belongs to: by owner references where they were seen, else by the names that controllers give. */
import type { Pod, PodSpec, Workload } from "../model/kubernetes";
import type { WorkloadRef } from "../model/report";
import type { SeenObject } from "../model/snapshot";
import type { SnapshotView } from "../model/view";

export interface Ownership {
  ref: WorkloadRef;
  /** The owner object a person edits; null where it was not seen. */
  owner: SeenObject<Workload> | null;
  /** The ReplicaSet or Job between pod and owner, where there is one. */
  between: SeenObject<Workload> | null;
}

/** Letters of generated names: apimachinery util/rand leaves out vowels, `0`, `1` and `3`. */
const generated = "[bcdfghjklmnpqrstvwxz2456789]";
const replicaSetPod = new RegExp(`^(.+)-(${generated}{6,10})-${generated}{5}$`);
const singleSuffix = new RegExp(`^(.+)-${generated}{5}$`);
const ordinal = /^(.+)-(\d{1,6})$/;
const cronRun = /^(.+)-(\d{8,10})$/;

/** A pod or ReplicaSet name without its generated parts: what a person would call the workload. */
export function nameStem(podName: string): { name: string; middle: string | null } {
  const ofReplicaSet = replicaSetPod.exec(podName);
  if (ofReplicaSet) return { name: ofReplicaSet[1]!, middle: `${ofReplicaSet[1]}-${ofReplicaSet[2]}` };
  const single = singleSuffix.exec(podName);
  if (single) return { name: cronRun.exec(single[1]!)?.[1] ?? single[1]!, middle: single[1]! };
  const counted = ordinal.exec(podName);
  if (counted) return { name: counted[1]!, middle: null };
  return { name: podName, middle: null };
}

function workload(view: SnapshotView, kind: string, namespace: string, name: string): SeenObject<Workload> | null {
  return view.get(kind, namespace, name);
}

function controller(object: { metadata: Pod["metadata"] }): { kind: string; name: string } | null {
  const owners = object.metadata.ownerReferences ?? [];
  return owners.find((o) => o.controller) ?? owners[0] ?? null;
}

/** `deployment.kubernetes.io/revision` of the ReplicaSet, else the template hash, else the StatefulSet's and DaemonSet's controller revision. */
function revisionOf(pod: Pod, between: SeenObject<Workload> | null): string | null {
  const labels = pod.metadata.labels ?? {};
  return (
    between?.object.metadata.annotations?.["deployment.kubernetes.io/revision"] ??
    labels["pod-template-hash"] ??
    labels["controller-revision-hash"]?.replace(/^.*-/, "") ??
    null
  );
}

function above(view: SnapshotView, kind: string, namespace: string, name: string, hash: string | undefined): { kind: string; name: string } {
  const seen = workload(view, kind, namespace, name);
  const parent = seen && controller(seen.object);
  if (parent) return parent;
  if (kind === "ReplicaSet") {
    const stem = hash && name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : nameStem(`${name}-bbbbb`).name;
    if (!seen || seen.fidelity === "row" || hash) if (stem !== name) return { kind: "Deployment", name: stem };
  }
  if (kind === "Job") {
    const run = cronRun.exec(name);
    if (run && (view.get("CronJob", namespace, run[1]!) || !seen || seen.fidelity === "row")) return { kind: "CronJob", name: run[1]! };
  }
  return { kind, name };
}

function byName(view: SnapshotView, namespace: string, podName: string): { kind: string; name: string; middle: string | null } {
  const { name, middle } = nameStem(podName);
  if (middle && view.get("Deployment", namespace, name)) return { kind: "Deployment", name, middle };
  if (middle)
    for (const kind of ["DaemonSet", "Job", "ReplicaSet"])
      if (view.get(kind, namespace, middle)) return { ...above(view, kind, namespace, middle, undefined), middle };
  if (middle && view.get("CronJob", namespace, name)) return { kind: "CronJob", name, middle };
  const counted = ordinal.exec(podName);
  if (counted && view.get("StatefulSet", namespace, counted[1]!)) return { kind: "StatefulSet", name: counted[1]!, middle: null };
  if (replicaSetPod.test(podName)) return { kind: "Deployment", name, middle };
  return { kind: "Pod", name: podName, middle: null };
}

const known = new WeakMap<SnapshotView, Map<SeenObject<Pod>, Ownership>>();

/** The workload that a person owns and edits. Worked out once a view: detection, graph and report all ask. */
export function ownerOf(view: SnapshotView, seen: SeenObject<Pod>): Ownership {
  let owners = known.get(view);
  if (!owners) known.set(view, (owners = new Map()));
  let own = owners.get(seen);
  if (!own) owners.set(seen, (own = findOwner(view, seen)));
  return own;
}

function findOwner(view: SnapshotView, seen: SeenObject<Pod>): Ownership {
  const pod = seen.object;
  const namespace = pod.metadata.namespace ?? "";
  const direct = controller(pod);
  if (direct && direct.kind !== "Node") {
    const between = direct.kind === "ReplicaSet" || direct.kind === "Job" ? workload(view, direct.kind, namespace, direct.name) : null;
    const top =
      between || direct.kind === "ReplicaSet" || direct.kind === "Job"
        ? above(view, direct.kind, namespace, direct.name, pod.metadata.labels?.["pod-template-hash"])
        : direct;
    return {
      ref: { kind: top.kind, namespace, name: top.name, revision: revisionOf(pod, between) },
      owner: workload(view, top.kind, namespace, top.name),
      between,
    };
  }
  if (direct || seen.fidelity === "full") return { ref: { kind: "Pod", namespace, name: pod.metadata.name ?? "", revision: null }, owner: null, between: null };
  const guess = byName(view, namespace, pod.metadata.name ?? "");
  return {
    ref: {
      kind: guess.kind,
      namespace,
      name: guess.name,
      revision: guess.kind === "Deployment" && guess.middle ? guess.middle.slice(guess.name.length + 1) : revisionOf(pod, null),
    },
    owner: workload(view, guess.kind, namespace, guess.name),
    between: guess.middle ? (workload(view, "ReplicaSet", namespace, guess.middle) ?? workload(view, "Job", namespace, guess.middle)) : null,
  };
}

/** The pod template of an owner, of any kind. */
export function templateOf(owner: SeenObject<Workload> | null): PodSpec | null {
  const spec = owner?.object.spec;
  return spec?.template?.spec ?? spec?.jobTemplate?.spec?.template?.spec ?? null;
}

/** The ReplicaSets or Jobs between a workload and its pods, and the workload itself where it creates pods. */
export function creatorsOf(view: SnapshotView, ref: WorkloadRef): { kind: string; name: string }[] {
  const between = ref.kind === "Deployment" ? "ReplicaSet" : ref.kind === "CronJob" ? "Job" : null;
  if (!between) return [];
  const names = new Set<string>();
  for (const seen of view.list(between, ref.namespace)) {
    const parent = controller(seen.object);
    const name = seen.object.metadata.name ?? "";
    if (
      parent
        ? parent.kind === ref.kind && parent.name === ref.name
        : new RegExp(`^-(?:${generated}{6,10}|\\d{8,10})$`).test(name.startsWith(ref.name) ? name.slice(ref.name.length) : "")
    )
      names.add(name);
  }
  for (const seen of view.list("Event", ref.namespace)) {
    const about = seen.object.involvedObject;
    if (about?.kind === between && about.name?.startsWith(`${ref.name}-`) && /^[a-z0-9]{6,10}$/.test(about.name.slice(ref.name.length + 1)))
      names.add(about.name);
  }
  return [...names].sort().map((name) => ({ kind: between, name }));
}
