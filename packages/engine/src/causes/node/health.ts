/** How a node is, as its conditions, a table row, the events of its pods or the scheduler's taints show it. */
import type { CauseContext } from "../../model/cause";
import type { Condition } from "../../model/kubernetes";
import type { Evidence } from "../../model/report";
import { eventEvidence, objectEvidence } from "../evidence";
import { judge } from "../scheduling/judge";
import { readEvent } from "../../routine/events";

export type Illness = "not-ready" | "runtime-down" | "network-not-ready" | "disk-pressure" | "memory-pressure" | "pid-pressure";
export interface Health {
  node: string | null;
  illness: Illness;
  /** The kubelet's or node controller's words. */
  said: string | null;
  reason: string | null;
  since: string | null;
  evidence: Evidence[];
  /** Other nodes that are ill in the same way. */
  others: string[];
}

const pressures: Record<string, Illness> = { DiskPressure: "disk-pressure", MemoryPressure: "memory-pressure", PIDPressure: "pid-pressure" };
const runtime = /container runtime is down|PLEG is not healthy|container runtime status check|runtime service (?:is )?not|RuntimeReady=false|RuntimeNotReady/i;
const network = /network plugin|NetworkReady=false|NetworkPluginNotReady|NetworkUnavailable|cni (?:plugin|config)/i;

/** What a Ready condition that is not True says of the node. */
function illnessOf(ready: Condition): Illness {
  const text = `${ready.reason ?? ""} ${ready.message ?? ""}`;
  if (ready.status === "Unknown") return "not-ready";
  // Both stand in one message where the runtime is down: the network is then only not asked.
  if (runtime.test(text)) return "runtime-down";
  return network.test(text) ? "network-not-ready" : "not-ready";
}

/** The health of the node that the Case is about; null where it is well or was not seen. */
export function nodeHealth(context: CauseContext, name: string): Health | null {
  const seen = context.view.get("Node", null, name);
  if (!seen) return null;
  const conditions = seen.object.status?.conditions ?? [];
  const base = { node: name, others: [] };
  const ready = conditions.find((one) => one.type === "Ready");
  if (ready && ready.status !== "True") {
    const text = `${name}: Ready=${ready.status}, ${ready.reason ?? ""}: ${ready.message ?? ""}`;
    return {
      ...base,
      illness: illnessOf(ready),
      said: ready.message ?? null,
      reason: ready.reason ?? null,
      since: ready.lastTransitionTime ?? null,
      evidence: [objectEvidence({ ...seen.object, kind: "Node" }, text, "status.conditions[Ready]"), ...nodeEvents(context, name)],
    };
  }
  const row = seen.row?.["STATUS"];
  if (!ready && row && /\bNotReady\b|^Unknown/.test(row))
    return {
      ...base,
      illness: "not-ready",
      said: null,
      reason: row,
      since: null,
      evidence: [objectEvidence({ ...seen.object, kind: "Node" }, `${name}: ${row}`, "status"), ...podsSay(context, name)],
    };
  const pressed = conditions.find((one) => pressures[one.type] && one.status === "True");
  const unavailable = conditions.find((one) => one.type === "NetworkUnavailable" && one.status === "True");
  const bad = pressed ?? unavailable;
  if (!bad) return null;
  const text = `${name}: ${bad.type}=True, ${bad.reason ?? ""}: ${bad.message ?? ""}`;
  return {
    ...base,
    illness: pressures[bad.type] ?? "network-not-ready",
    said: bad.message ?? null,
    reason: bad.reason ?? null,
    since: bad.lastTransitionTime ?? null,
    evidence: [objectEvidence({ ...seen.object, kind: "Node" }, text, `status.conditions[${bad.type}]`), ...nodeEvents(context, name)],
  };
}

const telling = new Set(["EvictionThresholdMet", "FreeDiskSpaceFailed", "ImageGCFailed", "ContainerGCFailed", "SystemOOM", "Rebooted", "NodeNotReady"]);
function nodeEvents(context: CauseContext, name: string): Evidence[] {
  const events = [...context.view.eventsOf("Node", undefined, name), ...context.view.eventsOf("Node", "default", name)];
  const told = [...new Set(events)].map((one) => readEvent(one.object)).filter((event) => telling.has(event.reason));
  return told.slice(0, 2).map((event) => eventEvidence(context, event));
}
/** The node controller tells each pod of a lost node: `Node is not ready`. */
function podsSay(context: CauseContext, name: string): Evidence[] {
  for (const pod of context.view.list("Pod")) {
    if (pod.object.spec?.nodeName !== name && pod.row?.["NODE"] !== name) continue;
    const event = context.view
      .eventsOf("Pod", pod.object.metadata.namespace, pod.object.metadata.name ?? "")
      .find((one) => one.object.reason === "NodeNotReady");
    if (event) return [eventEvidence(context, readEvent(event.object))];
  }
  return [];
}

const taints: Record<string, Illness> = {
  "node.kubernetes.io/not-ready": "not-ready",
  "node.kubernetes.io/unreachable": "not-ready",
  "node.kubernetes.io/network-unavailable": "network-not-ready",
  "node.kubernetes.io/disk-pressure": "disk-pressure",
  "node.kubernetes.io/memory-pressure": "memory-pressure",
  "node.kubernetes.io/pid-pressure": "pid-pressure",
  "node.cloudprovider.kubernetes.io/uninitialized": "not-ready",
  "node.cloudprovider.kubernetes.io/shutdown": "not-ready",
};
/** A pod that waits because the state of the nodes closes them. */
export function closedBy(context: CauseContext): Health | null {
  const result = judge(context);
  const decision = result?.decisions[0];
  if (!result || decision?.obstruction !== "node-condition") return null;
  const text = decision.reason?.text ?? "";
  const illness =
    taints[decision.taint ?? ""] ?? (/disk pressure/.test(text) ? "disk-pressure" : /memory pressure/.test(text) ? "memory-pressure" : "not-ready");
  const names = decision.fits.map((fit) => fit.node.metadata.name ?? "");
  const own = names.length ? nodeHealth(context, names[0]!) : null;
  const evidence = [...(result.pending.witness ? [result.pending.witness] : []), ...(own?.evidence ?? [])];
  if (!evidence.length) return null;
  return {
    node: names[0] ?? null,
    illness: own?.illness ?? illness,
    said: own?.said ?? null,
    reason: own?.reason ?? decision.taint ?? null,
    since: own?.since ?? null,
    evidence,
    others: names.slice(1),
  };
}
