/** Several sightings of one object → one: the fullest first, the newest status, holes filled from the others. */
import type { KubernetesObject, Pod } from "@unloop/engine/model/kubernetes";
import { type Fidelity, objectKey } from "@unloop/engine/model/snapshot";
import type { Sighting } from "./collect";

const rank: Record<Fidelity, number> = { full: 3, described: 2, metadata: 1, row: 0 };

type Fields = Record<string, unknown>;
function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isNamed(value: unknown): value is Fields[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isFields(item) && typeof item.name === "string");
}

/** What `base` lacks comes from `extra`; lists of named things are matched by name. Nothing that is there changes. */
export function fill(base: Fields, extra: Fields, depth = 0): void {
  if (depth > 8) return;
  for (const [key, value] of Object.entries(extra)) {
    const there = base[key];
    if (there === undefined) base[key] = value;
    else if (isFields(there) && isFields(value)) fill(there, value, depth + 1);
    else if (isNamed(there) && isNamed(value)) {
      for (const item of value) {
        const same = there.find((one) => one.name === item.name);
        if (same) fill(same, item, depth + 1);
      }
    }
  }
}

function restartsOf(object: KubernetesObject): number {
  const statuses = (object as Pod).status?.containerStatuses;
  return Array.isArray(statuses) ? statuses.reduce((sum, status) => sum + (typeof status?.restartCount === "number" ? status.restartCount : 0), 0) : -1;
}

/** The better one: fuller; of two alike, the pod that restarted more often, else the later in the text. */
function better(a: Sighting, b: Sighting): number {
  return rank[b.fidelity] - rank[a.fidelity] || restartsOf(b.object) - restartsOf(a.object) || b.section - a.section;
}

/** A watched row that says `Running` between two crashes says less than the one before it. */
function tellingRow(rows: Sighting[]): Record<string, string> | undefined {
  const last = rows.at(-1)?.row;
  if (rows.length < 2 || !last || last.STATUS !== "Running") return last;
  const trouble = rows.findLast(
    (r) =>
      r.section === rows.at(-1)!.section &&
      r.row?.STATUS !== undefined &&
      !/^(?:Running|ContainerCreating|Pending|PodInitializing|Completed)$/.test(r.row.STATUS),
  );
  return trouble?.row ?? last;
}

export function mergeSightings(sightings: Sighting[]): Map<string, Sighting> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const { kind, metadata } = sighting.object;
    const key = objectKey(kind, metadata.namespace, metadata.name!);
    const group = groups.get(key);
    if (group) group.push(sighting);
    else groups.set(key, [sighting]);
  }
  const merged = new Map<string, Sighting>();
  for (const [key, group] of groups) merged.set(key, group.length === 1 ? group[0]! : mergeGroup(group));
  return merged;
}

function mergeGroup(group: Sighting[]): Sighting {
  const sorted = [...group].sort(better);
  const [best, ...others] = sorted;
  const row = tellingRow(group.filter((s) => s.row));
  const result: Sighting = { ...best!, ...(row && { row }) };
  const newest = [...group]
    .filter((s) => s.fidelity !== "row")
    .sort((a, b) => restartsOf(b.object) - restartsOf(a.object) || rank[b.fidelity] - rank[a.fidelity])[0];
  if (newest && newest !== best && restartsOf(newest.object) > restartsOf(best!.object)) {
    const { status } = newest.object as Pod;
    if (status) (result.object as Pod).status = status;
  }
  for (const other of others) {
    if (other.fidelity === "row" && best!.fidelity !== "row") fillLabels(result.object, other.object);
    else fill(result.object as unknown as Fields, other.object as unknown as Fields);
  }
  const keys = sorted.find((s) => s.keys)?.keys;
  if (keys) result.keys = keys;
  if (best!.fidelity === "row" && row) Object.assign(result.object, rowStatus(group, row));
  return result;
}
/** A row adds labels (`--show-labels`) to a fuller object, nothing else: its status is as old or as new as the table. */
function fillLabels(object: KubernetesObject, row: KubernetesObject): void {
  if (row.metadata.labels) object.metadata.labels ??= row.metadata.labels;
}
function rowStatus(group: Sighting[], row: Record<string, string>): Fields {
  const status = (group.find((s) => s.row === row)?.object as Pod | undefined)?.status;
  return status ? { status } : {};
}
