/** What is wrong with one pod: its failing containers, or the pod itself. */
import type { Container, ContainerStatus, Pod } from "../model/kubernetes";
import type { ContainerRef } from "../model/report";
import type { SeenObject } from "../model/snapshot";
import { eventTime, type SnapshotView } from "../model/view";
import { type Failing, judgeContainer, notReady } from "./container";
import { kubectlAge, secondsBetween } from "./time";

export interface PodFailure extends Failing {
  scope: "container" | "pod";
  container: ContainerRef | null;
  spec: Container | null;
  status: ContainerStatus | null;
}

/** Thrown out for the good of others; the owner replaces the pod. Source: kubelet preemption.go, nodeshutdown_manager.go. */
const orderlyReasons = new Set(["Preempting", "Terminated", "Shutdown", "NodeShutdown"]);
/** The kubelet says with these that it can not set the pod up. */
const setUpTrouble = new Set([
  "FailedMount",
  "FailedAttachVolume",
  "FailedMapVolume",
  "FailedCreatePodSandBox",
  "FailedPodSandBoxStatus",
  "NetworkNotReady",
  "FailedCreatePodContainer",
  "FailedPrepareDynamicResources",
  "FailedMountOnFilesystemMismatch",
]);
const freshEvent = 300;
const patience = 300;
const unseenSeconds = 10;

interface Listed {
  ref: ContainerRef;
  spec: Container | null;
  status: ContainerStatus | null;
}
/** All containers of a pod but the ephemeral ones, init containers first. */
export function containersOf(pod: Pod): Listed[] {
  const listed: Listed[] = [];
  const add = (specs: Container[], statuses: ContainerStatus[], init: boolean): void => {
    const names = [...new Set([...specs.map((c) => c.name), ...statuses.map((s) => s.name)])];
    for (const name of names) {
      const spec = specs.find((c) => c.name === name) ?? null;
      const type = !init ? "app" : spec?.restartPolicy === "Always" ? "sidecar" : "init";
      listed.push({ ref: { name, type }, spec, status: statuses.find((s) => s.name === name) ?? null });
    }
  };
  add(pod.spec?.initContainers ?? [], pod.status?.initContainerStatuses ?? [], true);
  add(pod.spec?.containers ?? [], pod.status?.containerStatuses ?? [], false);
  return listed;
}

function ofPod(symptom: string, signature: string, tentative = false): PodFailure {
  return { scope: "pod", container: null, spec: null, status: null, symptom, signature, tentative };
}

function thrownOut(pod: Pod): PodFailure[] | null {
  const reason = pod.status?.reason;
  if (pod.status?.phase !== "Failed" || !reason) return null;
  if (orderlyReasons.has(reason)) return [];
  return [ofPod(reason, `pod ${reason}`)];
}

function notScheduled(pod: Pod, now: string | null): PodFailure[] | null {
  if (pod.spec?.nodeName || (pod.status?.phase ?? "Pending") !== "Pending") return null;
  const scheduled = pod.status?.conditions?.find((c) => c.type === "PodScheduled");
  if (scheduled?.status === "True" || (pod.status?.containerStatuses ?? []).length > 0) return null;
  const age = secondsBetween(pod.metadata.creationTimestamp, now);
  if (!scheduled && age !== null && age < 30) return [];
  return [ofPod("Pending", `pending ${scheduled?.reason ?? ""}`, scheduled?.reason === "SchedulingGated")];
}

function settingUp(view: SnapshotView, seen: SeenObject<Pod>, now: string | null, initial: boolean): PodFailure[] {
  const pod = seen.object;
  const events = view.eventsOf("Pod", pod.metadata.namespace, pod.metadata.name ?? "", pod.metadata.uid);
  const trouble = events.find((e) => setUpTrouble.has(e.object.reason ?? ""));
  const at = trouble && eventTime(trouble.object);
  const stale = secondsBetween(at, now);
  const age = secondsBetween(pod.status?.startTime ?? pod.metadata.creationTimestamp, now) ?? kubectlAge((seen.row?.AGE ?? "").trim());
  const symptom = initial ? "PodInitializing" : "ContainerCreating";
  if (trouble && (stale === null || stale < freshEvent)) return [ofPod(symptom, `set-up ${trouble.object.reason}`, age !== null && age < 20)];
  // The kubelet sets startTime with its first look at a pod: without it, nobody is there.
  if (!pod.status?.startTime && age !== null && age > unseenSeconds) return [ofPod("Pending", "not taken", true)];
  if (age !== null && age > patience) return [ofPod(symptom, "set-up", trouble === undefined && age < 4 * patience)];
  return [];
}

