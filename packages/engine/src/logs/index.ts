/** Reading a crash log: normalise lines, cut runs, find blocks, match patterns, rank. */
import type { LogLine, LogReading } from "../model/observation";
import type { ScrubbedText } from "../model/snapshot";
import { readActivity } from "./activity";
import { outline } from "./blocks";
import type { LogHints } from "./hints";
import { type Line, isBad } from "./line";
import { type Matcher, createMatcher } from "./match";
import { normalise } from "./normalise";
import { patterns } from "./patterns/registry";
import type { Candidate } from "./candidate";
import { isSurvived, rank } from "./rank";
import { deservesLead, endedByItself } from "./score";
import { toSignal } from "./signal";
import { lastRun } from "./runs";

export type { LogHints } from "./hints";

/** Candidates beyond these are not worth a reader's time. */
const mostSignals = 6;

/** A reader over given patterns; `readLog` uses all of them. */
export function createReader(matcher: Matcher): (text: ScrubbedText, hints: LogHints) => LogReading {
  return (text, hints) => {
    const lines = normalise(text);
    if (lines.length === 0)
      return { kind: "empty", signals: [], tail: [], stoppedInOrder: false, listens: [], serves: [], requests: [], startedAfterSeconds: null };
    const streams = bySource(lines).map((stream) => readStream(stream, matcher, hints));
    const all = streams.flatMap((s) => s.candidates.map((candidate) => ({ candidate, stream: s })));
    all.sort((a, b) => b.candidate.score - a.candidate.score || a.stream.run[a.candidate.at]!.number - b.stream.run[b.candidate.at]!.number);
    const signals = all.slice(0, mostSignals).map(({ candidate, stream }) => toSignal(candidate, stream.run, stream.candidates));
    const main = streams.reduce((a, b) => (b.run.length > a.run.length ? b : a));
    const run = streams.length === 1 ? main.run : lines;
    return {
      kind: signals.length > 0 ? "told" : streams.every((s) => s.healthy) ? "healthy" : "silent",
      signals,
      tail: tailOf(run),
      stoppedInOrder: main.stopped,
      ...readActivity(lines, show),
    };
  };
}
const matcher = createMatcher(patterns);
/**
 * Reads the log of one run (or of several in one stream: the last counts) of one container.
 *
 * Work is bounded whatever the text holds: of a log longer than one megabyte the beginning and the end are read, lines are cut at 16 KiB,
 * expressions run in linear time on lines that hold their literal, and the number of tries is fixed.
 */
export const readLog = createReader(matcher);

interface Stream {
  run: Line[];
  candidates: Candidate[];
  stopped: boolean;
  healthy: boolean;
}
function readStream(lines: Line[], match: Matcher, hints: LogHints): Stream {
  const from = lastRun(lines);
  const last = from > 0 ? lines.slice(from) : lines;
  const read = readRun(last, match, hints);
  if (from === 0 || read.candidates.length > 0 || (read.healthy && last.length > 40)) return read;
  // The last run is too young to have failed: what ended the one before is the better answer.
  const whole = readRun(lines, match, hints);
  for (const candidate of whole.candidates) if (candidate.confidence === "certain") candidate.confidence = "likely";
  return whole.candidates.length > 0 ? whole : read;
}
function readRun(run: Line[], match: Matcher, hints: LogHints): Stream {
  const shape = outline(run);
  const ended = endedByItself(hints);
  const hits = match.match(
    run,
    (i) => shape.noise[i]!,
    (i) => deservesLead(i, run, shape, ended),
  );
  const ranked = rank(run, shape, hits, hints);
  const candidates = ranked.candidates.filter((c) => !isSurvived(c));
  const ending = run.slice(-6);
  return {
    run,
    candidates,
    stopped: ranked.toldToStop >= 0,
    // Who ended by itself with an error was not well, whatever its last words.
    healthy: candidates.length === 0 && (ranked.toldToStop >= 0 || (!ended && !ending.some((l) => isBad(l.level)))),
  };
}
function bySource(lines: Line[]): Line[][] {
  const streams = new Map<string, Line[]>();
  for (const line of lines) {
    const stream = streams.get(line.source ?? "");
    if (stream) stream.push(line);
    else streams.set(line.source ?? "", [line]);
  }
  return [...streams.values()].slice(0, 50);
}
function show(line: Line): LogLine {
  return { number: line.number, text: line.shown.slice(0, 2000) };
}
function tailOf(run: Line[]): LogLine[] {
  const tail: LogLine[] = [];
  for (let i = run.length - 1; i >= 0 && tail.length < 10; i--) if (tail[0]?.number !== run[i]!.number) tail.unshift(show(run[i]!));
  return tail;
}
