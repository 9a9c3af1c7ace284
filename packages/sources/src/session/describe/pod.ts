/** A described pod, and the pod template of a described workload. Formats: kubectl describe.go (describePod, describeVolumes). */
import type { Condition, ContainerStatus, Pod, PodSpec, Toleration, Volume } from "@unloop/engine/model/kubernetes";
import { parseTime } from "../time";
import { readContainer, readContainerStatus } from "./containers";
import { without } from "./shape";
import { annotationsOf, type Entry, find, labelsOf, listOf, rowsOf, valueOf } from "./tree";

const isTrue = (text: string | undefined): boolean | undefined => (text === "true" ? true : text === "false" ? false : undefined);

/** Keys of a projected volume repeat, one group a source. */
function projected(of: Entry[]): NonNullable<NonNullable<Volume["projected"]>["sources"]> {
  const sources: NonNullable<NonNullable<Volume["projected"]>["sources"]> = [];
  for (const [i, entry] of of.entries()) {
    const optional = isTrue(of.slice(i + 1, i + 2).find((e) => /Optional/.test(e.key))?.value);
    const rest = optional === undefined ? {} : { optional };
    if (entry.key === "ConfigMapName") sources.push({ configMap: { name: entry.value, ...rest } });
    else if (entry.key === "SecretName") sources.push({ secret: { name: entry.value, ...rest } });
    else if (entry.key === "TokenExpirationSeconds") sources.push({ serviceAccountToken: {} });
    else if (entry.key === "DownwardAPI") sources.push({ downwardAPI: {} });
  }
  return sources;
}

function readVolume(block: Entry): Volume {
  const of = block.children;
  const name = block.key;
  const optional = isTrue(valueOf(of, "Optional"));
  const rest = optional === undefined ? {} : { optional };
  const type = (valueOf(of, "Type") ?? "").split(" ")[0];
  if (type === "Secret") return { name, secret: { secretName: valueOf(of, "SecretName"), ...rest } };
  if (type === "ConfigMap") return { name, configMap: { name: valueOf(of, "Name"), ...rest } };
  if (type === "PersistentVolumeClaim")
    return { name, persistentVolumeClaim: without({ claimName: valueOf(of, "ClaimName"), readOnly: isTrue(valueOf(of, "ReadOnly")) }) };
  if (type === "EmptyDir") return { name, emptyDir: without({ medium: valueOf(of, "Medium"), sizeLimit: valueOf(of, "SizeLimit") }) };
  if (type === "HostPath") return { name, hostPath: without({ path: valueOf(of, "Path"), type: valueOf(of, "HostPathType") }) };
  if (type === "Projected") return { name, projected: { sources: projected(of) } };
  if (type === "CSI") return { name, csi: without({ driver: valueOf(of, "Driver") }) };
  if (type === "NFS") return { name, nfs: without({ server: valueOf(of, "Server"), path: valueOf(of, "Path") }) };
  if (type === "EphemeralVolume")
    return {
      name,
      ephemeral: { volumeClaimTemplate: { spec: without({ storageClassName: valueOf(of, "StorageClass"), volumeName: valueOf(of, "Volume") }) } },
    };
  if (type === "DownwardAPI") return { name, downwardAPI: {} };
  return { name };
}

/** `key=value:NoSchedule op=Exists for 300s`. Source: kubectl describe.go, printTolerationsMultiline. */
export function readToleration(text: string): Toleration | null {
  const match = /^([^=:\s]{0,317})(?:=([^:\s]{0,63}))?(?::(\w{1,20}))?(?: op=(\w{1,10}))?(?: for (\d{1,12})s)?$/.exec(text.trim());
  if (!match || (!match[1] && !match[3] && !match[4])) return null;
  const [, key, value, effect, operator, seconds] = match;
  return without<Toleration>({
    key: key || undefined,
    value: value || undefined,
    effect,
    operator: operator ?? (value || !key ? undefined : "Exists"),
    tolerationSeconds: seconds ? Number(seconds) : undefined,
  });
}

