/** One section → what it shows, and how far its silence proves anything. */
import { type Collected, contextNamespace, skip } from "./collect";
import type { Command } from "./command";
import { readDescribed } from "./describe/index";
import { readDescribedEvents, readEventLine } from "./describe/events";
import { takeDumpLogs } from "./dump-logs";
import { isNamespaced, kindOf } from "./kinds";
import { readJsonPath } from "./jsonpath";
import { looksLikeLog, looksLikeProse, readLogs, trimBlank } from "./logs";
import { readJson, readYaml } from "./manifest";
import { addDescribed, addLooseEvents, addManifest, addRow, addTable, type Place } from "./objects";
import { bareEvent, isDescribeStart, type Part, splitParts } from "./parts";
import { readSaid } from "./says";
import type { Section } from "./sections";
import { isElision } from "./table";

/** What the parsers learn on the way about what stands near a loose text. */
export interface Nearby {
  /** Pod that was described, asked for or named last. */
  pod: { namespace: string; name: string } | null;
  /** Parts of objects that were found: such a text is no log. */
  fragments: number;
  /** Lines that no shape claimed. */
  loose: number;
  /** Lines that kubectl itself said. */
  said: number;
}

interface Outcome {
  /** Kinds of which rows or objects were shown. */
  shown: Set<string>;
  nothing: boolean;
  failed: boolean;
  elided: boolean;
}

/** Commands whose output is no cluster state that this source reads. */
const unreadVerbs = new Set(["exec", "explain", "debug", "attach", "port-forward", "diff", "config", "api-resources", "api-versions", "wait"]);

export function readSection(section: Section, index: number, all: Collected, nearby: Nearby): void {
  const { command } = section;
  const namespace = command?.namespace ?? section.contextNamespace ?? contextNamespace;
  if (section.contextNamespace) all.contextNamespaces.push(section.contextNamespace);
  const place: Place = { all, command, namespace, section: index, line: section.line };
  const outcome: Outcome = { shown: new Set(), nothing: false, failed: false, elided: section.lines.some(isElision) };
  const dump = command === null || command.verb === "cluster-info" ? takeDumpLogs(section.lines) : { logs: [], rest: section.lines };
  for (const log of dump.logs) all.logs.push({ ...log, workload: null, previous: false, lines: log.text.split("\n"), cut: "none" });
  const isReadable = command === null || (command.verb !== "other" && !unreadVerbs.has(command.verb));
  const lines = isReadable
    ? dump.rest.filter((line) => {
        const said = mayBeSaid(line) ? readSaid(line, command, namespace, all) : null;
        if (said === "nothing") outcome.nothing = true;
        if (said === "error") outcome.failed = true;
        if (said !== null) nearby.said++;
        return said === null;
      })
    : dump.rest;
  if (!isReadable) {
    if (lines.some((line) => line.trim())) skip(all, `output of ${command!.line.slice(0, 120)}`);
    return;
  }
  if (command?.verb === "logs") {
    readLogs(command, lines, namespace, all);
    const target = command.names[0];
    if (target?.kind === "Pod") nearby.pod = { namespace, name: target.name };
    return;
  }
  if (command && !command.several && isOwnReader(command)) {
    readOther(command, lines, place);
    return;
  }
  if (command?.output.startsWith("jsonpath") && readJsonPath(lines, place)) return;
  const rest = lines.length && command?.verb === "describe" && !command.several ? readDescribeOutput(lines, place, outcome, nearby) : lines;
  for (const part of splitParts(rest)) readPart(part, place, outcome, nearby);
  noteInventory(place, outcome, section.ended);
}

function mayBeSaid(line: string): boolean {
  return /Error|rror:|No resources|cannot |connection to the server|Unable to connect|unable to retrieve|NotFound|waiting to start|previous terminated/.test(
    line,
  );
}

/** A new object starts after a blank line or after the events of the one before; within data of a ConfigMap a blank line alone proves little. */
function describeStarts(lines: string[]): number[] {
  const starts: number[] = [];
  let ended = true;
  for (const [at, line] of lines.entries()) {
    if (ended && isDescribeStart(lines, at)) {
      starts.push(at);
      ended = false;
    }
    if (!line.trim() || /^\s{0,2}Events:/.test(line)) ended = true;
    else if (ended && !/^\s/.test(line) && !/^Events:/.test(line)) ended = false;
  }
  return starts;
}

/** `describe` with a prompt: every line belongs to one of the objects, however odd it looks. */
function readDescribeOutput(lines: string[], place: Place, outcome: Outcome, nearby: Nearby): string[] {
  const { command } = place;
  const starts = describeStarts(lines);
  const kind = command!.kinds.length === 1 ? command!.kinds[0]! : null;
  const asked = command!.names.length === 1 ? command!.names[0]! : null;
  if (!starts.length) {
    // A filter left the middle: the command line says whose it is.
    if (!asked || !kind || lines.every((line) => !line.trim())) return lines;
    readOneDescribed(lines, { kind, name: asked.name }, place, outcome, nearby);
    return [];
  }
  for (const [i, start] of starts.entries()) readOneDescribed(lines.slice(start, starts[i + 1]), { kind, name: asked?.name ?? null }, place, outcome, nearby);
  return lines.slice(0, starts[0]);
}

