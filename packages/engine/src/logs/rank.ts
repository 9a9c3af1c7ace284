/** Which of the candidates is the cause: place first (end of the last run, root of the fatal block), then how exact the words are. */
import type { LogHints } from "./hints";
import type { LogSignal } from "../model/observation";
import type { Confidence } from "../model/report";
import type { Block } from "./block";
import type { Outline } from "./blocks";
import { type Line, isBad, isCalm } from "./line";
import type { Hit } from "./match";
import { exceptionOf } from "./exception";
import { isShell, isStop, saysTold } from "./shells";
import { type Told, told } from "./subject";

export interface Candidate extends Told {
  at: number;
  /** Where the last of its repetitions stands. */
  lastAt: number;
  times: number;
  score: number;
  confidence: Confidence;
  by: string;
  product: boolean;
  symptom: boolean;
  block: Block | null;
  /** Lines that say the same, in the order found: the first of the run, further ones with other words. */
  seen: number[];
  /** Where in the line the words stand that told it. */
  from: number;
  /** The pattern may stand on a calm line. */
  quiet: boolean;
  /** The program ends by the line. */
  ends: boolean;
  /** How many lines the pattern spans. */
  span: number;
}

const worth: Record<Confidence, number> = { certain: 3, likely: 2, possible: 1 };
const lower: Record<Confidence, Confidence> = { certain: "likely", likely: "possible", possible: "possible" };
const retry = /retry|retries|try again|trying again|next try|attempt \d|waiting for|giving up|reconnect|backoff|sleep/i;
/** It came up, or came back. */
const ready =
  /\bready\b|started (?:server|in|on)|listening (?:on|at)|accepting connections|startup complete|application started|\bserving\b|\b(?:re)?connected\b|connection (?:re-?)?established/i;
const served = /" [23]\d\d\b|Completed [23]\d\d|status=[23]\d\d\b/;

/** The program says itself that it goes on without. */
const soft =
  /\bwarning\b|\bskipp(?:ing|ed)\b|\boptional\b|\bignor(?:ed|ing)\b|\bcontinuing\b|falling back|\bfallback\b|using (?:the |built-in )?defaults?|\bdisabled\b|\bdeprecated\b|may not work|non-fatal|\brecommend/i;
const signalled = /\bSIG(?:TERM|QUIT|INT)\b|signal (?:15|3|2)\b|received (?:signal|termination|shutdown|interrupt|fast)|User requested shutdown/i;
/** How much normal life stands behind each line: 0 at the end, more the longer the program lived on. */
export function lifeBehind(lines: Line[], { noise, blockOf }: Outline, isHit: (at: number) => boolean): Float64Array {
  const behind = new Float64Array(lines.length + 1);
  for (let i = lines.length - 1; i >= 0; i--) {
    const { text, level, indent } = lines[i]!;
    let weight = 0;
    if (
      !noise[i] &&
      blockOf[i] === -1 &&
      !isHit(i) &&
      !isBad(level) &&
      level !== "warn" &&
      !isShell(text) &&
      !isStop(text) &&
      !retry.test(text.slice(0, 300))
    ) {
      weight = isCalm(level) ? 1 : indent > 0 ? 0.1 : 0.6;
      if (weight >= 0.35 && served.test(text)) weight = 4;
      else if (weight >= 0.35 && ready.test(text.slice(0, 300))) weight = 3;
    }
    behind[i] = behind[i + 1]! + weight;
  }
  return behind;
}

export interface Ranked {
  candidates: Candidate[];
  toldToStop: number;
}

