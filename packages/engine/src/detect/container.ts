/** Whether one container fails now: in a waiting state, between two crashes, or running without ever getting ready. */
import type { Container, ContainerStateTerminated, ContainerStatus, Probe } from "../model/kubernetes";
import { secondsBetween } from "./time";

/** Signature of a container that runs and is not let in: no run has ended that would have to be explained. */
export const notReady = "not ready";

export interface Failing {
  symptom: string;
  signature: string;
  tentative: boolean;
}

/** Not a failure by themselves: the kubelet has not come to this container yet, or restarts it on purpose. */
const quietReasons = new Set(["", "ContainerCreating", "PodInitializing", "RestartingAllContainers"]);
const imageReasons = new Set([
  "ImagePullBackOff",
  "ErrImagePull",
  "InvalidImageName",
  "ErrImageNeverPull",
  "ImageInspectError",
  "RegistryUnavailable",
  "SignatureValidationFailed",
]);
/** The kubelet forgets a back-off 600 s after the last start (kubelet.go, HasExpiredFunc). */
const backOffReset = 600;
const day = 86_400;

/** initialDelay + failureThreshold × period, with the API's defaults (0, 3, 10). Seconds. */
export function probeBudget(probe: Probe): number {
  return (probe.initialDelaySeconds ?? 0) + (probe.failureThreshold ?? 3) * (probe.periodSeconds ?? 10);
}

/** Seconds a process ran; null where it never ran (startedAt is 1970 for StartError) or a time is missing. */
export function lifetime(terminated: ContainerStateTerminated): number | null {
  if (!terminated.startedAt || terminated.startedAt.startsWith("1970")) return null;
  return secondsBetween(terminated.startedAt, terminated.finishedAt);
}

function crashSignature(last: ContainerStateTerminated | undefined): string {
  return last ? `crash ${last.reason === "OOMKilled" || last.reason === "StartError" ? last.reason : (last.exitCode ?? "?")}` : "crash";
}

function loops(status: ContainerStatus, last: ContainerStateTerminated, now: string | null, podAge: number | null): boolean {
  const restarts = status.restartCount ?? 0;
  const runs = secondsBetween(status.state?.running?.startedAt, now);
  const lived = lifetime(last);
  if (restarts < 2 && last.reason !== "OOMKilled" && status.ready) return false;
  if (runs === null) return !status.ready;
  if (podAge !== null && podAge / Math.max(restarts, 1) > day) return false;
  const rhythm = lived === null ? backOffReset : Math.max(2 * lived, 60) + 15;
  // One that has outlived its crashes and is not ready has another trouble now.
  return runs < Math.min(rhythm, day) || (!status.ready && restarts >= 3 && runs < backOffReset);
}

function neverReady(spec: Container | null, status: ContainerStatus, now: string | null): Failing | null {
  const runs = secondsBetween(status.state?.running?.startedAt, now);
  const probe = status.started === false && spec?.startupProbe ? spec.startupProbe : spec?.readinessProbe;
  const budget = probe ? probeBudget(probe) : 0;
  if (runs !== null && runs < Math.max(45, budget + 15)) return null;
  return { symptom: "NotReady", signature: notReady, tentative: runs === null || runs < Math.max(300, 2 * budget) };
}

/**
 * @param policy effective restart policy of the container
 * @param now `takenAt`
 * @param podAge seconds
 */
export function judgeContainer(spec: Container | null, status: ContainerStatus, policy: string, now: string | null, podAge: number | null): Failing | null {
  const { waiting, running, terminated } = status.state ?? {};
  const last = terminated ?? status.lastState?.terminated;
  if (waiting) {
    const reason = waiting.reason ?? "";
    if (quietReasons.has(reason))
      return last && last.exitCode !== 0 && (status.restartCount ?? 0) > 0
        ? { symptom: last.reason ?? "Error", signature: crashSignature(last), tentative: true }
        : null;
    if (imageReasons.has(reason)) return { symptom: reason, signature: "image", tentative: false };
    if (reason === "CrashLoopBackOff") return { symptom: reason, signature: crashSignature(last), tentative: false };
    return { symptom: reason, signature: reason === "RunContainerError" ? crashSignature(last ?? { reason: "StartError" }) : reason, tentative: false };
  }
  if (terminated) {
    const clean = terminated.exitCode === 0 && terminated.reason !== "OOMKilled";
    if (clean && (policy !== "Always" || (status.restartCount ?? 0) === 0)) return null;
    return { symptom: terminated.reason ?? (clean ? "Completed" : "Error"), signature: crashSignature(terminated), tentative: false };
  }
  if (running) {
    if (last && loops(status, last, now, podAge)) {
      const sure = (status.restartCount ?? 0) >= 2;
      return { symptom: last.reason === "OOMKilled" ? "OOMKilled" : "CrashLoopBackOff", signature: crashSignature(last), tentative: !sure };
    }
    if (status.ready === false) return neverReady(spec, status, now);
  }
  return null;
}
