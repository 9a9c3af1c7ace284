/** Which of the candidates is the cause: place first (end of the last run, root of the fatal block), then how exact the words are. */
import type { Block } from "./block";
import type { Outline } from "./blocks";
import { type Candidate, fullest, lower, worth } from "./candidate";
import { confidenceOf } from "./confidence";
import { exceptionOf } from "./exception";
import { isHandled } from "./handled";
import type { LogHints } from "./hints";
import { findStop, lifeBehind, livedOn, placeScore } from "./life";
import type { Line } from "./line";
import type { Hit } from "./match";
import { fromHit } from "./score";
import { protocolOf, targetNear } from "./target";

export interface Ranked {
  candidates: Candidate[];
  toldToStop: number;
}

/** Ranks the candidates of one run of one source, the best first. */
export function rank(lines: Line[], shape: Outline, hits: Hit[], hints: LogHints): Ranked {
  const hitLines = new Set(hits.map((h) => h.at));
  const first = Math.min(hits[0]?.at ?? lines.length, shape.blocks[0]?.start ?? lines.length);
  const behind = lifeBehind(lines, shape, (i) => hitLines.has(i), first);
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
    groups.set(key, merged(there, candidate, lines));
  };
  // That the program ends by a line is a matter of the line, whichever pattern knows it.
  const ending = new Set(hits.filter((h) => h.pattern.fatal).map((h) => h.at));
  const stopTime = toldToStop >= 0 ? lines[toldToStop]!.time : null;
  for (const candidate of fullest(hits.map((hit) => fromHit(hit, lines, shape, behind, toldToStop, ending)))) add(candidate);
  for (const [index, block] of shape.blocks.entries()) {
    const matched = hits.filter((h) => shape.blockOf[h.at] === index);
    const candidate = fromBlock(block, lines, matched, placeScore(lines, block.end - 1, behind, toldToStop));
    if (candidate) add(candidate);
  }
  const candidates = completed([...groups.values()], lines, behind);
  for (const candidate of candidates) {
    const behindLast = behind[candidate.lastAt + 1] ?? 0;
    if (candidate.times >= 3) candidate.score += 0.5;
    if (candidate.times >= 3 && behindLast <= 3 && (behind[candidate.at + 1] ?? 0) > 3) candidate.score += 2;
    // It went on for a while, and then it was told to stop: that it once complained is not why it ended.
    if (stopTime !== null && candidate.lastAt < toldToStop && livedOn(lines[candidate.lastAt]!.time, stopTime)) candidate.score -= 6;
    candidate.confidence = confidenceOf(candidate, lines, behind, toldToStop, hints);
    if (!candidate.block || candidate.block.fatal || !isHandled(candidate.block, lines)) continue;
    const own = candidate.cause.startsWith("app/uncaught");
    candidate.score -= own ? 4 : 1.5;
    candidate.confidence = own ? "possible" : lower[candidate.confidence];
  }
  for (const candidate of candidates) {
    if (!candidate.cause.startsWith("dependency/") || candidate.details.protocol) continue;
    const protocol = protocolOf(candidate, lines);
    if (protocol) candidate.details = { ...candidate.details, protocol };
  }
  yieldToExact(candidates, behind);
  candidates.sort((a, b) => b.score - a.score || a.at - b.at);
  const [best, second] = candidates;
  if (best && second && best.confidence === "certain" && second.cause !== best.cause && best.score - second.score < 0.5 && !second.symptom)
    best.confidence = "likely";
  return { candidates, toldToStop };
}

/** A hint steps behind what is told exactly in the same breath, wherever it stands. */
function yieldToExact(candidates: Candidate[], behind: Float64Array): void {
  const exact = candidates.filter(
    (c) => !c.by.startsWith("lead-") && !c.symptom && c.confidence !== "possible" && !isSurvived(c) && !c.by.endsWith("-exception"),
  );
  for (const hint of candidates) {
    if (!hint.by.startsWith("lead-")) continue;
    for (const other of exact)
      if (other.score < hint.score && Math.abs((behind[other.lastAt + 1] ?? 0) - (behind[hint.lastAt + 1] ?? 0)) <= 1.5) hint.score = other.score - 0.1;
  }
}

