/** One part of a section, by its shape. */
import { contextNamespace, skip } from "./collect";
import { readDescribedEvents } from "./describe/events";
import { looksLikeLog, looksLikeProse, trimBlank } from "./logs";
import { readJson, readYaml } from "./manifest";
import { addManifest, addRow, addTable, type Place } from "./objects";
import type { Nearby, Outcome } from "./outcome";
import { bareEvent, type Part } from "./parts";
import { dedent, readFragment, readOneDescribed } from "./read-described";
import { isElision } from "./table";

export function readPart(part: Part, place: Place, outcome: Outcome, nearby: Nearby): void {
  const { all, command } = place;
  if (part.type === "table") {
    for (const kind of addTable(place, part.table)) outcome.shown.add(kind);
  } else if (part.type === "rows") {
    for (const line of part.lines) readBareRow(line, place);
  } else if (part.type === "described") {
    readOneDescribed(part.lines, { kind: null, name: null }, place, outcome, nearby);
  } else if (part.type === "events") {
    all.looseEvents.push({ events: readDescribedEvents(part.lines), near: nearby.pod, section: place.section });
  } else if (part.type === "yaml" || part.type === "json") {
    const text = part.type === "yaml" ? part.lines.join("\n") : part.text;
    const manifest = part.type === "yaml" ? readYaml(dedent(part.lines), true) : readJson(part.text, true);
    // Programs log JSON of their own.
    if (manifest.problem && part.type === "json" && command === null) return readLoose(part.text.split("\n"), place, nearby);
    if (manifest.problem) skip(all, manifest.problem);
    if (manifest.cut) outcome.elided = true;
    if (manifest.emptyList) outcome.shown.add(manifest.emptyList);
    for (const object of manifest.objects) outcome.shown.add(object.kind);
    addManifest(place, manifest, text);
  } else if (part.type === "fragment") readFragment(part.lines, place, outcome, nearby);
  else readLoose(part.lines, place, nearby);
}

const defaults: Record<string, string[]> = { Pod: ["NAME", "READY", "STATUS", "RESTARTS", "AGE"], Event: ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"] };
/** A row that lost its heading. */
function readBareRow(line: string, place: Place): void {
  if (isElision(line)) return;
  if (bareEvent.test(line)) {
    const match = /^\s*(?:([a-z0-9-]{1,63})\s+(?=\d|<))?(\S+(?: \(x\d{1,9} over \S{1,20}\))?)\s+(Normal|Warning)\s+(\S+)\s+(\S+\/\S+)\s*(.*)$/.exec(line);
    if (!match) return;
    const [, namespace, age, type, reason, object, message] = match;
    addRow(place, "Event", { ...(namespace && { NAMESPACE: namespace }), "LAST SEEN": age!, TYPE: type!, REASON: reason!, OBJECT: object!, MESSAGE: message! });
    return;
  }
  const match = /^\s*(?:([a-z0-9-]{1,63})\s+)?([a-z0-9][a-z0-9.-]*)\s+(\d+\/\d+)\s+(\S+)\s+(\d+(?: \([^)]*\))?)\s+(\S+)(?:\s+(\S+)\s+(\S+))?/.exec(line);
  if (!match) return;
  const cells = Object.fromEntries(defaults.Pod!.map((name, i) => [name, match[i + 2]!]));
  addRow(place, "Pod", { ...(match[1] && { NAMESPACE: match[1] }), ...cells, ...(match[7] && { IP: match[7], NODE: match[8]! }) });
}

/** Lines that no shape claims: a log, if they look like one; otherwise somebody's words. */
function readLoose(lines: string[], place: Place, nearby: Nearby): void {
  const kept = [...lines];
  trimBlank(kept);
  if (!kept.length) return;
  nearby.loose += kept.filter((line) => line.trim()).length;
  if (place.command && place.command.verb !== "get" && place.command.verb !== "describe") return;
  if (place.command || looksLikeProse(kept) || (!looksLikeLog(kept) && kept.length < 3)) {
    if (kept.every(isElision)) return;
    skip(
      place.all,
      `${kept.length === 1 ? "a line" : `${kept.length} lines`} ${place.command ? `after ${place.command.line.slice(0, 120)}` : `near line ${place.line}`}`,
    );
    return;
  }
  place.all.logs.push({
    namespace: nearby.pod?.namespace ?? contextNamespace,
    pod: nearby.pod?.name ?? "",
    workload: null,
    container: "",
    previous: null,
    lines: kept,
    cut: "none",
  });
}
