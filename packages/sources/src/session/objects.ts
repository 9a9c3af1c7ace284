/** Tables, described objects, events and manifests → sightings. */
import type { Event, Pod } from "@unloop/engine/model/kubernetes";
import { type Collected, skip } from "./collect";
import type { Command } from "./command";
import { type Described } from "./describe/index";
import type { DescribedEvent } from "./describe/events";
import { isNamespaced, kindOf, kindOfColumns } from "./kinds";
import type { Manifest } from "./manifest";
import { objectOfRow } from "./rows/index";
import type { Table } from "./table";
import { agePrecision, parseAge, parseEventAge, parseTime } from "./time";

export interface Place {
  all: Collected;
  command: Command | null;
  /** Namespace of the command; `contextNamespace` where it names none, `*` for `-A`. */
  namespace: string;
  section: number;
  /** Where the section begins in the text, for a person. */
  line: number;
}

function placeOf(namespace: string, kind: string): string {
  return isNamespaced(kind) ? (namespace === "*" ? "" : namespace) : "";
}

/** An involved object as tables print it: `pod/x`, `replicaset/y`, `deployment.apps/z`. */
function involved(text: string, namespace: string): NonNullable<Event["involvedObject"]> | null {
  const slash = text.indexOf("/");
  if (slash <= 0) return null;
  const kind = kindOf(text.slice(0, slash)) ?? text.slice(0, 1).toUpperCase() + text.slice(1, slash);
  return { kind, name: text.slice(slash + 1), ...(isNamespaced(kind) && { namespace }) };
}

/** Messages that tell the namespace of their pod. */
function learnNamespace(message: string, all: Collected): void {
  const assigned = /^Successfully assigned ([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253}) to /.exec(message);
  if (assigned) all.namespaceOf.set(`Pod/${assigned[2]!}`, assigned[1]!);
  const inPod = /\bpod[ =:]{1,3}"?([a-z0-9.-]{1,253})_([a-z0-9-]{1,63})\([0-9a-f-]{8,40}\)/.exec(message);
  if (inPod) all.namespaceOf.set(`Pod/${inPod[1]!}`, inPod[2]!);
}

function addEvent(place: Place, about: NonNullable<Event["involvedObject"]>, namespace: string, event: DescribedEvent, row: Record<string, string>): void {
  learnNamespace(event.message, place.all);
  const fieldPath = containerPath(event.message);
  place.all.events.push({
    event: {
      kind: "Event",
      metadata: { namespace },
      involvedObject: { ...about, ...(fieldPath && { fieldPath }) },
      reason: event.reason,
      message: event.message,
      type: event.type,
      count: event.count,
      ...(event.from && { source: { component: event.from.split(",")[0]! } }),
    },
    last: event.last,
    first: event.first,
    section: place.section,
    row,
  });
}
/** Describe and tables show no field path; these messages name their container. */
function containerPath(message: string): string | null {
  const name =
    /^(?:Created|Started|Killing|Stopping) container:? ([a-z0-9-]{1,63})$|^(?:Init container|Container) ([a-z0-9-]{1,63}) (?:failed|definition)\b|^Back-off restarting failed container ([a-z0-9-]{1,63}) in pod /.exec(
      message,
    );
  const found = name?.[1] ?? name?.[2] ?? name?.[3];
  return found ? `spec.containers{${found}}` : null;
}

/** Rows of one table, by the kind that the command or the headings tell; the kinds that were shown. */
export function addTable(place: Place, table: Table): Set<string> {
  const kinds = place.command?.kinds ?? [];
  const byColumns = kindOfColumns(table.columns);
  const kind = byColumns ?? (kinds.length === 1 ? kinds[0]! : null);
  const shown = new Set<string>();
  for (const { cells } of table.rows) {
    const found = addRow(place, kind, cells);
    if (found) shown.add(found);
  }
  return shown;
}

