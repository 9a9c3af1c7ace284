/**
 * Many small questions that one listing answers. When half a cluster fails, asking every namespace and every object by itself costs
 * hundreds of requests; a list over all namespaces then reads little more than was wanted.
 */
import type { Want } from "@unloop/engine/model/snapshot";
import { resourceOf } from "./resources";

export interface Bundle {
  kind: string;
  fidelity: "full" | "metadata" | "row";
  /** What the listing answers; each is asked by itself where it is refused. */
  wants: Want[];
}
/** Fewer than this are asked side by side in about the time of one listing. */
const enough = 12;
/** Share of what there is that must be wanted anyway. */
const share = 0.4;

/** `known`: how many objects of a kind there are, and in how many namespaces there is anything at all; 0 where that is not known. */
export function coalesce(wants: Want[], known: { objects: (kind: string) => number; namespaces: number }): { bundles: Bundle[]; rest: Want[] } {
  const groups = new Map<string, Want[]>();
  const rest: Want[] = [];
  for (const want of wants) {
    const isPart =
      (want.type === "list" && !want.selector && want.namespace !== "*" && resourceOf(want.kind)?.namespaced) ||
      (want.type === "get" && want.kind !== "Secret" && want.kind !== "ConfigMap");
    if (!isPart) {
      rest.push(want);
      continue;
    }
    const key = want.type === "list" ? `list ${want.kind} ${want.fidelity}` : `get ${want.kind}`;
    const group = groups.get(key);
    if (group) group.push(want);
    else groups.set(key, [want]);
  }
  const bundles: Bundle[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first?.type === "log" || !first) continue;
    const all = first.type === "list" ? known.namespaces : isFew(first.kind) ? 0 : known.objects(first.kind);
    if (group.length >= enough && group.length >= all * share && (all > 0 || isFew(first.kind)))
      bundles.push({ kind: first.kind, fidelity: first.type === "list" ? first.fidelity : "full", wants: group });
    else rest.push(...group);
  }
  return { bundles, rest };
}
/** Kinds of which a cluster has few and small objects, listed or not. */
function isFew(kind: string): boolean {
  return kind === "Namespace" || kind === "PersistentVolume" || kind === "StorageClass";
}
