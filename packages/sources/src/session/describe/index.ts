/** One described object: which kind it is, what it says, and its events. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import { isElision } from "../table";
import { type Keyed, readConfigMap, readLimitRange, readQuota, readSecret, readServiceAccount } from "./config";
import { type DescribedEvent, readDescribedEvents, readEventLine } from "./events";
import { readEndpoints, readEndpointSlice, readIngress, readNetworkPolicy, readService } from "./network";
import { readNode } from "./node";
import { readPod, terminatingFor } from "./pod";
import { metadataOf, readClaim, readStorageClass, readVolume } from "./storage";
import { type Entry, find, readTree, valueOf } from "./tree";
import { readWorkload } from "./workload";

export interface Described {
  kind: string;
  namespace: string;
  name: string;
  object: KubernetesObject;
  keys: string[] | null;
  /** What the same text shows of other objects: pods of a node, endpoints of a Service. */
  others: { object: KubernetesObject; row?: Record<string, string> }[];
  events: DescribedEvent[];
  /** Age since deletion was asked for, e.g. `5m`; null where it was not. */
  terminating: string | null;
  /** Times that tell when it was described at the earliest. */
  renewed: string | null;
  /** Lines were left out by whoever pasted. */
  elided: boolean;
}

/** What only the describe output of one kind shows. Order matters: the most telling first. */
const marks: [string, (of: Entry[], lines: string[]) => boolean][] = [
  ["Node", (of) => has(of, "Roles") && (has(of, "Taints") || has(of, "System Info"))],
  ["CronJob", (of) => has(of, "Concurrency Policy")],
  ["Job", (of) => has(of, "Completions") || has(of, "Parallelism")],
  ["Deployment", (of) => has(of, "StrategyType") || has(of, "NewReplicaSet")],
  ["DaemonSet", (of) => has(of, "Desired Number of Nodes Scheduled")],
  ["StatefulSet", (of) => has(of, "Update Strategy") || has(of, "Volume Claims")],
  ["ReplicaSet", (of) => has(of, "Pods Status") && has(of, "Pod Template")],
  ["Pod", (of) => has(of, "Containers") || has(of, "Init Containers") || has(of, "QoS Class") || (has(of, "Node") && has(of, "Status"))],
  ["PersistentVolume", (of) => has(of, "Reclaim Policy") && has(of, "Claim")],
  ["PersistentVolumeClaim", (of) => has(of, "StorageClass") && (has(of, "Volume") || has(of, "Access Modes"))],
  ["StorageClass", (of) => has(of, "Provisioner")],
  ["EndpointSlice", (of) => has(of, "AddressType")],
  ["Endpoints", (of) => has(of, "Subsets")],
  ["Service", (of) => has(of, "Session Affinity") || (has(of, "Type") && has(of, "IP Families"))],
  ["NetworkPolicy", (of) => has(find(of, "Spec")?.children ?? [], "PodSelector")],
  ["Ingress", (of) => has(of, "Rules") && (has(of, "Default backend") || has(of, "Ingress Class"))],
  ["ServiceAccount", (of) => has(of, "Mountable secrets") || has(of, "Image pull secrets")],
  ["ResourceQuota", (_, lines) => lines.some((line) => /^\s*Resource\s+Used\s+Hard/.test(line))],
  ["LimitRange", (_, lines) => lines.some((line) => /^\s*Type\s+Resource\s+Min\s+Max/.test(line))],
  ["HorizontalPodAutoscaler", (of) => has(of, "Metrics") && has(of, "Reference")],
  ["PodDisruptionBudget", (of) => has(of, "Allowed disruptions") || has(of, "Min available")],
  ["Secret", (of, lines) => has(of, "Type") && lines.some((line) => line.startsWith("===="))],
  ["ConfigMap", (_, lines) => lines.some((line) => line.startsWith("===="))],
];
function has(of: Entry[], key: string): boolean {
  return find(of, key) !== null;
}

const workloads = new Set(["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicationController"]);

/** Data of a ConfigMap may look like anything: only what stands before it is the object's own. */
function ownLines(lines: string[]): string[] {
  const data = lines.findIndex((line, i) => /^Data\s*$/.test(line) && (lines[i + 1] ?? "").startsWith("===="));
  return data < 0 ? lines : lines.slice(0, data);
}
function splitEvents(lines: string[]): { body: string[]; events: string[] } {
  const at = lines.findLastIndex((line) => /^\s{0,2}Events:/.test(line));
  if (at < 0) return { body: lines, events: [] };
  return { body: lines.slice(0, at), events: lines.slice(at + 1) };
}

/**
 * @param asked kind and name of the command line, which stand in where the text lacks them
 */
export function readDescribed(lines: string[], asked: { kind: string | null; namespace: string; name: string | null }): Described | null {
  const { body, events } = splitEvents(lines);
  const own = ownLines(body);
  const of = readTree(own);
  const kind = asked.kind ?? marks.find(([, mark]) => mark(of, lines))?.[0] ?? null;
  const name = valueOf(of, "Name") ?? asked.name;
  if (!kind || !name) return null;
  const namespace = valueOf(of, "Namespace") ?? asked.namespace;
  const loose = events.length ? [] : body.filter((line) => readEventLine(line) !== null);
  const described: Described = {
    kind,
    namespace,
    name,
    object: { kind, metadata: { name } },
    keys: null,
    others: [],
    events: readDescribedEvents(events.length ? events : loose),
    terminating: kind === "Pod" ? terminatingFor(of) : null,
    renewed: null,
    elided: lines.some(isElision),
  };
  fill(described, of, body);
  return described;
}

function keep(described: Described, keyed: Keyed): void {
  described.object = keyed.object;
  described.keys = keyed.keys;
}

function fill(described: Described, of: Entry[], lines: string[]): void {
  const { kind, namespace, name } = described;
  if (kind === "Pod") described.object = readPod(of, namespace, name);
  else if (workloads.has(kind)) described.object = readWorkload(kind, of, namespace, name);
  else if (kind === "Node") {
    const { node, pods, renewed } = readNode(of, name);
    described.object = node;
    described.others = pods.map(({ pod, row }) => ({ object: pod, row }));
    described.renewed = renewed;
  } else if (kind === "Service") {
    const { service, slice } = readService(of, namespace, name);
    described.object = service;
    if (slice) described.others.push({ object: slice });
  } else if (kind === "Endpoints") described.object = readEndpoints(of, namespace, name);
  else if (kind === "EndpointSlice") described.object = readEndpointSlice(of, namespace, name);
  else if (kind === "Ingress") described.object = readIngress(of, namespace, name);
  else if (kind === "NetworkPolicy") described.object = readNetworkPolicy(of, namespace, name);
  else if (kind === "PersistentVolumeClaim") described.object = readClaim(of, namespace, name);
  else if (kind === "PersistentVolume") described.object = readVolume(of, name);
  else if (kind === "StorageClass") described.object = readStorageClass(of, name);
  else if (kind === "ConfigMap") keep(described, readConfigMap(lines, of, namespace, name));
  else if (kind === "Secret") keep(described, readSecret(lines, of, namespace, name));
  else if (kind === "ServiceAccount") described.object = readServiceAccount(of, namespace, name);
  else if (kind === "ResourceQuota") described.object = readQuota(lines, of, namespace, name);
  else if (kind === "LimitRange") described.object = readLimitRange(lines, of, namespace, name);
  else described.object = { kind, metadata: metadataOf(of, namespace || undefined, name) };
}
