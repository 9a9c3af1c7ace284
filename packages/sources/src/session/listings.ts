/** Listings against everything else in the text: one that lacks an object which another command shows was cut, or is of another day. */
import type { Inventory } from "@unloop/engine/model/snapshot";
import type { Collected } from "./collect";

/** Objects that come and go by themselves: two listings of them may well differ. */
const fleeting = new Set(["Pod", "Event", "ReplicaSet", "Job", "EndpointSlice", "Node", "Lease"]);

/** The inventory without listings that the text itself contradicts, each kind and namespace once. */
export function settleInventory(all: Collected): Inventory[] {
  const shown = new Map<string, Map<string, Set<number>>>();
  const asked = new Set(all.inventory.map((entry) => entry.kind));
  for (const { object, section } of all.sightings) {
    if (!asked.has(object.kind) || fleeting.has(object.kind)) continue;
    const place = `${object.kind} ${object.metadata.namespace ?? ""}`;
    const names = shown.get(place) ?? new Map<string, Set<number>>();
    shown.set(place, names);
    names.set(object.metadata.name!, (names.get(object.metadata.name!) ?? new Set()).add(section));
  }
  const isContradicted = ({ kind, namespace, extent, section }: Collected["inventory"][number]): boolean => {
    if (extent !== "complete" || fleeting.has(kind)) return false;
    for (const [place, names] of shown) {
      if (namespace === "*" ? !place.startsWith(`${kind} `) : place !== `${kind} ${namespace}`) continue;
      for (const sections of names.values()) if (!sections.has(section)) return true;
    }
    return false;
  };
  const unique = new Map<string, Inventory>();
  for (const entry of all.inventory) {
    if (isContradicted(entry)) continue;
    const { kind, namespace, extent } = entry;
    const key = `${kind} ${namespace}`;
    if (unique.get(key)?.extent !== "complete") unique.set(key, { kind, namespace, extent });
  }
  return [...unique.values()].sort((a, b) => (`${a.kind} ${a.namespace}` < `${b.kind} ${b.namespace}` ? -1 : 1));
}
