/** Pasted kubectl text → Snapshot. Strings in, no Node, so that a web page can use it too. */
import type { Focus, Snapshot } from "@unloop/engine/model/snapshot";
import { assemble } from "./assemble";
import { type Collected, newCollection } from "./collect";
import { looksLikeLog } from "./logs";
import { decodeText } from "./decode";
import { cleanLines } from "./lines";
import type { Nearby } from "./outcome";
import { readSection } from "./read";
import { type Section, splitSections } from "./sections";
import { whyNothing } from "./nothing";

export interface SessionOptions {
  /** Facts that the asker adds by hand to a bare log. */
  exitCode?: number;
  reason?: string;
  focus?: Focus | null;
}
export interface SessionReading {
  /** Always there, even where nothing was understood: then it is empty. Parts that were skipped are named in `snapshot.unread`. */
  snapshot: Snapshot;
  /** False: nothing in the text could be used; say `reason` and end with exit code 3. */
  understood: boolean;
  /** One clear sentence for a person, e.g. `the input is empty`; null where the text was understood. */
  reason: string | null;
}

/** Most characters that are read; the rest is named in `unread`. */
const mostText = 40_000_000;

function emptySnapshot(options: SessionOptions): Snapshot {
  const { exitCode, reason } = options;
  const hints = { ...(exitCode !== undefined && { exitCode }), ...(reason !== undefined && { reason }) };
  return {
    takenAt: null,
    source: { kind: "session", name: "pasted text", serverVersion: null },
    objects: new Map(),
    inventory: [],
    logs: [],
    answers: [],
    unread: [],
    focus: options.focus ?? null,
    ...(Object.keys(hints).length && { hints }),
  };
}

/**
 * Reads any mix of kubectl output, or a bare crash log. Never throws, whatever the input is.
 *
 * @example
 * const { snapshot, understood, reason } = readSession("$ kubectl get pods\n…");
 */
export function readSession(text: string | Uint8Array, options: SessionOptions = {}): SessionReading {
  const snapshot = emptySnapshot(options);
  try {
    return read(text, snapshot);
  } catch {
    return { snapshot: emptySnapshot(options), understood: false, reason: "the text could not be read" };
  }
}

function read(input: string | Uint8Array, snapshot: Snapshot): SessionReading {
  const decoded = decodeText(input);
  if (decoded.reason) return { snapshot, understood: false, reason: decoded.reason };
  const all = newCollection();
  const text = decoded.text.length > mostText ? decoded.text.slice(0, mostText) : decoded.text;
  if (text.length < decoded.text.length) all.unread.push(`everything after the first ${mostText / 1_000_000} MB`);
  const lines = cleanLines(text);
  const sections = splitSections(lines);
  const nearby: Nearby = { pod: null, fragments: 0, loose: 0, said: 0 };
  for (const [index, section] of sections.entries()) readSection(section, index, all, nearby);
  if (isNarrow(lines)) all.inventory = all.inventory.filter((entry) => entry.extent !== "complete");
  const asked = sections.some(asksContext);
  if (isBareLog(all, sections, nearby, lines)) {
    Object.assign(all, { unread: [], answers: [], inventory: [] });
    all.logs = [{ namespace: "", pod: "", workload: null, container: "", previous: null, lines, cut: "none" }];
  } else if (isPlainLog(all, sections)) {
    // `+ kubectl get jobs` is a script that traces itself: what the server answers it, is its log.
    const traced = lines.some((line) => /^\+{1,4} \S/.test(line));
    all.logs[0]!.lines = traced ? lines : lines.filter((line) => !line.startsWith("Error from server "));
  }
  assemble(all, snapshot, asked);
  const isEmpty = !snapshot.objects.size && !snapshot.logs.length && !snapshot.answers.length && !snapshot.inventory.length;
  const reason = isEmpty || isOnlyLog(snapshot) ? whyNothing(lines, sections, isEmpty, nearby.fragments) : null;
  return reason ? { snapshot: { ...snapshot, objects: new Map(), logs: [] }, understood: false, reason } : { snapshot, understood: true, reason: null };
}

/** A narrow window cut all lines at one width, and names with them: what a list then lacks may be there under its whole name. */
function isNarrow(lines: string[]): boolean {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const full = width < 300 ? lines.filter((line) => line.length === width) : [];
  return full.length > 2 && full.some((line) => /^\s+(?:Normal|Warning)\s/.test(line)) && full.some((line) => /^\s*[A-Z][\w -]{1,40}: /.test(line));
}

function isOnlyLog(snapshot: Snapshot): boolean {
  return !snapshot.objects.size && snapshot.logs.length === 1 && snapshot.logs[0]!.pod === "";
}
function asksContext(section: Section): boolean {
  const { command } = section;
  return (
    command !== null &&
    (command.verb === "get" || command.verb === "describe" || command.verb === "logs" || command.verb === "events") &&
    command.namespace === null
  );
}
/** Nothing but one log was found in a text without a command: then lines that sound like kubectl's (`error: …`) are the program's too. */
function isPlainLog(all: Collected, sections: Section[]): boolean {
  return sections.length === 1 && sections[0]!.command === null && all.logs.length === 1 && !all.sightings.length && !all.events.length && !all.states.length;
}
/** One text without a command and without an object: most of it must be what no shape claims. */
function isBareLog(all: Collected, sections: Section[], nearby: Nearby, lines: string[]): boolean {
  if (sections.length !== 1 || sections[0]!.command !== null) return false;
  if (all.sightings.length || all.events.length || all.looseEvents.length || all.states.length) return false;
  // A script may call kubectl and print what it says; the script's own lines then look like a log too.
  if (nearby.said > 0 && !looksLikeLog(lines.filter((line) => !line.startsWith("Error from server ")))) return false;
  return nearby.loose > 0 && nearby.loose >= lines.filter((line) => line.trim()).length * 0.5;
}
