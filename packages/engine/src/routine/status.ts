/** Step 1: status, restart count, back-off, and the exit to explain. */
import type { Case } from "../model/case";
import type { ContainerStateTerminated } from "../model/kubernetes";
import type { StatusStep, Termination } from "../model/observation";
import type { SnapshotView } from "../model/view";
import { lifetime, notReady } from "../detect/container";
import { goDuration } from "../detect/time";

const signals: Record<number, string> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
  24: "SIGXCPU",
  25: "SIGXFSZ",
  31: "SIGSYS",
};

/** The signal behind an exit code above 128 (shell and container runtime convention); null for an ordinary code. */
export function signalOf(exitCode: number): string | null {
  return exitCode > 128 && exitCode < 160 ? (signals[exitCode - 128] ?? null) : null;
}

/** Reasons with which the kubelet or the runtime makes an exit code up. Source: kubelet container/runtime.go, kubelet_pods.go. */
const inventedBy = new Set(["ContainerStatusUnknown", "RestartingAllContainers", "Unknown"]);
const neverRan = new Set(["StartError", "ContainerCannotRun"]);

export function readTermination(terminated: ContainerStateTerminated): Termination {
  const exitCode = terminated.exitCode ?? null;
  const reason = terminated.reason ?? null;
  const ranForSeconds = lifetime(terminated);
  return {
    exitCode,
    signal: exitCode === null ? null : signalOf(exitCode),
    reason,
    message: terminated.message ?? null,
    startedAt: terminated.startedAt ?? null,
    finishedAt: terminated.finishedAt ?? null,
    ranForSeconds: reason && neverRan.has(reason) ? null : ranForSeconds,
    processRan: !(reason && neverRan.has(reason)),
    synthetic: reason !== null && inventedBy.has(reason),
  };
}

function describeEnd(last: Termination): string {
  const code = last.exitCode === null ? "" : ` with exit code ${last.exitCode}`;
  const lived = last.ranForSeconds === null ? "" : ` after ${last.ranForSeconds} s`;
  if (!last.processRan) return `the container could not be started (${last.reason})`;
  return `last run ended${code}${last.signal ? ` (${last.signal})` : ""}${last.reason && last.reason !== "Error" ? `, ${last.reason}` : ""}${lived}`;
}

export function observeStatus(failing: Case, view: SnapshotView): StatusStep {
  const pod = failing.pods[0];
  const status = pod?.status ?? null;
  const podStatus = pod?.pod.status;
  const ended = failing.signature === notReady ? undefined : (status?.state?.terminated ?? status?.lastState?.terminated);
  const hints = view.snapshot.hints;
  const last = ended
    ? readTermination(ended)
    : failing.scope === "log" && (hints?.exitCode !== undefined || hints?.reason)
      ? readTermination({ exitCode: hints.exitCode, reason: hints.reason })
      : null;
  const waiting = status?.state?.waiting;
  const running = status?.state?.running;
  const disruption = podStatus?.conditions?.find((c) => c.type === "DisruptionTarget" && c.status === "True");
  const backOff = /^back-off (\S+) restarting/.exec(waiting?.message ?? "");
  const restarts = status?.restartCount ?? Number(/^\d{1,9}/.exec(pod?.seen.row?.RESTARTS ?? "")?.[0] ?? 0);
  const namespace = failing.workload.namespace ? ` -n ${failing.workload.namespace}` : "";
  const target = pod ? `pod ${pod.pod.metadata.name}` : `${failing.workload.kind.toLowerCase()} ${failing.workload.name}`;
  const seen = pod ? pod.seen.fidelity !== "metadata" : failing.scope !== "log";
  const parts = [failing.symptom, restarts ? `${restarts} restart${restarts === 1 ? "" : "s"}` : "", last ? describeEnd(last) : ""].filter(Boolean);
  return {
    result: last?.reason === "OOMKilled" || podStatus?.reason || failing.scope === "workload" ? "clue" : seen ? "clue" : "unknown",
    summary: parts.join(", "),
    command: `kubectl describe ${target}${namespace}`,
    restarts,
    phase: podStatus?.phase ?? null,
    podReason: podStatus?.reason ?? null,
    podMessage: podStatus?.message ?? null,
    waiting: waiting ? { reason: waiting.reason ?? "", message: waiting.message ?? "" } : null,
    running: running ? { startedAt: running.startedAt ?? null, ready: status?.ready ?? false, started: status?.started ?? null } : null,
    last,
    disruption: disruption ? { reason: disruption.reason ?? "", message: disruption.message ?? "" } : null,
    backOffSeconds: backOff ? goDuration(backOff[1]!) : null,
    deleting: pod?.pod.metadata.deletionTimestamp !== undefined,
  };
}
