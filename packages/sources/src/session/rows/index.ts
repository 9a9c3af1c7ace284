/** A table row → what it says as facts in API shape. It never says more: a rule that needs the spec must see the fidelity. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import { type Cells, labelsOf, type Shape } from "./cells";
import { claim, node, quota, storageClass, volume } from "./cluster";
import { endpoints, endpointSlice, service } from "./network";
import { cronJob, daemonSet, deployment, job, pod, replicaSet, statefulSet } from "./workloads";

const readers: Record<string, (cells: Cells) => Shape> = {
  Pod: pod,
  Deployment: deployment,
  ReplicaSet: replicaSet,
  ReplicationController: replicaSet,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  Job: job,
  CronJob: cronJob,
  Service: service,
  EndpointSlice: endpointSlice,
  Endpoints: endpoints,
  Node: node,
  PersistentVolumeClaim: claim,
  PersistentVolume: volume,
  StorageClass: storageClass,
  ResourceQuota: quota,
};

/** The object of a row (Endpoints become the slice that the engine reads); `name` without the `kind.group/` prefix that `get a,b` prints. */
export function objectOfRow(kind: string, namespace: string, name: string, cells: Cells): KubernetesObject {
  const bare = name.replace(/ \(default\)$/, "");
  const shape = prune(readers[kind]?.(cells) ?? {});
  const metadata: KubernetesObject["metadata"] = { name: bare, ...(namespace && { namespace }) };
  const labels = labelsOf(cells.LABELS);
  if (labels) metadata.labels = labels;
  if (bare !== name) metadata.annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
  if (kind !== "Endpoints") return { kind, metadata, ...shape };
  metadata.labels = { ...labels, "kubernetes.io/service-name": bare };
  return { kind: "EndpointSlice", metadata, ...shape };
}
function prune(shape: Shape): Shape {
  for (const [key, value] of Object.entries(shape)) {
    if (value === undefined) delete shape[key];
    else if (value && typeof value === "object" && !Array.isArray(value)) prune(value as Shape);
  }
  return shape;
}
