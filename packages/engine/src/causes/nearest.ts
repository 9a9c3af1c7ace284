/** The name that was probably meant, by spelling. */
import { distance } from "fastest-levenshtein";
import { compareCodePoints } from "../model/view";

/** Longer names and longer lists say nothing about a typing error. */
const longestName = 253;
const mostCandidates = 2000;

/**
 * Candidates that are spelt like `name`, the best first: equal words in another order or with one word more, or at most a third of the letters
 * changed. `name` itself is left out.
 */
export function nearest(name: string, candidates: Iterable<string>): string[] {
  const scored: { candidate: string; score: number }[] = [];
  let seen = 0;
  for (const candidate of candidates) {
    if ((seen += 1) > mostCandidates) break;
    if (candidate === name || candidate.length > longestName || name.length > longestName) continue;
    const score = likeness(name.toLowerCase(), candidate.toLowerCase());
    if (score >= 0.6) scored.push({ candidate, score });
  }
  return scored.sort((a, b) => b.score - a.score || compareCodePoints(a.candidate, b.candidate)).map((s) => s.candidate);
}

function likeness(a: string, b: string): number {
  const letters = 1 - distance(a, b) / Math.max(a.length, b.length, 1);
  const wordsA = new Set(a.split(/[^a-z0-9]+/).filter(Boolean));
  const wordsB = new Set(b.split(/[^a-z0-9]+/).filter(Boolean));
  const shared = [...wordsA].filter((word) => wordsB.has(word)).length;
  const words = shared / Math.max(1, Math.max(wordsA.size, wordsB.size));
  return Math.max(letters, shared >= 2 || wordsA.size === 1 ? words : 0);
}
