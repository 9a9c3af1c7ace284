/** What is known about the memory of the Case's container: who killed it, which limit holds, whether the node itself had none left. */
import type { CauseContext } from "../../model/cause";
import type { Quantity } from "../../model/kubernetes";
import type { SeenEvent } from "../../model/observation";
import { readEvent } from "../../routine/events";
import { parseQuantity } from "../../scheduling/quantity";
import { nodeOf } from "../told";

export interface MemoryLimit {
  /** As written, e.g. `64Mi`. */
  written: string;
  bytes: number | null;
  of: "container" | "pod";
}

/** The limit that the kernel enforces; null where there is none (or the spec was not seen, see `specSeen`). */
export function memoryLimit(context: CauseContext): MemoryLimit | null {
  const pod = context.case.pods[0];
  const own = pod?.spec?.resources?.limits?.memory;
  if (own !== undefined && !isZero(own)) return { written: String(own), bytes: parseQuantity(own), of: "container" };
  const ofPod = pod?.pod.spec?.resources?.limits?.memory;
  return ofPod !== undefined && !isZero(ofPod) ? { written: String(ofPod), bytes: parseQuantity(ofPod), of: "pod" } : null;
}
function isZero(quantity: Quantity): boolean {
  return parseQuantity(quantity) === 0;
}
export function specSeen(context: CauseContext): boolean {
  return context.case.pods[0]?.spec != null;
}

/** How near a node's event must be to the end of the container to be about it. Seconds. */
const near = 120;

/** Events of the node that tell of a kill for memory near the last end: SystemOOM (kubelet), OOMKilling (node-problem-detector). */
export function nodeKills(context: CauseContext): SeenEvent[] {
  const node = nodeOf(context);
  if (!node) return [];
  const end = context.seen.status.last?.finishedAt;
  return [...context.view.eventsOf("Node", undefined, node), ...context.view.eventsOf("Node", "default", node)]
    .map(({ object }) => readEvent(object))
    .filter((e) => e.reason === "SystemOOM" || e.reason === "OOMKilling")
    .filter((e) => !e.last || !end || Math.abs(Date.parse(e.last) - Date.parse(end)) / 1000 < near);
}

/** MemoryPressure of the node: now, or since shortly before the end. */
export function hasMemoryPressure(context: CauseContext): boolean {
  const name = nodeOf(context);
  const node = name ? context.view.get("Node", null, name)?.object : undefined;
  return node?.status?.conditions?.some((c) => c.type === "MemoryPressure" && c.status === "True") ?? false;
}