/** Ranks the candidates of one run of one source, the best first. */
export function rank(lines: Line[], shape: Outline, hits: Hit[], hints: LogHints): Ranked {
  const hitLines = new Set(hits.map((h) => h.at));
  const behind = lifeBehind(lines, shape, (i) => hitLines.has(i));
  const toldToStop = findStop(lines, hitLines);
  const groups = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => {
    const { subject: s } = candidate;
    const key = `${candidate.cause} ${s.host ?? s.env ?? s.path ?? s.name ?? s.port ?? ""}`;
    const there = groups.get(key);
    if (!there) {
      groups.set(key, candidate);
      return;
    }
    const better = candidate.score > there.score ? candidate : there;
    const seen = [...there.seen];
    if (seen.length < 6 && !seen.some((at) => lines[at]!.text === lines[candidate.at]!.text)) seen.push(candidate.at);
    const other = better === candidate ? there : candidate;
    groups.set(key, {
      ...better,
      subject: { ...other.subject, ...better.subject },
      details: { ...other.details, ...better.details },
      times: there.times + 1,
      lastAt: Math.max(there.lastAt, candidate.lastAt),
      seen,
    });
  };
  // That the program ends by a line is a matter of the line, whichever pattern knows it.
  const ending = new Set(hits.filter((h) => h.pattern.fatal).map((h) => h.at));
  const exact = new Set(hits.filter((h) => !h.pattern.lead).map((h) => h.at));
  const stopTime = toldToStop >= 0 ? lines[toldToStop]!.time : null;
  const kept = hits.filter((h) => !h.pattern.lead || (!exact.has(h.at) && deservesLead(h.at, lines, shape)));
  for (const candidate of fullest(kept.map((hit) => fromHit(hit, lines, shape, behind, toldToStop, ending)))) add(candidate);
  for (const [index, block] of shape.blocks.entries()) {
    const candidate = exceptionOf(block, lines);
    if (!candidate) continue;
    const at = candidate.at;
    const matched = kept.some((h) => shape.blockOf[h.at] === index && !h.pattern.symptom);
    const led = kept.some((h) => shape.blockOf[h.at] === index && h.pattern.lead);
    const place = placeScore(lines, block.end - 1, behind, toldToStop);
    add({
      ...candidate,
      lastAt: block.end - 1,
      times: 1,
      block,
      seen: [candidate.at],
      span: 1,
      from: 0,
      quiet: false,
      ends: block.fatal,
      score: candidate.score + place + (block.fatal ? 3 : 1) - (matched ? 6 : 0) - (led && candidate.score <= 0 ? 3.5 : 0),
      at,
    });
  }
  const candidates = [...groups.values()];
  for (const candidate of candidates) {
    const behindLast = behind[candidate.lastAt + 1] ?? 0;
    if (candidate.times >= 3) candidate.score += 0.5;
    if (candidate.times >= 3 && behindLast <= 3 && (behind[candidate.at + 1] ?? 0) > 3) candidate.score += 2;
    // It went on for a while, and then it was told to stop: that it once complained is not why it ended.
    if (stopTime !== null && candidate.lastAt < toldToStop && livedOn(lines[candidate.lastAt]!.time, stopTime)) candidate.score -= 6;
    candidate.confidence = confidenceOf(candidate, lines, behind, toldToStop, hints);
  }
  candidates.sort((a, b) => b.score - a.score || a.at - b.at);
  const [best, second] = candidates;
  if (best && second && best.confidence === "certain" && second.cause !== best.cause && best.score - second.score < 0.5 && !second.symptom)
    best.confidence = "likely";
  return { candidates, toldToStop };
}

