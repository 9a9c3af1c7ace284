/** Reading the scheduler's message, Kubernetes 1.10 to 1.36 (the grammar changed in 1.18, 1.21, 1.24, 1.26, 1.29, 1.33 and 1.34). */
import type { Taint } from "./node-match";

export type Predicate =
  | "unschedulable"
  | "node-name"
  | "taint"
  | "node-condition"
  | "node-affinity"
  | "host-port"
  | "resource"
  | "volume-in-use"
  | "volume-count"
  | "volume-binding"
  | "volume-node"
  | "claim"
  | "topology-spread"
  | "pod-affinity"
  | "features"
  | "other";

export interface Reason {
  predicate: Predicate;
  /** Nodes that gave this reason; null for a reason that stands for all of them (a claim that is not there). */
  count: number | null;
  text: string;
  resource?: string;
  /** Absent since 1.34, where the message names no taint. */
  taint?: Taint;
  /** Pod affinity: which of its rules. */
  rule?: "affinity" | "anti-affinity" | "existing-anti-affinity" | "missing-label";
  /** Claim or volume that the reason names. */
  name?: string;
}
export interface SchedulerMessage {
  /** `3` of `0/3 nodes are available`; null where the message has no such head. */
  nodes: number | null;
  reasons: Reason[];
  /** What preemption could do, by number of nodes (1.24+): `notHelpful` nodes stay closed however many pods would go. */
  preemption: { notHelpful: number; noVictims: number; never: boolean } | null;
}

/** The order in which the scheduler asks (pkg/scheduler/apis/config/v1/default_plugins.go): a node that fails late has passed all before. */
const order: Predicate[] = [
  "other",
  "node-condition",
  "unschedulable",
  "node-name",
  "taint",
  "node-affinity",
  "host-port",
  "resource",
  "volume-in-use",
  "volume-count",
  "volume-binding",
  "volume-node",
  "topology-spread",
  "pod-affinity",
  "features",
  "claim",
];
/** How late in its work the scheduler asks for this: the larger, the nearer such a node is to fit. */
export function depth(predicate: Predicate): number {
  return order.indexOf(predicate);
}

const head = /^(\d+)\/(\d+) nodes are available(?: to schedule pods)?: /;

/** Reads a message of condition `PodScheduled` or of an event `FailedScheduling`; null where it is not the scheduler's. */
export function parseSchedulerMessage(text: string): SchedulerMessage | null {
  const message = text.slice(0, 20_000).replace(/ \(repeated \d+ times\)$/, "");
  const found = head.exec(message);
  const cut = message.search(/ preemption: /);
  // What follows the first full stop are the words of post-filters (`no new claims to deallocate`, `not found`, preemption).
  const body = message.slice(found?.[0].length ?? 0).split(/\.(?:\s|$)/, 1)[0]!;
  if (!found && message.startsWith("no nodes available to schedule pods")) return { nodes: 0, reasons: [], preemption: null };
  const reasons = found ? body.split(/, (?=\d+ )/).map(readReason) : [readReason(body)];
  if (!found && reasons[0]?.predicate === "other") return null;
  return { nodes: found ? Number(found[2]) : null, reasons, preemption: cut < 0 ? null : readPreemption(message.slice(cut)) };
}

function readPreemption(text: string): SchedulerMessage["preemption"] {
  return {
    notHelpful: Number(/(\d+) Preemption is not helpful/.exec(text)?.[1] ?? 0),
    noVictims: Number(/(\d+) No preemption victims found/.exec(text)?.[1] ?? 0),
    never: text.includes("preemptionPolicy=Never"),
  };
}

function readReason(part: string): Reason {
  const counted = /^(\d{1,7}) (.*)$/s.exec(part);
  const count = counted ? Number(counted[1]) : null;
  const text = (counted ? counted[2]! : part).trim().replace(/\.$/, "");
  return { count, text, ...classify(text) };
}

/** First match wins; the wording of every version side by side. */
const wordings: [RegExp, Predicate, Partial<Reason>?][] = [
  [/^Too many pods|^Insufficient pods/i, "resource", { resource: "pods" }],
  [/were unschedulable|^NodeUnschedulable/, "unschedulable"],
  [/match the requested (?:hostname|node name)|^HostName/, "node-name"],
  [/untolerated taint|had taints? |didn't tolerate|^PodToleratesNodeTaints/, "taint"],
  [
    /were not ready|were out of disk|had (?:memory|disk|pid) pressure|unavailable network|^NodeNotReady|^NodeUnderDiskPressure|^NodeUnderMemoryPressure/,
    "node-condition",
  ],
  [/satisfy existing pods anti-affinity/, "pod-affinity", { rule: "existing-anti-affinity" }],
  [/match pod anti-affinity|match pod affinity\/anti-affinity/, "pod-affinity", { rule: "anti-affinity" }],
  [/match pod affinity|^MatchInterPodAffinity/, "pod-affinity", { rule: "affinity" }],
  [/match pod topology spread constraints \(missing required label\)/, "topology-spread", { rule: "missing-label" }],
  [/topology spread/, "topology-spread"],
  [/match node selector|match Pod's node affinity|^MatchNodeSelector/, "node-affinity"],
  [/free ports for the requested pod ports|^PodFitsHostPorts/, "host-port"],
  [/volume node affinity conflict|match PersistentVolume's node affinity|available volume zone|^NoVolumeZoneConflict/, "volume-node"],
  [/ReadWriteOncePod|no available disk|^NoDiskConflict/, "volume-in-use"],
  [/exceed max volume count|^MaxVolumeCount/, "volume-count"],
  [
    /available persistent volumes to bind|have enough free storage|bound to non-?existent p(?:v|ersistentvolume)|binding volumes: |binding rejected: |^VolumeBinding/i,
    "volume-binding",
  ],
  [/unbound immediate PersistentVolumeClaims|unbound PersistentVolumeClaims|waiting for ephemeral volume controller/, "claim"],
  [/match Pod's required features/, "features"],
];

function classify(text: string): Omit<Reason, "count" | "text"> {
  const resource = /^Insufficient (\S+)/.exec(text)?.[1];
  if (resource) return { predicate: "resource", resource };
  const claim = /^persistentvolumeclaim "([^"]{1,253})"/.exec(text)?.[1];
  if (claim) return { predicate: "claim", name: claim };
  for (const [pattern, predicate, more] of wordings) {
    if (!pattern.test(text)) continue;
    const taint = predicate === "taint" ? /\{([^:{}]{1,317}): ?([^{}]{0,63})\}/.exec(text) : null;
    return { predicate, ...more, ...(taint ? { taint: { key: taint[1]!.trim(), ...(taint[2] ? { value: taint[2].trim() } : {}) } } : {}) };
  }
  return { predicate: "other" };
}
