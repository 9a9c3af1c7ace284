/** The label that was probably meant: what nodes carry instead of what the pod asks for. */
import { distance } from "fastest-levenshtein";
import type { Node } from "../../model/kubernetes";
import { compareCodePoints } from "../../model/view";

/** Labels that every node has with a value of its own, or that say nothing of its kind. */
const common = /^(?:kubernetes\.io\/hostname|beta\.kubernetes\.io\/|node\.kubernetes\.io\/instance-type$)/;

export interface Label {
  key: string;
  value: string;
}
/** The label of a node that is nearest to `wanted`: the same value under another key, the same key with another value, or nearly both. */
export function nearestLabel(nodes: Node[], wanted: Label): Label | null {
  let best: { label: Label; score: number } | null = null;
  for (const node of nodes)
    for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
      if (common.test(key) && key !== wanted.key) continue;
      const score = likeness(wanted, { key, value });
      if (score > 0.5 && (!best || score > best.score || (score === best.score && compareCodePoints(key + value, best.label.key + best.label.value) < 0)))
        best = { label: { key, value }, score };
    }
  return best?.label ?? null;
}
/** 1 for the same, 0 for nothing in common; a value that is the only one of its key is as good as a likely one. */
function likeness(a: Label, b: Label): number {
  const key = alike(a.key.split("/").pop()!, b.key.split("/").pop()!);
  const value = alike(a.value, b.value);
  if (a.key === b.key) return 0.6 + 0.4 * value;
  if (a.value === b.value && a.value.length > 1 && a.value !== "true" && a.value !== "false") return 0.55 + 0.4 * key;
  return key >= 0.6 && value >= 0.6 ? (key + value) / 2.2 : 0;
}
export function alike(a: string, b: string): number {
  if (a === b) return 1;
  const [x, y] = [a.toLowerCase().slice(0, 253), b.toLowerCase().slice(0, 253)];
  if (x.includes(y) || y.includes(x)) return 0.8;
  return 1 - distance(x, y) / Math.max(x.length, y.length, 1);
}
/** `disk=ssd` of each node that has such a label, for a reader: `worker-1: disk=ssd`. */
export function showLabels(nodes: Node[], key: string): string[] {
  return nodes.filter((node) => node.metadata.labels?.[key] !== undefined).map((node) => `${node.metadata.name}: ${key}=${node.metadata.labels![key]}`);
}
