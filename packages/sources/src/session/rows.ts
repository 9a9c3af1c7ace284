/** A table row → what it says as facts in API shape. It never says more: a rule that needs the spec must see the fidelity. */
import type { Condition, KubernetesObject } from "@unloop/engine/model/kubernetes";

type Cells = Record<string, string>;
type Shape = Record<string, unknown>;

const none = new Set(["", "<none>", "<unset>", "<unknown>", "<nil>", "-", "None"]);
function known(cell: string | undefined): string | undefined {
  return cell === undefined || none.has(cell) ? undefined : cell;
}
function count(cell: string | undefined): number | undefined {
  return cell !== undefined && /^\d{1,9}$/.test(cell) ? Number(cell) : undefined;
}
function ratio(cell: string | undefined): [number, number] | null {
  const match = /^(\d{1,7})\/(\d{1,7})$/.exec(cell ?? "");
  return match ? [Number(match[1]), Number(match[2])] : null;
}
/** `a=b,c=d` → labels; null for set-based selectors, which a row can not tell apart from commas. */
export function labelsOf(text: string | undefined): Record<string, string> | undefined {
  const value = known(text);
  if (!value) return undefined;
  const pairs = value.split(",").map((pair) => /^([\w./-]{1,317})=([\w.-]{0,63})$/.exec(pair.trim()));
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!])) : undefined;
}

/** Words of STATUS that are the pod's own reason. Everything else may come from a container. Source: printPod. */
const podReasons = new Set([
  "Evicted",
  "DeadlineExceeded",
  "NodeLost",
  "NodeShutdown",
  "Preempting",
  "Shutdown",
  "UnexpectedAdmissionError",
  "NodeAffinity",
  "NodePorts",
  "TopologyAffinityError",
  "OutOfcpu",
  "OutOfmemory",
  "OutOfpods",
]);
const phases = new Set(["Pending", "Running", "Succeeded", "Failed", "Unknown"]);

function pod(cells: Cells): Shape {
  const status: Shape = {};
  const word = cells.STATUS ?? "";
  if (phases.has(word)) status.phase = word;
  if (podReasons.has(word)) Object.assign(status, { phase: "Failed", reason: word });
  if (word.startsWith("Init:") || word === "PodInitializing" || word === "ContainerCreating") status.phase = "Pending";
  const ready = ratio(cells.READY);
  if (ready && word === "Running") status.conditions = [{ type: "Ready", status: ready[0] === ready[1] ? "True" : "False" }] satisfies Condition[];
  if (known(cells.IP)) status.podIP = cells.IP;
  return { status };
}

/** CONTAINERS, IMAGES and SELECTOR of a wide row. */
function template(cells: Cells): Shape {
  const names = known(cells.CONTAINERS)?.split(",");
  const images = known(cells.IMAGES)?.split(",");
  const labels = labelsOf(cells.SELECTOR);
  const containers = names && images && names.length === images.length ? names.map((name, i) => ({ name, image: images[i] })) : undefined;
  return {
    ...(labels && { selector: { matchLabels: labels } }),
    ...(containers && { template: { ...(labels && { metadata: { labels } }), spec: { containers } } }),
  };
}
function deployment(cells: Cells): Shape {
  const ready = ratio(cells.READY);
  return {
    spec: { replicas: ready?.[1] ?? count(cells.DESIRED), ...template(cells) },
    status: {
      readyReplicas: ready?.[0],
      replicas: count(cells.CURRENT),
      updatedReplicas: count(cells["UP-TO-DATE"]),
      availableReplicas: count(cells.AVAILABLE),
    },
  };
}
function replicaSet(cells: Cells): Shape {
  return { spec: { replicas: count(cells.DESIRED), ...template(cells) }, status: { replicas: count(cells.CURRENT), readyReplicas: count(cells.READY) } };
}
function statefulSet(cells: Cells): Shape {
  const ready = ratio(cells.READY);
  return { spec: { replicas: ready?.[1], ...template(cells) }, status: { readyReplicas: ready?.[0] } };
}
function daemonSet(cells: Cells): Shape {
  return {
    spec: template(cells),
    status: {
      desiredNumberScheduled: count(cells.DESIRED),
      currentNumberScheduled: count(cells.CURRENT),
      numberReady: count(cells.READY),
      updatedNumberScheduled: count(cells["UP-TO-DATE"]),
    },
  };
}
function job(cells: Cells): Shape {
  const done = ratio(cells.COMPLETIONS);
  const state = known(cells.STATUS);
  const conditions = state === "Complete" || state === "Failed" ? [{ type: state, status: "True" }] : undefined;
  return { spec: { completions: done?.[1] }, status: { succeeded: done?.[0], ...(conditions && { conditions }) } };
}
function cronJob(cells: Cells): Shape {
  return { spec: { schedule: known(cells.SCHEDULE), suspend: cells.SUSPEND === "True" ? true : cells.SUSPEND === "False" ? false : undefined } };
}

