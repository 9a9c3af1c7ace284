/** Everything that the parsers saw, before it becomes a Snapshot: names of namespaces and moments are settled only at the end. */
import type { ContainerStatus, Event, KubernetesObject } from "@unloop/engine/model/kubernetes";
import type { DescribedEvent } from "./describe/events";
import type { Answer, ContainerLog, Fidelity, Inventory } from "@unloop/engine/model/snapshot";

/** Stands for the context's own namespace, which a command without `-n` does not tell. */
export const contextNamespace = "?";

export interface Sighting {
  object: KubernetesObject;
  fidelity: Fidelity;
  row?: Record<string, string>;
  /** Complete key names of a ConfigMap or Secret. */
  keys?: string[];
  /** Which section showed it: ages count from the moment of its command. */
  section: number;
}
/** An event with ages instead of times, until the moment of its section is known. Seconds. */
export interface SeenAge {
  event: Event;
  last: number | null;
  first: number | null;
  section: number;
  row: Record<string, string>;
}
export interface SeenLog {
  namespace: string;
  /** Empty where only the workload is known. */
  pod: string;
  workload: { kind: string | null; name: string } | null;
  container: string;
  previous: boolean | null;
  lines: string[];
  cut: ContainerLog["cut"];
}
/** A moment told twice: as a time and as an age. Their sum is the moment of the section. */
export interface Clock {
  section: number;
  time: string;
  age: number;
  /** Seconds that the sum may be too early. */
  precision: number;
}
/** A container's state as an error message tells it, e.g. `container "api" in pod "x" is waiting to start: …`. */
export interface SeenState {
  namespace: string;
  pod: string;
  status: ContainerStatus;
}

/** Events without a word of whom they are about. */
export interface LooseEvents {
  events: DescribedEvent[];
  /** Pod that stood before them in the text. */
  near: { namespace: string; name: string } | null;
  section: number;
}

export interface Collected {
  sightings: Sighting[];
  events: SeenAge[];
  logs: SeenLog[];
  looseEvents: LooseEvents[];
  /** `section`: which listing it is. */
  inventory: (Inventory & { section: number })[];
  answers: Answer[];
  clocks: Clock[];
  states: SeenState[];
  /** Described as terminating since this long (seconds). */
  terminating: { object: KubernetesObject; age: number | null; section: number }[];
  /** Times that stand in the text, RFC 3339. */
  times: { time: string; section: number }[];
  unread: string[];
  /** Namespace of a pod as a message tells it (`Successfully assigned ns/pod`, `pod_ns(uid)`). */
  namespaceOf: Map<string, string>;
  serverVersion: string | null;
  contextNamespaces: string[];
}

export function newCollection(): Collected {
  return {
    sightings: [],
    events: [],
    logs: [],
    looseEvents: [],
    inventory: [],
    answers: [],
    clocks: [],
    states: [],
    terminating: [],
    times: [],
    unread: [],
    namespaceOf: new Map(),
    serverVersion: null,
    contextNamespaces: [],
  };
}

/** Names that a source skipped, at most this many: a report is read by people. */
const mostUnread = 50;
export function skip(all: Collected, what: string): void {
  if (all.unread.length < mostUnread && !all.unread.includes(what)) all.unread.push(what);
}
