/** The Snapshot: what was seen of a cluster, and what was not. Everything right of the sources works on this one type. */
import type { KubernetesObject } from "./kubernetes";

/** RFC 3339, UTC. */
export type Instant = string;

declare const scrubbed: unique symbol;
/** Text that went through `admit`: decoded, without control characters, cut to limits, secrets masked. */
export type ScrubbedText = string & { readonly [scrubbed]: true };

/** `Kind/namespace/name`; the namespace is empty for cluster-scoped kinds. Kinds that unloop reads are unique without their group. */
export type ObjectKey = string;
export function objectKey(kind: string, namespace: string | null | undefined, name: string): ObjectKey {
  return `${kind}/${namespace ?? ""}/${name}`;
}

/**
 * How much of an object was seen. `full`: API JSON or YAML. `described`: kubectl describe (no uid, rounded ages).
 * `metadata`: PartialObjectMetadata. `row`: a line of a kubectl table. A rule may read only what the fidelity carries.
 */
export type Fidelity = "full" | "described" | "metadata" | "row";

export interface SeenObject<T extends KubernetesObject = KubernetesObject> {
  object: T;
  fidelity: Fidelity;
  /** Cells of the kubectl table line by upper-case column heading, where a table showed the object. */
  row?: Record<string, string>;
  /** Key names of a Secret or ConfigMap, where they are known completely. Values of Secrets never enter. */
  keys?: string[];
}

export interface Inventory {
  kind: string;
  namespace: string | "*";
  /** `complete` alone makes absence a fact. */
  extent: "complete" | "partial" | "forbidden" | "not-asked";
}

export type LogInstance = "current" | "previous";
export interface ContainerLog {
  /** Namespace and name of the pod; both may be empty for a bare pasted log. */
  namespace: string;
  pod: string;
  container: string;
  /** The call that fetched it. Which run it shows is decided by `run`. */
  instance: LogInstance;
  /** `crashed`: the run that ended last. `current`: the run that goes on now. */
  run: "crashed" | "current";
  text: ScrubbedText;
  cut: "none" | "head" | "tail" | "bytes";
  leaked: Leak[];
}
export interface Leak {
  /** What leaked, e.g. `password`, `token:ghp`. */
  kind: string;
  /** 1-based line of the scrubbed text. */
  line: number;
}

/** What the engine still needs. The source answers each once, within its budget. */
export type Want = { priority: number; consequence: string; rule?: RbacRule } & WantTarget;
export type WantTarget =
  | { type: "get"; kind: string; namespace: string; name: string }
  | {
      type: "list";
      kind: string;
      namespace: string | "*";
      fidelity: "full" | "metadata" | "row";
      /** A label selector as kubectl takes it; the answer is then never a complete inventory. */
      selector?: string;
    }
  | { type: "log"; namespace: string; pod: string; container: string; instance: LogInstance; run: "crashed" | "current" };
/** The permission that the answer needs, as in a Role. */
export interface RbacRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

export type AnswerState = "got" | "absent" | "forbidden" | "timed-out" | "gone" | "over-budget" | "cannot";
export interface Answer {
  want: WantTarget;
  state: AnswerState;
  /** What the server said, scrubbed. */
  message?: string;
  consequence: string;
}
export function wantKey(want: WantTarget): string {
  if (want.type === "get") return `get ${objectKey(want.kind, want.namespace, want.name)}`;
  if (want.type === "list") return `list ${want.kind} ${want.namespace} ${want.fidelity}${want.selector ? ` ${want.selector}` : ""}`;
  return `log ${want.namespace}/${want.pod}/${want.container} ${want.instance}`;
}

export type SourceKind = "cluster" | "bundle" | "session" | "manifests";
export interface Snapshot {
  /** The API server's clock (Date header); the newest time in pasted text; null where the input tells none. Never this machine's clock. */
  takenAt: Instant | null;
  source: { kind: SourceKind; name: string; serverVersion: string | null };
  objects: Map<ObjectKey, SeenObject>;
  inventory: Inventory[];
  logs: ContainerLog[];
  answers: Answer[];
  /** Parts of the input that could not be read, e.g. a line of a pasted text. */
  unread: string[];
  /** What the question is about; everything where it is null. */
  focus: Focus | null;
  /** Facts that the asker adds by hand to a bare log (`--exit-code`, `--reason`). */
  hints?: { exitCode?: number; reason?: string };
}
export interface Focus {
  /** Namespace asked for, or null for all. */
  namespace: string | null;
  /** Kind and name asked for, or null for everything in the namespace. */
  kind: string | null;
  name: string | null;
  selector?: string | null;
}

/** Whether a thing is there. `unknown` is never turned into `no`. */
export type Existence = "yes" | "no" | "unknown";