/** `80/TCP,443:30443/TCP`. */
function ports(cell: string | undefined): Shape[] | undefined {
  const value = known(cell);
  if (!value) return undefined;
  const found = value.split(",").map((port) => /^(\d{1,5})(?::(\d{1,5}))?\/(TCP|UDP|SCTP)$/.exec(port.trim()));
  return found.every((port) => port !== null)
    ? found.map((port) => ({ port: Number(port![1]), protocol: port![3], ...(port![2] && { nodePort: Number(port![2]) }) }))
    : undefined;
}
function service(cells: Cells): Shape {
  const spec: Shape = { type: cells.TYPE, ports: ports(cells["PORT(S)"]), selector: labelsOf(cells.SELECTOR) };
  if (cells["CLUSTER-IP"] === "None" || known(cells["CLUSTER-IP"])) spec.clusterIP = cells["CLUSTER-IP"];
  if (cells.TYPE === "ExternalName") spec.externalName = known(cells["EXTERNAL-IP"]);
  return { spec };
}
/** `10.0.0.1:8080,10.0.0.2:8080 + 1 more...`: the table shows ready addresses only (formatEndpoints). */
function endpoints(cells: Cells): Shape {
  const value = known(cells.ENDPOINTS)?.replace(/ \+ \d+ more\.\.\.$/, "");
  const pairs = (value ?? "")
    .split(",")
    .map((one) => /^\[?([0-9a-f.:]{2,45}?)\]?(?::(\d{1,5}))?$/.exec(one.trim()))
    .filter((one) => one !== null);
  const numbers = [...new Set(pairs.map((pair) => pair[2]).filter((port) => port !== undefined))];
  return { ports: numbers.map((port) => ({ port: Number(port) })), endpoints: pairs.map((pair) => ({ addresses: [pair[1]], conditions: { ready: true } })) };
}
/** The table of slices shows addresses that are not ready too, so readiness stays open. */
function endpointSlice(cells: Cells): Shape {
  const list = (cell: string | undefined): string[] =>
    (known(cell) ?? "")
      .replace(/ \+ \d+ more\.\.\.$/, "")
      .split(",")
      .filter(Boolean);
  const numbers = list(cells.PORTS).map(Number).filter(Number.isInteger);
  return {
    addressType: cells.ADDRESSTYPE,
    ports: numbers.map((port) => ({ port })),
    endpoints: list(cells.ENDPOINTS).map((address) => ({ addresses: [address] })),
  };
}

function node(cells: Cells): Shape {
  const words = (cells.STATUS ?? "").split(",");
  const ready = words[0] === "Ready" ? "True" : words[0] === "NotReady" ? "False" : null;
  const status: Shape = {
    conditions: ready ? [{ type: "Ready", status: ready }] : [],
    nodeInfo: { kubeletVersion: known(cells.VERSION), containerRuntimeVersion: known(cells["CONTAINER-RUNTIME"]), architecture: known(cells.ARCH) },
  };
  return { spec: words.includes("SchedulingDisabled") ? { unschedulable: true } : {}, status };
}

const accessModes: Record<string, string> = { RWO: "ReadWriteOnce", ROX: "ReadOnlyMany", RWX: "ReadWriteMany", RWOP: "ReadWriteOncePod" };
/** `RWO,RWX` or `[ReadWriteOnce]` → API names. */
export function accessModesOf(cell: string | undefined): string[] | undefined {
  const value = known(cell?.replace(/^\[|\]$/g, ""));
  return value?.split(/[, ]+/).map((mode) => accessModes[mode] ?? mode);
}
function claim(cells: Cells): Shape {
  const modes = accessModesOf(cells["ACCESS MODES"]);
  const capacity = known(cells.CAPACITY);
  return {
    spec: { volumeName: known(cells.VOLUME), storageClassName: known(cells.STORAGECLASS) },
    status: { phase: cells.STATUS, accessModes: modes, ...(capacity && { capacity: { storage: capacity } }) },
  };
}
function volume(cells: Cells): Shape {
  const owner = /^([^/]+)\/([^/]+)$/.exec(known(cells.CLAIM) ?? "");
  const capacity = known(cells.CAPACITY);
  return {
    spec: {
      accessModes: accessModesOf(cells["ACCESS MODES"]),
      storageClassName: known(cells.STORAGECLASS),
      persistentVolumeReclaimPolicy: known(cells["RECLAIM POLICY"]),
      ...(capacity && { capacity: { storage: capacity } }),
      ...(owner && { claimRef: { namespace: owner[1], name: owner[2] } }),
    },
    status: { phase: known(cells.STATUS), reason: known(cells.REASON) },
  };
}
function storageClass(cells: Cells): Shape {
  return { provisioner: known(cells.PROVISIONER), reclaimPolicy: known(cells.RECLAIMPOLICY), volumeBindingMode: known(cells.VOLUMEBINDINGMODE) };
}
/** `pods: 3/20, limits.memory: 96Mi/128Mi` in REQUEST and LIMIT. */
function quota(cells: Cells): Shape {
  const used: Record<string, string> = {};
  const hard: Record<string, string> = {};
  for (const part of `${cells.REQUEST ?? ""}, ${cells.LIMIT ?? ""}`.split(/, */)) {
    const match = /^([\w./-]{1,80}): ([\w.]{1,30})\/([\w.]{1,30})$/.exec(part.trim());
    if (match) Object.assign(used, { [match[1]!]: match[2]! }) && Object.assign(hard, { [match[1]!]: match[3]! });
  }
  return { spec: { hard }, status: { hard, used } };
}

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