/**
 * A candidate that names no target (`Connection refused`, and nothing else) takes it from one for the same cause nearby: the innermost
 * exception often lacks host and port, which only an outer one or the log line before has.
 */
function completed(candidates: Candidate[], lines: Line[], behind: Float64Array): Candidate[] {
  const names = ({ subject: s }: Candidate): boolean => Boolean(s.host ?? s.port ?? s.path ?? s.env ?? s.name ?? s.key);
  const gone = new Set<Candidate>();
  for (const bare of candidates) {
    if (names(bare) || bare.by.startsWith("lead-")) continue;
    const near = candidates.filter(
      (c) => c.cause === bare.cause && names(c) && !c.by.startsWith("lead-") && Math.abs((behind[c.lastAt + 1] ?? 0) - (behind[bare.lastAt + 1] ?? 0)) <= 3,
    );
    near.sort((a, b) => Math.abs(a.at - bare.at) - Math.abs(b.at - bare.at));
    const [full] = near;
    if (!full) {
      bare.subject = { ...bare.subject, ...targetNear(bare, lines) };
      continue;
    }
    bare.subject = { ...bare.subject, ...full.subject };
    bare.details = { ...full.details, ...bare.details };
    bare.seen.splice(1, 0, full.at);
    // Of one exception the line that names the target is the one to show.
    if (bare.block !== null && bare.block === full.block && !full.symptom) {
      bare.seen.push(bare.at);
      bare.at = full.at;
      bare.from = full.from;
    }
    bare.score = Math.max(bare.score, full.score);
    if (worth[full.confidence] > worth[bare.confidence]) bare.confidence = full.confidence;
    bare.symptom &&= full.symptom;
    gone.add(full);
  }
  for (const wrapper of candidates) {
    if (!wrapper.symptom || wrapper.by.startsWith("lead-")) continue;
    const exact = candidates.find(
      (c) =>
        c.cause === wrapper.cause && !c.symptom && !gone.has(c) && names(c) && Math.abs((behind[c.lastAt + 1] ?? 0) - (behind[wrapper.lastAt + 1] ?? 0)) <= 3,
    );
    if (!exact) continue;
    exact.score = Math.max(exact.score, wrapper.score);
    exact.seen.push(wrapper.at);
    gone.add(wrapper);
  }
  return candidates.filter((c) => !gone.has(c));
}
/** Two sightings of the same thing: the better one, with what only the other names. */
function merged(there: Candidate, candidate: Candidate, lines: Line[]): Candidate {
  const [better, other] = candidate.score > there.score ? [candidate, there] : [there, candidate];
  const seen = [...there.seen];
  if (seen.length < 6 && !seen.some((at) => lines[at]!.text === lines[candidate.at]!.text)) seen.push(candidate.at);
  return {
    ...better,
    subject: { ...other.subject, ...better.subject },
    details: { ...other.details, ...better.details },
    times: there.times + 1,
    lastAt: Math.max(there.lastAt, candidate.lastAt),
    seen,
  };
}
/** The exception itself, which steps back where a pattern knows what is behind it. */
function fromBlock(block: Block, lines: Line[], matched: Hit[], place: number): Candidate | null {
  const found = exceptionOf(block, lines);
  if (!found) return null;
  const known = matched.some((h) => !h.pattern.symptom) ? 6 : 0;
  const led = found.score <= 0 && matched.some((h) => h.pattern.lead) ? 3.5 : 0;
  return {
    ...found,
    score: found.score + place + (block.fatal ? 3 : 1) - known - led,
    lastAt: block.end - 1,
    times: 1,
    block,
    seen: [found.at],
    span: 1,
    from: 0,
    quiet: false,
    ends: block.fatal,
  };
}

/** What is kept: nothing that the program clearly survived. */
export function isSurvived(candidate: Candidate): boolean {
  return candidate.score < 0.5;
}