function readOneDescribed(lines: string[], asked: { kind: string | null; name: string | null }, place: Place, outcome: Outcome, nearby: Nearby): void {
  const namespace = place.namespace === "*" ? "" : place.namespace;
  if (asked.kind && asked.name && isOnlyEvents(lines)) {
    addLooseEvents(place, { kind: asked.kind, name: asked.name }, readDescribedEvents(lines));
    if (asked.kind === "Pod") nearby.pod = { namespace, name: asked.name };
    return;
  }
  const described = readDescribed(dedent(lines), { ...asked, namespace });
  if (!described) {
    if (lines.some((line) => line.trim())) skip(place.all, `a described object near line ${place.line}`);
    return;
  }
  addDescribed(place, described);
  outcome.shown.add(described.kind);
  if (described.kind === "Pod") nearby.pod = { namespace: described.namespace, name: described.name };
}
function isOnlyEvents(lines: string[]): boolean {
  const first = lines.find((line) => line.trim());
  return (
    first !== undefined &&
    (/^\s*Events:/.test(first) ||
      /^\s*Type\s+Reason\s+Age/.test(first) ||
      lines.every((line) => !line.trim() || readEventLine(line) !== null || isElision(line)))
  );
}
function dedent(lines: string[]): string[] {
  const first = lines.find((line) => line.trim()) ?? "";
  const by = first.length - first.trimStart().length;
  return by ? lines.map((line) => (line.slice(0, by).trim() === "" ? line.slice(by) : line.trimStart())) : lines;
}

function readPart(part: Part, place: Place, outcome: Outcome, nearby: Nearby): void {
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

/** The rest of an object whose beginning was not pasted: its own events may tell whose it is. */
function readFragment(lines: string[], place: Place, outcome: Outcome, nearby: Nearby): void {
  outcome.elided = true;
  nearby.fragments++;
  const told = lines
    .map((line) => /Successfully assigned ([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253}) to |\b([a-z0-9.-]{1,253})_([a-z0-9-]{1,63})\([0-9a-f-]{8,40}\)/.exec(line))
    .find((m) => m !== null);
  if (!told || !lines.some((line) => /^\s{0,4}(?:QoS Class|Containers|Conditions):/.test(line))) {
    const events = readDescribedEvents(lines.filter((line) => readEventLine(line) !== null));
    if (events.length) place.all.looseEvents.push({ events, near: nearby.pod, section: place.section });
    skip(place.all, `a part of an object whose beginning is missing, near line ${place.line}`);
    return;
  }
  const namespace = told[1] ?? told[4]!;
  readOneDescribed(lines, { kind: "Pod", name: told[2] ?? told[3]! }, { ...place, namespace }, outcome, nearby);
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

/** A listing proves absence only where nothing was filtered, left out or refused. */
function noteInventory(place: Place, outcome: Outcome, ended: boolean): void {
  const { command, all } = place;
  if (!command || command.several || command.filtered || outcome.elided || outcome.failed) return;
  if (command.verb !== "get" && command.verb !== "describe" && command.verb !== "events") return;
  if (command.verb === "events" ? !outcome.nothing && !outcome.shown.size : command.names.length > 0) return;
  if (/^(?:jsonpath|go-template|custom-columns|template)/.test(command.output)) return;
  if (!outcome.nothing && outcome.shown.size === 0) return;
  // kubectl prints the kinds in the order in which they were asked for: what a cut can not have reached was seen whole.
  const lastShown = command.kinds.findLastIndex((kind) => outcome.shown.has(kind));
  const whole = ended || outcome.nothing ? command.kinds : command.kinds.slice(0, Math.max(0, lastShown));
  for (const kind of whole) {
    const listed = kind === "Endpoints" ? "EndpointSlice" : kind;
    all.inventory.push({ kind: listed, namespace: isNamespaced(kind) ? place.namespace : "*", extent: "complete" });
  }
}

function isOwnReader(command: Command): boolean {
  return [
    "version",
    "auth",
    "top",
    "rollout",
    "apply",
    "create",
    "delete",
    "run",
    "scale",
    "set",
    "patch",
    "label",
    "annotate",
    "expose",
    "edit",
    "replace",
    "cordon",
    "uncordon",
    "drain",
    "taint",
    "cp",
  ].includes(command.verb);
}
/** Commands with a line or two that tell something, and many that tell nothing. */
function readOther(command: Command, lines: string[], place: Place): void {
  const { all } = place;
  if (command.verb === "version") {
    const server = lines.map((line) => /^Server Version:.{0,80}?(v\d{1,3}\.\d{1,3}\.\d{1,4}[\w.+-]{0,40})/.exec(line)?.[1]).find(Boolean);
    if (server) all.serverVersion = server;
  } else if (command.verb === "auth") readCanI(command, lines, place);
}
/** `auth can-i list secrets` → `no`: what can not be listed can not be missed either. */
function readCanI(command: Command, lines: string[], place: Place): void {
  const [, verb, resource] = command.words;
  const said = lines.find((line) => /^\s*(?:yes|no)\b/.test(line))?.trim();
  const kind = resource ? kindFor(resource) : null;
  if (!said?.startsWith("no") || !kind || (verb !== "list" && verb !== "get")) return;
  place.all.inventory.push({ kind, namespace: isNamespaced(kind) ? place.namespace : "*", extent: "forbidden" });
}
function kindFor(resource: string): string | null {
  return kindOf(resource.split("/")[0]!);
}
