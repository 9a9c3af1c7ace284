/** Whose log a pasted text is: the command says it, or what stands near, or the one pod that fails. */
import type { ContainerStatus, Pod } from "@unloop/engine/model/kubernetes";
import { objectKey } from "@unloop/engine/model/snapshot";
import { nameStem } from "@unloop/engine/detect/owners";
import type { SeenLog, Sighting } from "./collect";

function failing(seen: Sighting): boolean {
  if (seen.row && !/^(?:Running|Completed|Succeeded|Terminating)$/.test(seen.row.STATUS ?? "Running")) return true;
  const pod = seen.object as Pod;
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].some(hasTrouble);
}
function hasTrouble(status: ContainerStatus): boolean {
  const reason = status.state?.waiting?.reason ?? "";
  if (status.state?.waiting && !/^(?:ContainerCreating|PodInitializing|)$/.test(reason)) return true;
  if (status.state?.terminated && status.state.terminated.exitCode !== 0) return true;
  return (status.restartCount ?? 0) > 0 && status.lastState?.terminated !== undefined;
}
function isReady(seen: Sighting): boolean {
  const [ready, of] = (seen.row?.READY ?? "").split("/");
  if (ready !== undefined && of !== undefined) return ready === of;
  return ((seen.object as Pod).status?.containerStatuses ?? []).every((s) => s.ready);
}

/** kubectl takes the first pod that is ready, if any is (podutils.ByLogging). */
function podOfWorkload(log: SeenLog, pods: Sighting[]): Sighting | null {
  const name = log.workload!.name;
  const own = pods.filter((p) => {
    if (p.object.metadata.namespace !== log.namespace) return false;
    const pod = p.object.metadata.name!;
    const owner = p.object.metadata.ownerReferences?.[0]?.name ?? "";
    return (
      owner === name ||
      nameStem(`${owner}-bbbbb`).name === name ||
      nameStem(pod).name === name ||
      nameStem(pod).middle === name ||
      pod.replace(/-\d+$/, "") === name
    );
  });
  return own.length === 1 ? own[0]! : (own.find(isReady) ?? own[0] ?? null);
}

/** Names the pod of every log that has none, where the text leaves one choice. */
export function settleLogPods(logs: SeenLog[], merged: Map<string, Sighting>): void {
  if (logs.every((log) => log.pod)) return;
  const pods = [...merged.values()].filter((s) => s.object.kind === "Pod");
  const bad = pods.filter(failing);
  const stems = new Set(bad.map((p) => `${p.object.metadata.namespace}/${nameStem(p.object.metadata.name!).name}`));
  for (const log of logs) {
    if (log.pod) continue;
    const found = log.workload ? podOfWorkload(log, pods) : stems.size === 1 ? bad[0]! : pods.length === 1 ? pods[0]! : null;
    if (!found) continue;
    log.pod = found.object.metadata.name!;
    log.namespace = found.object.metadata.namespace ?? log.namespace;
  }
}

/** The container that kubectl shows without `-c`: the annotated one, else the first. A text without a command is the failing one's. */
function containerOf(log: SeenLog, pod: Pod): string {
  const names = (pod.spec?.containers ?? pod.status?.containerStatuses ?? []).map((c) => c.name);
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  if (log.previous !== null) {
    const annotated = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"];
    return annotated && names.includes(annotated) ? annotated : (names[0] ?? "");
  }
  const bad = statuses.filter(hasTrouble);
  return bad[0]?.name ?? names[0] ?? "";
}

/** Names the container, and says whether the run that the log shows has ended. */
export function settleLogRun(log: SeenLog, merged: Map<string, Sighting>): { container: string; ended: boolean } {
  const seen = merged.get(objectKey("Pod", log.namespace, log.pod));
  const pod = seen?.object as Pod | undefined;
  const container = log.container || (pod ? containerOf(log, pod) : "");
  if (log.previous === true) return { container, ended: true };
  const status = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])].find((s) => s.name === container);
  if (status?.state && log.previous === false) return { container, ended: status.state.running === undefined };
  // A text without a command: the run that ended, if any did.
  if (log.previous === null)
    return { container, ended: !status?.state?.running || status.lastState?.terminated !== undefined || (status.restartCount ?? 0) > 0 };
  return { container, ended: seen?.row ? !/^(?:Running|NotReady)$/.test(seen.row.STATUS ?? "") : true };
}
