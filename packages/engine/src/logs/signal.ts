/** From a candidate to the signal that causes read: the key line first, then what supports it. */
import type { LogSignal } from "../model/observation";
import type { Candidate } from "./candidate";
import { type Line, isBad } from "./line";

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
