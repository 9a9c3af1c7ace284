/** `kubectl cluster-info dump --output-directory`: lists as JSON or YAML, and the log of every container. Source: kubectl clusterinfo_dump.go. */
import type { ContainerStatus, KubernetesObject, Pod } from "@unloop/engine/model/kubernetes";
import { type ContainerLog, type Focus, objectKey, type Snapshot } from "@unloop/engine/model/snapshot";
import { admit, admitObject } from "@unloop/engine/scrub/index";
import { splitDumpLogs } from "../session/dump-logs";
import { readJson, readYaml } from "../session/manifest";
import { newestTime } from "../session/objects";
import type { Files } from "./files";

/** What the dump lists of each namespace. */
const kindOfFile: Record<string, string> = {
  nodes: "Node",
  events: "Event",
  "replication-controllers": "ReplicationController",
  services: "Service",
  daemonsets: "DaemonSet",
  deployments: "Deployment",
  replicasets: "ReplicaSet",
  pods: "Pod",
};
const list = new RegExp(`(?:^|/)(?:([a-z0-9-]{1,63})/)?(${Object.keys(kindOfFile).join("|")})\\.(json|yaml|yml)$`);
const logFile = /(?:^|\/)([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253})\/logs\.txt$/;

export function isDumpFile(name: string): boolean {
  return list.test(name) || logFile.test(name);
}

/** The end of a log tells; its beginning may be gigabytes away. */
const longestLog = 1_000_000;

function toLog(found: { namespace: string; pod: string; container: string; text: string }, pod: Pod | undefined): ContainerLog {
  const cut = found.text.length > longestLog ? found.text.slice(-longestLog).replace(/^[^\n]*\n/, "") : found.text;
  const admitted = admit(cut, { bytes: longestLog * 4 });
  const statuses: ContainerStatus[] = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
  const state = statuses.find((s) => s.name === found.container)?.state;
  return {
    namespace: found.namespace,
    pod: found.pod,
    container: found.container,
    instance: "current",
    run: state && !state.running ? "crashed" : "current",
    text: admitted.text,
    cut: cut === found.text ? "none" : "head",
    leaked: admitted.leaked,
  };
}

function objectsIn(bytes: Uint8Array, format: string): { objects: KubernetesObject[]; cut: boolean; text: string } {
  const text = new TextDecoder().decode(bytes);
  const empty = !text.trim();
  const manifest = empty
    ? { objects: [], emptyList: null, cut: true, problem: null }
    : format === "json"
      ? readJson(text, false)
      : readYaml(text.split(/\r?\n/), false);
  const isList = (text.trimStart().startsWith("{") || /^kind: \w{0,60}List/m.test(text)) && /"?items"?\s*:/.test(text);
  return { objects: manifest.objects, cut: manifest.objects.length ? manifest.cut : !isList, text };
}

/** Fills a Snapshot from the files of a dump; null where there are none. */
export function readDump(files: Files, name: string, focus: Focus | null): Snapshot | null {
  const snapshot: Snapshot = {
    takenAt: null,
    source: { kind: "bundle", name, serverVersion: null },
    objects: new Map(),
    inventory: [],
    logs: [],
    answers: [],
    unread: [],
    focus,
  };
  let lists = 0;
  for (const [path, bytes] of files) {
    const match = list.exec(path);
    if (!match) continue;
    lists++;
    const kind = kindOfFile[match[2]!]!;
    const { objects, cut, text } = objectsIn(bytes, match[3]!);
    for (const object of objects) addObject(snapshot, object, kind, match[1], cut);
    const newest = newestTime(text);
    if (newest && (!snapshot.takenAt || newest > snapshot.takenAt)) snapshot.takenAt = newest;
    if (cut) snapshot.unread.push(`${path} is cut or broken`);
    else snapshot.inventory.push({ kind, namespace: kind === "Node" ? "*" : (match[1] ?? "*"), extent: "complete" });
  }
  if (!lists) return null;
  for (const [path, bytes] of files) {
    if (!logFile.test(path)) continue;
    for (const found of splitDumpLogs(new TextDecoder().decode(bytes))) {
      const pod = snapshot.objects.get(objectKey("Pod", found.namespace, found.pod))?.object;
      if (found.text.trim()) snapshot.logs.push(toLog(found, pod));
    }
  }
  snapshot.source.serverVersion = versionOf(snapshot);
  return snapshot;
}

function addObject(snapshot: Snapshot, object: KubernetesObject, kind: string, folder: string | undefined, cut: boolean): void {
  if (kind !== "Node" && !object.metadata.namespace && folder) object.metadata.namespace = folder;
  const admitted = admitObject(object);
  const { namespace, name } = admitted.object.metadata;
  snapshot.objects.set(objectKey(admitted.object.kind, namespace, name!), {
    object: admitted.object,
    fidelity: cut ? "described" : "full",
    ...(admitted.keys && { keys: admitted.keys }),
  });
}

/** A dump does not hold the server's version; the kubelets' is the nearest to it. */
function versionOf(snapshot: Snapshot): string | null {
  const versions = [...snapshot.objects.values()].flatMap(({ object }) => {
    const version = (object as { status?: { nodeInfo?: { kubeletVersion?: unknown } } }).status?.nodeInfo?.kubeletVersion;
    return object.kind === "Node" && typeof version === "string" ? [version] : [];
  });
  return versions.sort().at(-1) ?? null;
}