/** The kind of the row; null where it is none that is known. */
export function addRow(place: Place, tableKind: string | null, cells: Record<string, string>): string | null {
  const namespace = cells.NAMESPACE ?? place.namespace;
  if (tableKind === "Event" || (cells.REASON !== undefined && cells.MESSAGE !== undefined)) {
    addEventRow(place, namespace === "*" ? "" : namespace, cells);
    return "Event";
  }
  const slash = (cells.NAME ?? "").indexOf("/");
  const kind = slash > 0 ? kindOf(cells.NAME!.slice(0, slash)) : tableKind;
  const name = slash > 0 ? cells.NAME!.slice(slash + 1) : cells.NAME;
  if (!kind || !name) {
    if (cells.NAME && Object.keys(cells).length > 2) skip(place.all, `a table near line ${place.line}`);
    return null;
  }
  if (cells["CPU(cores)"] !== undefined || cells["MEMORY(bytes)"] !== undefined) return null;
  const object = objectOfRow(kind, placeOf(namespace, kind), name, cells);
  place.all.sightings.push({ object, fidelity: "row", row: cells, section: place.section });
  return kind;
}
function addEventRow(place: Place, namespace: string, cells: Record<string, string>): void {
  const object = cells.OBJECT ?? [cells.KIND, cells.NAME].filter(Boolean).join("/");
  const about = involved(object, namespace);
  const message = cells.MESSAGE ?? "";
  const reason = cells.REASON ?? "";
  if (!about || !reason) return;
  const age = parseEventAge(cells["LAST SEEN"] ?? cells.AGE ?? "");
  const first = parseAge(cells["FIRST SEEN"]) ?? age.first;
  const count = /^\d{1,9}$/.test(cells.COUNT ?? "") ? Number(cells.COUNT) : age.count;
  const type = cells.TYPE ?? "";
  const from = cells.SOURCE ?? "";
  addEvent(place, about, namespace, { type, reason, age: "", from, message, last: age.last, first, count }, cells);
  const absolute = parseTime(cells.LASTSEEN ?? cells["LAST SEEN"] ?? cells.TIME ?? cells.TIMESTAMP);
  if (absolute) {
    place.all.events.at(-1)!.event.lastTimestamp = absolute;
    place.all.times.push({ time: absolute, section: place.section });
  }
}

/** Times of a described object that tell the moment of the command, alone or with an age. */
function readClocks(place: Place, described: Described): void {
  const { all, section } = place;
  const pod = described.kind === "Pod" ? (described.object as Pod) : null;
  const start = pod?.status?.startTime;
  const scheduled = described.events.find((e) => e.reason === "Scheduled");
  if (start && scheduled?.last != null) all.clocks.push({ section, time: start, age: scheduled.last, precision: agePrecision(scheduled.age) });
  const times: (string | null | undefined)[] = [described.renewed, start, described.object.metadata.creationTimestamp];
  for (const status of [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])])
    for (const state of [status.state, status.lastState]) times.push(state?.running?.startedAt, state?.terminated?.finishedAt);
  for (const time of times) if (time && !time.startsWith("1970")) all.times.push({ time, section });
}

export function addDescribed(place: Place, described: Described): void {
  const { all, section } = place;
  const { object, keys } = described;
  const asSlice = described.kind === "Endpoints";
  all.sightings.push({ object, fidelity: "described", section, ...(keys && { keys }) });
  for (const other of described.others)
    all.sightings.push({ object: other.object, fidelity: other.row ? "row" : "described", section, ...(other.row && { row: other.row }) });
  if (described.terminating !== null) all.terminating.push({ object, age: parseAge(described.terminating), section });
  const about = { kind: described.kind, name: described.name, ...(isNamespaced(described.kind) && { namespace: described.namespace }) };
  if (!asSlice)
    for (const event of described.events) addEvent(place, about, described.namespace, event, { AGE: event.age, TYPE: event.type, REASON: event.reason });
  readClocks(place, described);
}

/** Events that stand alone, e.g. below `describe pod x | sed -n '/^Events:/,$p'`. */
export function addLooseEvents(place: Place, about: { kind: string; name: string }, events: DescribedEvent[]): void {
  const namespace = place.namespace === "*" ? "" : place.namespace;
  const object = { ...about, ...(isNamespaced(about.kind) && { namespace }) };
  for (const event of events) addEvent(place, object, namespace, event, { AGE: event.age, TYPE: event.type, REASON: event.reason });
}

const timeField = /"?\b(\w{0,30}(?:[tT]imestamp|Time|At))"?: ?["']?(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2}))/g;
/** Objects of YAML or JSON. A cut text shows a part of each at most, which `described` says. */
export function addManifest(place: Place, manifest: Manifest, text: string): void {
  for (const object of manifest.objects) {
    if (isNamespaced(object.kind) && !object.metadata.namespace) object.metadata.namespace = place.namespace === "*" ? "" : place.namespace;
    place.all.sightings.push({ object, fidelity: manifest.cut ? "described" : "full", section: place.section });
  }
  const newest = newestTime(text);
  if (newest) place.all.times.push({ time: newest, section: place.section });
}

/** The newest time of the fields that tell what has happened, in the text of a manifest: RFC 3339, or null. */
export function newestTime(text: string): string | null {
  let newest: string | null = null;
  for (const [, field, value] of text.matchAll(timeField)) {
    if (newest !== null && value! <= newest) continue;
    const time = /^(?:deletionTimestamp|notAfter|expir)/i.test(field!) ? null : parseTime(value);
    if (time && (newest === null || time > newest)) newest = time;
  }
  return newest;
}
