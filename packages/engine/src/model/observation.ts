/** What the five steps of the routine found out about one Case. Every field points back into the Snapshot. */
import type { Event, Probe } from "./kubernetes";
import type { ContainerLog, Existence, Instant } from "./snapshot";
import type { Confidence, Detail, StepResult, Subject } from "./report";

interface Step {
  result: StepResult;
  /** One line for a person. */
  summary: string;
  /** The kubectl command that shows the same. */
  command: string;
}

export interface Termination {
  exitCode: number | null;
  /** Decoded from the exit code (137 → SIGKILL); the API's own `signal` is never set. */
  signal: string | null;
  reason: string | null;
  message: string | null;
  startedAt: Instant | null;
  finishedAt: Instant | null;
  /** Seconds; null where a time is missing or the process never ran (startedAt 1970). */
  ranForSeconds: number | null;
  /** False for StartError and the like: no process, so no log either. */
  processRan: boolean;
  /** True where the kubelet made the exit code up (ContainerStatusUnknown, RestartingAllContainers). */
  synthetic: boolean;
}

export interface StatusStep extends Step {
  restarts: number;
  phase: string | null;
  /** `status.reason` and `status.message` of the pod (Evicted, DeadlineExceeded, …). */
  podReason: string | null;
  podMessage: string | null;
  waiting: { reason: string; message: string } | null;
  running: { startedAt: Instant | null; ready: boolean; started: boolean | null } | null;
  /** The crash to explain: state.terminated, else lastState.terminated. */
  last: Termination | null;
  /** The DisruptionTarget condition, where it is True. */
  disruption: { reason: string; message: string } | null;
  backOffSeconds: number | null;
  deleting: boolean;
}

/** A line of a log as shown to a reader. */
export interface LogLine {
  /** 1-based in the scrubbed log text. */
  number: number;
  /** The line without container-runtime, timestamp and level prefixes. */
  text: string;
}

/** One possible cause that a log tells. Signals are ordered, the best first. */
export interface LogSignal {
  /** An id of the catalogue, e.g. `dependency/refused`. */
  cause: string;
  confidence: Confidence;
  subject: Partial<Subject>;
  details: Record<string, Detail>;
  /** Key line first, then at most four that support it. */
  lines: LogLine[];
  /** Name of the pattern or reader that found it, for tests and for `explain`. */
  by: string;
  /** True where the evidence is only a product's own wording, not text of the OS, libc, runtime or a protocol. */
  product: boolean;
}

export interface LogReading {
  /** `empty`: no text. `healthy`: ends in normal work or an orderly stop. `told`: at least one signal. `silent`: none of these. */
  kind: "empty" | "healthy" | "told" | "silent";
  signals: LogSignal[];
  /** The last lines of the last run, at most ten: for a reader where nothing was recognised. */
  tail: LogLine[];
  /** The last lines are an orderly stop after SIGTERM or the like. */
  stoppedInOrder: boolean;
  /** Addresses and ports that the program says it listens on. */
  listens: { address: string | null; port: number; tls: boolean | null; line: LogLine }[];
  /** Paths that the program says it serves, or was seen to answer with a success. */
  serves: { path: string; line: LogLine }[];
  /** Requests in the log: what was asked and how it was answered (probes show here). */
  requests: { path: string; status: number; userAgent: string | null; line: LogLine }[];
  /** Lines that say the program is ready or has started, e.g. `Started Application in 48.2 seconds`. */
  startedAfterSeconds: number | null;
}

export interface LogsStep extends Step {
  /** The log of the run that crashed; null where it was not seen. */
  log: ContainerLog | null;
  reading: LogReading | null;
  /** Why there is no log: never started, gone, forbidden, not pasted, … */
  missing: string | null;
}

export interface SeenEvent {
  event: Event;
  reason: string;
  /** `message`, without the `(combined from similar events): ` prefix. */
  message: string;
  combined: boolean;
  type: string;
  count: number;
  first: Instant | null;
  last: Instant | null;
  /** Container from fieldPath or from the message; null for pod events. */
  container: string | null;
}

export interface ProbeKill {
  probe: "liveness" | "startup";
  event: SeenEvent;
}
export interface EventsStep extends Step {
  /** Events of the Case's pods and container, newest first. */
  all: SeenEvent[];
  /** Whether the events of the namespace were listed completely. Even then: absence of an event proves nothing. */
  seen: boolean;
  /** `Killing` events that name a probe. */
  probeKills: ProbeKill[];
  /** `Unhealthy` events by probe. */
  unhealthy: { probe: "liveness" | "readiness" | "startup"; errored: boolean; text: string; event: SeenEvent }[];
  /** Events of the owners (FailedCreate, …), newest first. */
  owner: SeenEvent[];
}

export interface Reference {
  kind: "Secret" | "ConfigMap" | "ServiceAccount" | "PersistentVolumeClaim";
  name: string;
  /** The key asked for; null for the whole object. */
  key: string | null;
  optional: boolean;
  /** How the pod asks for it. */
  via: "env" | "envFrom" | "volume" | "projected" | "imagePullSecret" | "serviceAccount" | "claim";
  /** Variable (env), volume name (volume, projected, claim). */
  as: string | null;
  /** The variable has this name; null where it is not an env reference. */
  env: string | null;
  /** Field path in the pod spec, e.g. `spec.containers[api].env[BROKER__APIKEY]`. */
  path: string;
  object: Existence;
  keyExists: Existence;
  /** Names that the namespace holds and that are spelt alike or share the key, the best first. */
  similar: string[];
  similarKeys: string[];
}
export interface SettingSource {
  env: string;
  /** Literal value, scrubbed, with `$(VAR)` as written; null where it comes from elsewhere or is not known. */
  value: string | null;
  from: { kind: "Secret" | "ConfigMap" | "field" | "literal"; name: string | null; key: string | null };
  path: string;
}
export interface ConfigStep extends Step {
  references: Reference[];
  settings: SettingSource[];
}

export interface ProbeSpec {
  probe: "liveness" | "readiness" | "startup";
  spec: Probe;
  kind: "http" | "tcp" | "exec" | "grpc";
  /** Resolved through the container's named ports; null where it can't be. */
  port: number | null;
  /** Path with query, for http. */
  path: string | null;
  scheme: "HTTP" | "HTTPS" | null;
  command: string[] | null;
  /** Seconds from container start until this probe has failed often enough: initialDelay + failureThreshold × period. */
  budgetSeconds: number;
  /** Field path in the pod spec. */
  fieldPath: string;
}
export interface ProbesStep extends Step {
  probes: ProbeSpec[];
  /** The probe that killed the last run, and how that is known; null where none did or nothing tells. */
  killedBy: { probe: "liveness" | "startup"; proof: "killing-event" | "unhealthy-events" } | null;
}

export interface Observations {
  status: StatusStep;
  logs: LogsStep;
  events: EventsStep;
  config: ConfigStep;
  probes: ProbesStep;
}