function fromHit(hit: Hit, lines: Line[], shape: Outline, behind: Float64Array, toldToStop: number, ending: Set<number>): Candidate {
  const { pattern, at } = hit;
  const line = lines[at]!;
  const block = shape.blockOf[at]! >= 0 ? shape.blocks[shape.blockOf[at]!]! : null;
  let score = worth[pattern.confidence] + placeScore(lines, block ? block.end - 1 : at, behind, toldToStop);
  if (ending.has(at)) score += 3;
  if (pattern.product) score -= 0.2; // Text of the system below is nearer to the cause than the product's own.
  if (pattern.lead) score -= 0.5;
  else if (pattern.symptom) score -= 2.5;
  if (block) {
    const link = linkAt(block, at);
    score += link === block.root && !pattern.lead ? 3 : link >= 0 ? 1.5 : 1;
    if (block.fatal) score += 0.5;
  } else if (line.level === "fatal") score += 2;
  else if (line.level === "error") score += 1;
  else if (line.level === "warn" && !pattern.quiet && !pattern.fatal) score -= 0.5;
  else if (isCalm(line.level) && !pattern.quiet && !pattern.fatal) score -= 1;
  if (isShell(line.text) && !pattern.fatal) score -= 1.5;
  const ofClient = line.session === true && /^dependency\/(?:credentials|database|quota|tls)/.test(pattern.cause);
  if (ofClient) score -= 3;
  const says = told(pattern, hit.groups);
  if (says.cause === "app/file-permission-denied" && !says.subject.path && block && binds(block, lines)) says.cause = "app/port-privileged";
  return {
    ...says,
    at,
    lastAt: at,
    times: 1,
    score,
    confidence: ofClient ? "possible" : pattern.confidence,
    by: pattern.id,
    product: pattern.product === true,
    symptom: pattern.symptom === true,
    block,
    seen: [at],
    span: pattern.lines ?? 1,
    from: hit.from,
    quiet: pattern.quiet === true,
    ends: ending.has(at),
  };
}
/** True where more than three seconds lie between two stamps of the same form (digits, seconds at index 13). */
function livedOn(from: string | null, to: string): boolean {
  if (from === null || from.length !== to.length || to.length < 14) return false;
  if (from.slice(0, 8) !== to.slice(0, 8)) return from < to;
  const seconds = (t: string): number => Number(t.slice(8, 10)) * 3600 + Number(t.slice(10, 12)) * 60 + Number(t.slice(12, 14));
  return seconds(to) - seconds(from) > 3;
}
/** A lead counts on bad lines, on plain last lines, and at the root of an exception. */
function deservesLead(at: number, lines: Line[], shape: Outline): boolean {
  const block = shape.blockOf[at]! >= 0 ? shape.blocks[shape.blockOf[at]!]! : null;
  if (block) return block.links[block.root]?.at === at;
  return isBad(lines[at]!.level) || /^(?:error|fatal|panic|critical|failed)\b/i.test(lines[at]!.text);
}
/** Of several candidates for one cause on one line, the one that names more. */
function fullest(candidates: Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  const weight = (c: Candidate): number => Object.keys(c.subject).length * 2 + worth[c.confidence] + (c.symptom ? -3 : 0);
  for (const candidate of candidates) {
    const key = `${candidate.at} ${candidate.cause}`;
    const there = best.get(key);
    if (!there) best.set(key, candidate);
    else {
      const [a, b] = weight(candidate) > weight(there) ? [candidate, there] : [there, candidate];
      best.set(key, {
        ...a,
        score: Math.max(a.score, b.score),
        subject: { ...b.subject, ...a.subject },
        details: { ...b.details, ...a.details },
        confidence: worth[a.confidence] >= worth[b.confidence] ? a.confidence : b.confidence,
        symptom: a.symptom && b.symptom,
        span: Math.max(a.span, b.span),
      });
    }
  }
  return [...best.values()];
}
/** A permission that is denied while a socket is bound is about the port. */
function binds(block: Block, lines: Line[]): boolean {
  for (let i = block.start; i < block.end && i < block.start + 60; i++)
    if (/server_bind|Net\.bind|\.bind\(|Socket\.(?:Do)?Bind|HTTPServer\(|create_server|listen\(/.test(lines[i]!.text.slice(0, 300))) return true;
  return false;
}
function linkAt(block: Block, at: number): number {
  let index = -1;
  for (const [i, link] of block.links.entries()) if (link.at <= at) index = i;
  return index;
}
function placeScore(lines: Line[], at: number, behind: Float64Array, toldToStop: number): number {
  if (toldToStop >= 0 && at > toldToStop) return -2;
  const life = behind[at + 1] ?? 0;
  return life <= 0.8 ? 2 : life <= 3 ? 1.2 : life <= 8 ? 0 : life <= 15 ? -2 : -8;
}
/** The line by which the program says that it was told to stop, where its end follows; -1 where there is none. */
function findStop(lines: Line[], hitLines: Set<number>): number {
  for (let i = lines.length - 1; i >= 0 && i > lines.length - 60; i--) {
    const { text, level } = lines[i]!;
    if (hitLines.has(i) || isBad(level)) continue;
    if (!saysTold(text) || /^sending SIGTERM|reaping unknown/.test(text)) continue;
    let first = i;
    for (let k = i; k >= 0 && k > i - 40; k--) if (!hitLines.has(k) && saysTold(lines[k]!.text)) first = k;
    return first;
  }
  return -1;
}
function confidenceOf(candidate: Candidate, lines: Line[], behind: Float64Array, toldToStop: number, hints: LogHints): Confidence {
  let { confidence } = candidate;
  const line = lines[candidate.at]!;
  const life = behind[(candidate.block ? Math.max(candidate.lastAt, candidate.block.end - 1) : candidate.lastAt) + 1] ?? 0;
  const calmly = !candidate.block && !candidate.ends && !isBad(line.level);
  if (calmly && line.level === "warn" && !candidate.quiet) confidence = life > 1.5 ? "possible" : lower[confidence];
  if (calmly && soft.test(line.text.slice(0, 400)) && life > 0.5) confidence = "possible";
  if (toldToStop > candidate.at && !candidate.ends && !candidate.quiet && !candidate.block?.fatal && signalled.test(lines[toldToStop]!.text))
    confidence = lower[confidence];
  if (life > 3) confidence = lower[confidence];
  if (life > 10) confidence = "possible";
  if (toldToStop >= 0 && candidate.at > toldToStop) confidence = "possible";
  if (candidate.symptom && confidence === "certain") confidence = "likely";
  // Who is killed from outside did not end by its own error: the log and the status contradict each other.
  const killed = hints.exitCode === 137 || hints.exitCode === 143 || (hints.exitCode === 139 && candidate.cause !== "app/segmentation-fault");
  if (killed && !candidate.cause.startsWith("memory/") && !candidate.cause.startsWith("accelerator/")) confidence = lower[confidence];
  if (hints.exitCode === 0 && confidence === "certain") confidence = "likely";
  if (isCalm(line.level) && !candidate.block && confidence === "certain" && candidate.score < 5) confidence = "likely";
  return confidence;
}

/** What is kept: nothing that the program clearly survived. */
export function isSurvived(candidate: Candidate): boolean {
  return candidate.score < 0.5;
}
/** Of a long line the part that tells: a reader is shown three hundred characters. */
function around(line: Line, from: number): string {
  const at = line.shown.indexOf(line.text.slice(from, from + 60));
  if (at < 200) return line.shown.slice(0, 2000);
  const begin = line.shown.lastIndexOf(" ", at - 40) + 1;
  return line.shown.slice(begin, begin + 600);
}
export function toSignal(candidate: Candidate, lines: Line[], others: Candidate[]): LogSignal {
  const shown = new Set<number>();
  const out: LogSignal["lines"] = [];
  const push = (at: number): void => {
    const line = lines[at];
    if (!line || shown.has(line.number) || out.length >= 5) return;
    shown.add(line.number);
    out.push({ number: line.number, text: at === candidate.at ? around(line, candidate.from) : line.shown.slice(0, 2000) });
  };
  push(candidate.at);
  for (let k = candidate.at + 1; k < lines.length && k < candidate.at + Math.min(candidate.span, 4); k++) push(k);
  for (const at of candidate.seen.slice(0, 3)) push(at);
  const { block } = candidate;
  if (block) {
    for (const said of block.said) if (said >= candidate.at) push(said);
    for (const link of block.links) push(link.at);
    if (block.start > 0 && isBad(lines[block.start - 1]!.level)) push(block.start - 1);
  } else for (let k = candidate.at + 1; k < lines.length && k <= candidate.at + 2; k++) if (lines[k]!.level === null && lines[k]!.time === null) push(k);
  for (const other of others) if (other !== candidate && other.cause === candidate.cause) push(other.at);
  return {
    cause: candidate.cause,
    confidence: candidate.confidence,
    subject: candidate.subject,
    details: candidate.details,
    lines: out,
    by: candidate.by,
    product: candidate.product,
  };
}