/** What a pod and a pod template share. */
export function readPodSpec(of: Entry[]): PodSpec {
  const containers = find(of, "Containers")
    ?.children.filter((c) => c.key && !c.value)
    .map(readContainer);
  const init = find(of, "Init Containers")
    ?.children.filter((c) => c.key && !c.value)
    .map(readContainer);
  const volumes = find(of, "Volumes");
  const selectors = find(of, "Node-Selectors");
  const tolerations = listOf(find(of, "Tolerations"))
    .map(readToleration)
    .filter((t) => t !== null);
  const priority = valueOf(of, "Priority");
  const secrets = valueOf(of, "Image pull secrets");
  return without<PodSpec>({
    containers: containers?.length ? containers : undefined,
    initContainers: init?.length ? init : undefined,
    volumes: volumes ? volumes.children.filter((v) => v.key).map(readVolume) : undefined,
    nodeSelector: labelsOf(selectors) ?? (selectors ? {} : undefined),
    tolerations: tolerations.length ? tolerations : undefined,
    serviceAccountName: valueOf(of, "Service Account"),
    priorityClassName: valueOf(of, "Priority Class Name"),
    priority: priority && /^-?\d{1,10}$/.test(priority) ? Number(priority) : undefined,
    runtimeClassName: valueOf(of, "Runtime Class Name"),
    imagePullSecrets: secrets?.split(/, */).map((name) => ({ name })),
  });
}

/** A running container below `Init Containers:` while the pod's own run is a sidecar: nothing else goes on there. */
function markSidecars(spec: PodSpec, init: ContainerStatus[], initialized: boolean): void {
  if (!initialized) return;
  for (const status of init) {
    const container = spec.initContainers?.find((c) => c.name === status.name);
    if (container && status.state?.running) container.restartPolicy = "Always";
  }
}

function conditionsOf(entry: Entry | null): Condition[] | undefined {
  const rows = rowsOf(entry).filter(([type]) => type !== "Type");
  const found = rows.map(([type = "", status = ""]) => ({ type, status })).filter((c) => /^(?:True|False|Unknown)$/.test(c.status));
  return found.length ? found : undefined;
}

/** `ReplicaSet/web-5d…` → the controller. */
export function controllerOf(of: Entry[]): { kind: string; name: string; controller: true }[] | undefined {
  const match = /^(\w{1,63})\/(\S{1,253})$/.exec(valueOf(of, "Controlled By") ?? "");
  return match ? [{ kind: match[1]!, name: match[2]!, controller: true }] : undefined;
}

/** `lasts 5m`: how long the pod has been terminating; null where it does not. */
export function terminatingFor(of: Entry[]): string | null {
  return /^Terminating(?: \(lasts ([^)]{1,20})\))?/.exec(valueOf(of, "Status") ?? "")?.[1] ?? null;
}

/** The pod that the tree shows; `name` and `namespace` stand in where the paste cut them off. */
export function readPod(of: Entry[], namespace: string, name: string): Pod {
  const spec = readPodSpec(of);
  const statuses = (key: string): ContainerStatus[] | undefined => {
    const found = find(of, key)
      ?.children.filter((c) => c.key && !c.value)
      .map(readContainerStatus)
      .filter((s) => s !== null);
    return found?.length ? found : undefined;
  };
  const node = /^([^/\s]{1,253})(?:\/(\S{0,60}))?$/.exec(valueOf(of, "Node") ?? "");
  if (node) spec.nodeName = node[1]!;
  const conditions = conditionsOf(find(of, "Conditions"));
  const init = statuses("Init Containers");
  markSidecars(spec, init ?? [], conditions?.some((c) => c.type === "Initialized" && c.status === "True") ?? false);
  const phase = valueOf(of, "Status");
  const terminating = phase?.startsWith("Terminating") ?? false;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: without<Pod["metadata"]>({
      name,
      namespace,
      labels: labelsOf(find(of, "Labels")),
      annotations: annotationsOf(find(of, "Annotations")),
      ownerReferences: controllerOf(of),
    }),
    spec,
    status: without<NonNullable<Pod["status"]>>({
      phase: terminating ? undefined : phase,
      reason: valueOf(of, "Reason"),
      message: valueOf(of, "Message"),
      podIP: valueOf(of, "IP"),
      hostIP: node?.[2] || undefined,
      startTime: parseTime(valueOf(of, "Start Time")) ?? undefined,
      qosClass: valueOf(of, "QoS Class"),
      nominatedNodeName: valueOf(of, "NominatedNodeName"),
      conditions,
      initContainerStatuses: init,
      containerStatuses: statuses("Containers"),
      ephemeralContainerStatuses: statuses("Ephemeral Containers"),
    }),
  };
}
