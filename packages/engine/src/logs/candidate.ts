/** A candidate: one possible cause, where it stands, and how much speaks for it. */
import type { Confidence } from "../model/report";
import type { Block } from "./block";
import type { Told } from "./subject";

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

/** Points that a confidence is worth when candidates are compared. */
export const worth: Record<Confidence, number> = { certain: 3, likely: 2, possible: 1 };
export const lower: Record<Confidence, Confidence> = { certain: "likely", likely: "possible", possible: "possible" };

/** Of several candidates for one cause on one line, the one that names more. */
export function fullest(candidates: Candidate[]): Candidate[] {
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
