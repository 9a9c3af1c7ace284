/** Everything that was seen goes through the door before it is a Snapshot. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import type { SeenObject } from "@unloop/engine/model/snapshot";
import { admit, admitObject } from "@unloop/engine/scrub/index";
import type { Sighting } from "./collect";

/** Row cells of all objects in one go: the door costs more by the call than by the byte. */
function admitCells(cells: string[]): string[] {
  const joined = cells.join("\n");
  const admitted = admit(joined, { bytes: joined.length * 4 + 1024 }).text.split("\n");
  return admitted.length === cells.length ? admitted : cells.map((cell) => admit(cell).text);
}

/** Cells that hold counts, ages, words of a fixed set or names that the API server checked: no secret fits. */
const plain = /^[a-z0-9]{0,40}(?:[./:-][a-z0-9]{1,40}){0,3}(?: \([\dydhms]{1,12} ago\))?$|^<\w{1,12}>$|^[A-Z][A-Za-z]{1,30}$/;

export function admitAll(merged: Map<string, Sighting>): Map<string, SeenObject> {
  const rows: { row: Record<string, string>; column: string }[] = [];
  const cells: string[] = [];
  const objects = new Map<string, SeenObject>();
  for (const [key, sighting] of [...merged].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let admitted: { object: KubernetesObject; keys?: string[] };
    try {
      admitted = admitObject(sighting.object);
    } catch {
      continue;
    }
    const keys = sighting.keys ?? (sighting.fidelity === "full" ? admitted.keys : undefined);
    const seen: SeenObject = { object: admitted.object, fidelity: sighting.fidelity, ...(keys && { keys }) };
    if (sighting.row) {
      seen.row = sighting.row;
      for (const column in seen.row) {
        const cell = seen.row[column]!;
        if (plain.test(cell)) continue;
        rows.push({ row: seen.row, column });
        cells.push(cell.replaceAll("\n", " "));
      }
    }
    objects.set(key, seen);
  }
  if (cells.length) for (const [i, cell] of admitCells(cells).entries()) rows[i]!.row[rows[i]!.column] = cell;
  return objects;
}

/** A short text for a person, e.g. what could not be read. */
export function admitLine(text: string): string {
  return admit(text.slice(0, 300)).text.replaceAll("\n", " ").trim();
}
