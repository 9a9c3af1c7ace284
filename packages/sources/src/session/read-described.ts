/** Output of `describe`: one object after the other, or a part of one. */
import { skip } from "./collect";
import { readDescribed } from "./describe/index";
import { readDescribedEvents, readEventLine } from "./describe/events";
import { addDescribed, addLooseEvents, type Place } from "./objects";
import type { Nearby, Outcome } from "./outcome";
import { isDescribeStart } from "./parts";
import { isElision } from "./table";

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
    else if (ended && !/^\s/.test(line) && !line.startsWith("Events:")) ended = false;
  }
  return starts;
}

/** `describe` with a prompt: every line belongs to one of the objects, however odd it looks. */
export function readDescribeOutput(lines: string[], place: Place, outcome: Outcome, nearby: Nearby): string[] {
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

export function readOneDescribed(lines: string[], asked: { kind: string | null; name: string | null }, place: Place, outcome: Outcome, nearby: Nearby): void {
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

/** Without the indentation of its first line. */
export function dedent(lines: string[]): string[] {
  const first = lines.find((line) => line.trim()) ?? "";
  const by = first.length - first.trimStart().length;
  return by ? lines.map((line) => (line.slice(0, by).trim() === "" ? line.slice(by) : line.trimStart())) : lines;
}

/** The rest of an object whose beginning was not pasted: its own events may tell whose it is. */
export function readFragment(lines: string[], place: Place, outcome: Outcome, nearby: Nearby): void {
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