function containerFailures(view: SnapshotView, seen: SeenObject<Pod>, now: string | null): PodFailure[] {
  const pod = seen.object;
  const policy = pod.spec?.restartPolicy ?? "Always";
  const age = secondsBetween(pod.metadata.creationTimestamp ?? pod.status?.startTime, now);
  const all = containersOf(pod);
  const found: PodFailure[] = [];
  for (const { ref, spec, status } of all) {
    if (!status) continue;
    const own = spec?.restartPolicy ?? (ref.type === "init" && policy === "Always" ? "OnFailure" : policy);
    const failing =
      ref.type === "init" && status.state?.running && !status.lastState?.terminated ? waitsInInit(status, now) : judgeContainer(spec, status, own, now, age);
    if (failing) found.push({ scope: "container", container: ref, spec, status, ...failing });
  }
  const firm = found.filter((f) => !f.tentative);
  if (found.length) return firm.length ? firm : found;
  const waiting = all.filter(
    (c) => c.ref.type === "app" && c.status?.state?.waiting && ["", "ContainerCreating", "PodInitializing"].includes(c.status.state.waiting.reason ?? ""),
  );
  const inInit = all.some((c) => c.ref.type === "init" && c.status?.state?.running);
  const unseen = pod.spec?.nodeName && pod.status?.phase === "Pending" && !pod.status.containerStatuses?.length;
  return (waiting.length && !inInit) || unseen
    ? settingUp(
        view,
        seen,
        now,
        waiting.some((c) => c.status?.state?.waiting?.reason === "PodInitializing"),
      )
    : [];
}

/** An init container that goes on and on usually waits for something that never comes. */
function waitsInInit(status: ContainerStatus, now: string | null): Failing | null {
  const runs = secondsBetween(status.state?.running?.startedAt, now);
  return runs !== null && runs < 45 ? null : { symptom: "PodInitializing", signature: "init waits", tentative: runs === null || runs < 4 * patience };
}

/** STATUS, READY and RESTARTS of a kubectl table row. Source: kubernetes pkg/printers/internalversion printPod. */
export function judgeRow(row: Record<string, string>): Failing | null {
  const status = (row.STATUS ?? "").trim();
  const [ready, of] = (row.READY ?? "").split("/").map(Number);
  const restarts = /^(\d{1,9})(?: \((\S+) ago\))?/.exec(row.RESTARTS ?? "");
  if (/^(Completed|Succeeded|Terminating|SchedulingGated)$/.test(status)) return null;
  if (status === "Running") {
    const age = kubectlAge((row.AGE ?? "").trim());
    const since = restarts?.[2] ? kubectlAge(restarts[2]) : null;
    const recent = Number(restarts?.[1] ?? 0) >= 2 && since !== null && since < 86_400;
    if (ready !== undefined && of !== undefined && ready < of)
      return age !== null && age < 45 ? null : { symptom: "NotReady", signature: notReady, tentative: !recent };
    return recent && since < backOffWindow ? { symptom: "CrashLoopBackOff", signature: "crash", tentative: true } : null;
  }
  if (status === "" || /^(ContainerCreating|PodInitializing|Init:\d+\/\d+)$/.test(status))
    return status === "" ? null : { symptom: status, signature: "set-up", tentative: true };
  return { symptom: status.replace(/^Init:/, ""), signature: `row ${status}`, tentative: status === "Unknown" };
}
const backOffWindow = 3600;

/** Whether a table row deserves a look at the whole pod; in doubt yes, since the whole pod decides. */
export function isSuspectRow(row: Record<string, string>): boolean {
  const status = (row.STATUS ?? "").trim();
  // Other tables name pods too (the requests on a node) and say nothing of how they are.
  if (status === "" || status === "Completed" || status === "Succeeded" || status === "Terminating") return false;
  if (status !== "Running") return true;
  const [ready, of] = (row.READY ?? "").split("/").map(Number);
  if (ready !== of) return true;
  const restarts = /^(\d{1,9})(?: \((\S+) ago\))?/.exec(row.RESTARTS ?? "");
  const since = restarts?.[2] ? kubectlAge(restarts[2]) : null;
  return Number(restarts?.[1] ?? 0) > 0 && (since === null || since < 86_400);
}

/** Everything that fails in a pod; empty where nothing does. */
export function judgePod(view: SnapshotView, seen: SeenObject<Pod>): PodFailure[] {
  const pod = seen.object;
  const now = view.snapshot.takenAt;
  if (pod.metadata.deletionTimestamp || pod.status?.phase === "Succeeded") return [];
  if (seen.fidelity === "row" || seen.fidelity === "metadata") {
    const failing = seen.row && judgeRow(seen.row);
    if (!failing) return [];
    return [{ scope: "pod", container: null, spec: null, status: null, ...failing }];
  }
  const failures = thrownOut(pod) ?? notScheduled(pod, now) ?? containerFailures(view, seen, now);
  return failures.length || !isLost(pod) ? failures : [ofPod("NodeLost", "node lost")];
}

/**
 * The node controller sets Ready to False on every pod of a node that stopped reporting, and touches nothing else: containers go on to be
 * called ready (controller_utils.go, MarkPodsNotReady). A readiness gate does the same for other reasons.
 */
function isLost(pod: Pod): boolean {
  const is = (type: string, status: string): boolean => (pod.status?.conditions ?? []).some((c) => c.type === type && c.status === status);
  const gated = (pod.spec as { readinessGates?: unknown[] } | undefined)?.readinessGates?.length;
  return pod.status?.phase === "Running" && is("Ready", "False") && is("ContainersReady", "True") && !gated;
}

/** Ready and wanted of a table's READY cell; null where it is none. */
export function readyCell(row: Record<string, string> | undefined): [number, number] | null {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(row?.READY ?? "");
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** By its Ready condition, else by its table row. */
export function isPodReady(seen: SeenObject<Pod>): boolean {
  const ready = seen.object.status?.conditions?.find((c) => c.type === "Ready");
  if (ready) return ready.status === "True";
  const cell = readyCell(seen.row);
  return cell !== null && cell[0] === cell[1] && seen.row?.STATUS === "Running";
}
