/** Nodes that are not well: NotReady, unknown, or under pressure. */
import type { Node } from "../model/kubernetes";
import type { SeenObject } from "../model/snapshot";
import type { SnapshotView } from "../model/view";

export interface BadNode {
  name: string;
  seen: SeenObject<Node>;
  symptom: string;
}

const pressures = ["DiskPressure", "MemoryPressure", "PIDPressure"];

export function findBadNodes(view: SnapshotView): BadNode[] {
  const bad: BadNode[] = [];
  for (const seen of view.list("Node")) {
    const name = seen.object.metadata.name ?? "";
    const conditions = seen.object.status?.conditions ?? [];
    const ready = conditions.find((c) => c.type === "Ready");
    const pressure = conditions.find((c) => pressures.includes(c.type) && c.status === "True");
    const rowNotReady = !ready && /\bNotReady\b|^Unknown/.test(seen.row?.STATUS ?? "");
    if ((ready && ready.status !== "True") || rowNotReady) bad.push({ name, seen, symptom: ready?.status === "Unknown" ? "NodeLost" : "NotReady" });
    else if (pressure) bad.push({ name, seen, symptom: pressure.type });
  }
  return bad;
}
