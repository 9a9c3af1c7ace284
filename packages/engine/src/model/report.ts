/** The Report: what `-o json` prints. Fields are only ever added within a `schemaVersion`. */
import type { Instant, SourceKind } from "./snapshot";

/** ISO 8601 duration. */
export type Duration = string;
export type Confidence = "certain" | "likely" | "possible";
export type Severity = "outage" | "degraded" | "blocked" | "contained";
export type IncidentStatus = "active" | "recovering" | "recovered";
export type StepName = "status" | "logs" | "events" | "config" | "probes";
export type StepResult = "cause" | "clue" | "clear" | "unknown";

export interface WorkloadRef {
  kind: string;
  namespace: string;
  name: string;
  revision: string | null;
}
export interface ContainerRef {
  name: string;
  type: "app" | "init" | "sidecar";
}
export interface Subject {
  kind: string | null;
  namespace: string | null;
  name: string | null;
  key: string | null;
  env: string | null;
  host: string | null;
  port: number | null;
  path: string | null;
  image: string | null;
  node: string | null;
  probe: "liveness" | "readiness" | "startup" | null;
  /** The object, key, path, port or name that exists and was probably meant. */
  similar: string | number | null;
}
export interface EvidenceRef {
  kind: string | null;
  namespace: string | null;
  name: string | null;
  container: string | null;
  /** 1-based line of the log. */
  line: number | null;
  /** Field path in the object. */
  path: string | null;
}
export interface Evidence {
  source: "log" | "event" | "status" | "spec" | "object" | "node" | "change";
  /** Verbatim, scrubbed, at most 300 characters. */
  text: string;
  ref: EvidenceRef;
}
export type Detail = string | number | boolean | null | string[];
export interface Verdict {
  id: string;
  confidence: Confidence;
  title: string;
  explanation: string;
  subject: Subject;
  details: Record<string, Detail>;
  /** At most five, the best first. */
  evidence: Evidence[];
}
export interface RoutineLine {
  step: StepName;
  result: StepResult;
  summary: string;
  command: string;
}
export interface NextStep {
  why: string;
  command: string;
}
export interface PatchOperation {
  op: "test" | "add" | "replace" | "remove";
  path: string;
  value?: unknown;
}
export interface Fix {
  id: string;
  title: string;
  kind: "patch" | "command" | "manual" | "rollback";
  target: { kind: string; namespace: string; name: string } | null;
  patch: PatchOperation[];
  command: string | null;
  diff: string | null;
  risk: "none" | "restart" | "data";
  note: string | null;
}
export interface Difference {
  path: string;
  before: string | null;
  after: string | null;
  explains: boolean;
}
export interface Change {
  at: Instant | null;
  by: string | null;
  revision: string | null;
  previousRevision: string | null;
  ranFor: Duration | null;
  differences: Difference[];
}
export interface Incident {
  /** Stable hash of workload, container, revision, reason and exit code: of the Case, not of the verdict. */
  id: string;
  severity: Severity;
  status: IncidentStatus;
  symptom: string;
  workload: WorkloadRef;
  container: ContainerRef | null;
  pods: { name: string; node: string | null; restarts: number }[];
  replicas: { desired: number | null; ready: number | null; failing: number };
  since: { earliest: Instant | null; latest: Instant | null };
  lastCrash: Instant | null;
  ranFor: Duration | null;
  nextRestart: { earliest: Instant; latest: Instant; backOff: Duration } | null;
  routine: RoutineLine[];
  cause: Verdict | null;
  alternatives: Verdict[];
  conclusion: { ruledOut: string[]; next: NextStep[] };
  causedBy: string | null;
  victims: string[];
  blastRadius: {
    services: string[];
    dependents: { workload: WorkloadRef; via: string; healthy: boolean | null }[];
    routes: { host: string; path: string }[];
    capacity: string | null;
  };
  change: Change | null;
  fixes: Fix[];
}
export interface NotSeen {
  what: string;
  why: string;
  consequence: string;
  remedy: { text: string; yaml: string | null; command: string | null };
}
export interface Warning {
  id: string;
  text: string;
}
export interface Report {
  schemaVersion: "1";
  takenAt: Instant | null;
  source: { kind: SourceKind; name: string; kubernetesVersion: string | null };
  summary: { pods: number; workloads: number; failing: number; incidents: number; roots: number };
  incidents: Incident[];
  notSeen: NotSeen[];
  warnings: Warning[];
}
