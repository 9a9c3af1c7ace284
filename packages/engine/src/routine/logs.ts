/** Step 2: the log of the run that crashed. */
import type { Case } from "../model/case";
import type { LogReading, LogsStep, StatusStep } from "../model/observation";
import type { SnapshotView } from "../model/view";
import type { ContainerLog, WantTarget } from "../model/snapshot";
import { type LogHints, readLog } from "../logs/index";

/**
 * The call that fetches the log to read. In state terminated the kubelet resolves `previous=true` to the run before the one that ended
 * (kubelet_pods.go, validateContainerLogStatus); in all others to the one that ended last, also if the container starts meanwhile.
 */
export function logWant(failing: Case, status: StatusStep): Extract<WantTarget, { type: "log" }> | null {
  const pod = failing.pods[0]?.pod;
  if (!pod || !failing.container) return null;
  const place = { type: "log" as const, namespace: pod.metadata.namespace ?? "", pod: pod.metadata.name ?? "", container: failing.container.name };
  if (status.last) return status.last.processRan ? { ...place, instance: status.running || status.waiting ? "previous" : "current", run: "crashed" } : null;
  return status.running ? { ...place, instance: "current", run: "current" } : null;
}

const whyMissing: Record<string, string> = {
  gone: "the log is gone",
  absent: "there is no such log",
  forbidden: "reading logs is forbidden",
  "timed-out": "the log did not arrive in time",
  "over-budget": "not read: enough other replicas were",
  cannot: "the log was not given",
};

/** A log is read once for all rounds of wants and the diagnosis: reading is most of the work. */
const readings = new WeakMap<ContainerLog, Map<string, LogReading>>();
function read(log: ContainerLog, hints: LogHints): LogReading {
  const known = readings.get(log) ?? new Map<string, LogReading>();
  readings.set(log, known);
  const key = JSON.stringify(hints);
  let reading = known.get(key);
  if (!reading) known.set(key, (reading = readLog(log.text, hints)));
  return reading;
}

export function observeLogs(failing: Case, view: SnapshotView, status: StatusStep): LogsStep {
  const want = logWant(failing, status);
  const bare = failing.scope === "log" ? (view.snapshot.logs.find((l) => l.pod === "") ?? null) : null;
  const crashed =
    want &&
    (view.log(want.namespace, want.pod, want.container, want.run) ??
      (want.run === "crashed" && status.restarts > 0 ? null : view.log(want.namespace, want.pod, want.container, "crashed")));
  const log = bare ?? crashed ?? null;
  const namespace = failing.workload.namespace ? ` -n ${failing.workload.namespace}` : "";
  const previous = want?.instance === "previous" ? " --previous" : "";
  const command = `kubectl logs ${failing.pods[0]?.pod.metadata.name ?? failing.workload.name}${failing.container?.name ? ` -c ${failing.container.name}` : ""}${namespace}${previous}`;
  if (!log) {
    const state = want ? view.answer(want) : null;
    const missing = !want
      ? status.last && !status.last.processRan
        ? "the process never ran"
        : "never started"
      : (whyMissing[state ?? "cannot"] ?? "the log was not given");
    return { result: "unknown", summary: missing, command, log: null, reading: null, missing };
  }
  const reading = read(log, { exitCode: status.last?.exitCode ?? null, reason: status.last?.reason ?? null, image: failing.pods[0]?.spec?.image ?? null });
  const first = reading.signals[0];
  const summary = first
    ? (first.lines[0]?.text ?? first.cause)
    : reading.kind === "empty"
      ? "the log is empty"
      : reading.kind === "healthy"
        ? reading.stoppedInOrder
          ? "a normal log that ends in an orderly stop"
          : "a normal log, nothing wrong in it"
        : `no known error; last line: ${reading.tail.at(-1)?.text ?? ""}`;
  return {
    result: first ? (first.confidence === "possible" ? "clue" : "cause") : "clear",
    summary: summary.slice(0, 160),
    command,
    log,
    reading,
    missing: null,
  };
}
