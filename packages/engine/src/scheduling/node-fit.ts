/** Why a node can not take a pod: every obstacle, not just the first, so that the smallest change can be told. */
import type { Node, PersistentVolume, Pod } from "../model/kubernetes";
import { type Taint, isControlPlaneTaint, matchesNodeAffinity, matchesNodeSelector, matchesTerms, untolerated } from "./node-match";
import { exceeds } from "./quantity";
import { allocatable, free, podRequests, takesRoom } from "./requests";
import { type AffinityObstacle, type SpreadObstacle, affinityObstacle, spreadObstacle } from "./topology";

export type Obstacle =
  | { predicate: "node-name" }
  | { predicate: "unschedulable" }
  | { predicate: "taint"; taints: Taint[] }
  /** Labels of the pod's selector that the node lacks or has with another value. */
  | { predicate: "node-selector"; labels: { key: string; wanted: string; has: string | null }[] }
  | { predicate: "node-affinity" }
  | { predicate: "host-port"; port: number; pod: string }
  /** `ever`: false where even an empty node has less. Base units. */
  | { predicate: "resource"; resource: string; requested: number; available: number; ever: boolean }
  /** A volume of the pod can only be used elsewhere. */
  | { predicate: "volume-node"; volume: string }
  | ({ predicate: "pod-affinity" } & AffinityObstacle)
  | ({ predicate: "topology-spread" } & SpreadObstacle);

export interface NodeFit {
  node: Node;
  obstacles: Obstacle[];
}
export interface World {
  nodes: Node[];
  /** Pods that were seen. */
  pods: Pod[];
  /** Whether those are all pods of the cluster: else what is free is not known, only what could ever be. */
  allPods: boolean;
  /** Volumes that the pod's claims are bound to. */
  volumes?: PersistentVolume[];
}

/** Judges one node; obstacles in the order in which the scheduler asks. */
export function fitNode(pod: Pod, node: Node, world: World): NodeFit {
  const spec = pod.spec ?? {};
  const obstacles: Obstacle[] = [];
  if (node.spec?.unschedulable && !(spec.tolerations ?? []).some((t) => (!t.key || t.key === "node.kubernetes.io/unschedulable") && t.operator === "Exists"))
    obstacles.push({ predicate: "unschedulable" });
  // A cordoned node carries the taint of the same name: one obstacle, not two.
  const taints = untolerated(spec.tolerations, node).filter((taint) => taint.key !== "node.kubernetes.io/unschedulable");
  if (taints.length) obstacles.push({ predicate: "taint", taints });
  if (!matchesNodeSelector(node, spec)) {
    const labels = Object.entries(spec.nodeSelector ?? {})
      .filter(([key, value]) => node.metadata.labels?.[key] !== value)
      .map(([key, wanted]) => ({ key, wanted, has: node.metadata.labels?.[key] ?? null }));
    obstacles.push({ predicate: "node-selector", labels });
  }
  if (!matchesNodeAffinity(node, spec)) obstacles.push({ predicate: "node-affinity" });
  const port = portObstacle(pod, node, world.pods);
  if (port) obstacles.push(port);
  obstacles.push(...resourceObstacles(pod, node, world));
  const volume = (world.volumes ?? []).find((one) => !reaches(one, node));
  if (volume) obstacles.push({ predicate: "volume-node", volume: volume.metadata.name ?? "" });
  const spread = spreadObstacle(pod, node, world.nodes, world.pods);
  if (spread) obstacles.push({ predicate: "topology-spread", ...spread });
  const affinity = affinityObstacle(pod, node, world.nodes, world.pods);
  if (affinity) obstacles.push({ predicate: "pod-affinity", ...affinity });
  return { node, obstacles };
}

const zoneLabels = [
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
];
/** Whether a volume can be used on a node: its node affinity and its zone labels (`a__b` are two zones). */
export function reaches(volume: PersistentVolume, node: Node): boolean {
  if (!matchesTerms(node, volume.spec?.nodeAffinity?.required?.nodeSelectorTerms)) return false;
  return zoneLabels.every((key) => {
    const zones = volume.metadata.labels?.[key]?.split("__");
    return !zones || node.metadata.labels?.[key] === undefined || zones.includes(node.metadata.labels[key]);
  });
}

function resourceObstacles(pod: Pod, node: Node, world: World): Obstacle[] {
  const has = allocatable(node);
  // A node seen only as a table row tells no amounts: silence, not zero.
  if (!Object.keys(has).length) return [];
  const left = world.allPods ? free(node, world.pods) : has;
  const found: Obstacle[] = [];
  for (const [resource, requested] of Object.entries(podRequests(pod.spec ?? {}))) {
    if (requested <= 0 || (resource === "pods" && !("pods" in has))) continue;
    const ever = !exceeds(requested, has[resource] ?? 0);
    if (ever && !exceeds(requested, left[resource] ?? 0)) continue;
    found.push({ predicate: "resource", resource, requested, available: Math.max(0, (ever ? left : has)[resource] ?? 0), ever });
  }
  return found.sort((a, b) => (a.predicate === "resource" && b.predicate === "resource" ? Number(a.ever) - Number(b.ever) : 0));
}

function portsOf(pod: Pod): { port: number; protocol: string }[] {
  return (pod.spec?.containers ?? []).flatMap((container) =>
    (container.ports ?? [])
      .map((one) => ({
        port: one.hostPort || (pod.spec?.hostNetwork ? (one.containerPort ?? 0) : 0),
        protocol: one.protocol ?? "TCP",
      }))
      .filter((one) => one.port > 0),
  );
}
function portObstacle(pod: Pod, node: Node, pods: Pod[]): Obstacle | null {
  const wanted = portsOf(pod);
  if (!wanted.length) return null;
  for (const other of pods) {
    if (other === pod || other.spec?.nodeName !== node.metadata.name || !takesRoom(other)) continue;
    const taken = portsOf(other);
    const clash = wanted.find((one) => taken.some((two) => two.port === one.port && two.protocol === one.protocol));
    if (clash) return { predicate: "host-port", port: clash.port, pod: other.metadata.name ?? "" };
  }
  return null;
}

/** True where a node is closed to this pod on purpose: the control plane's taint, which the pod does not tolerate. */
export function isReserved(fit: NodeFit): boolean {
  return fit.obstacles.some((obstacle) => obstacle.predicate === "taint" && obstacle.taints.some((taint) => isControlPlaneTaint(taint.key)));
}
