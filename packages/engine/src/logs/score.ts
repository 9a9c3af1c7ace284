/** From a match to a candidate with its score: where it stands decides, then how exact the words are. */
import type { Block } from "./block";
import type { Outline } from "./blocks";
import { type Candidate, worth } from "./candidate";
import type { LogHints } from "./hints";
import { placeScore } from "./life";
import { type Line, isBad, isCalm } from "./line";
import type { Hit } from "./match";
import { isShell } from "./shells";
import { told } from "./subject";

export function fromHit(hit: Hit, lines: Line[], shape: Outline, behind: Float64Array, toldToStop: number, ending: Set<number>): Candidate {
  const { pattern, at } = hit;
  const line = lines[at]!;
  const block = shape.blockOf[at]! >= 0 ? shape.blocks[shape.blockOf[at]!]! : null;
  let score = worth[pattern.confidence] + placeScore(lines, block ? block.end - 1 : at, behind, toldToStop);
  if (ending.has(at) && !pattern.lead) score += 3;
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

/** True where the exit code says that nobody killed it and that it did not end well. */
export function endedByItself({ exitCode }: LogHints): boolean {
  return exitCode !== null && exitCode !== 0 && exitCode !== 137 && exitCode !== 143;
}
/** A lead counts on bad lines, on plain last lines, and at the root of an exception. */
export function deservesLead(at: number, lines: Line[], shape: Outline, ended: boolean): boolean {
  const block = shape.blockOf[at]! >= 0 ? shape.blocks[shape.blockOf[at]!]! : null;
  if (block) return block.links[block.root]?.at === at;
  // Of a program that ended by itself the last plain words count too.
  if (ended && lines[at]!.level === null && at >= lines.length - 5) return true;
  return isBad(lines[at]!.level) || /^(?:error|fatal|panic|critical|failed)\b/i.test(lines[at]!.text);
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
