/** How sure a candidate is, after all that speaks against it. */
import type { Confidence } from "../model/report";
import { type Candidate, lower } from "./candidate";
import type { LogHints } from "./hints";
import { type Line, isBad, isCalm } from "./line";

/** The program says itself that it goes on without. */
const soft =
  /\bwarning\b|\bskipp(?:ing|ed)\b|\boptional\b|\bignor(?:ed|ing)\b|\bcontinuing\b|falling back|\bfallback\b|using (?:the |built-in )?defaults?|\bdisabled\b|\bdeprecated\b|may not work|non-fatal|\brecommend/i;
const signalled = /\bSIG(?:TERM|QUIT|INT)\b|signal (?:15|3|2)\b|received (?:signal|termination|shutdown|interrupt|fast)|User requested shutdown/i;

export function confidenceOf(candidate: Candidate, lines: Line[], behind: Float64Array, toldToStop: number, hints: LogHints): Confidence {
  let { confidence } = candidate;
  const line = lines[candidate.at]!;
  const life = behind[(candidate.block ? Math.max(candidate.lastAt, candidate.block.end - 1) : candidate.lastAt) + 1] ?? 0;
  const calmly = !candidate.block && !candidate.ends && !isBad(line.level);
  if (calmly && line.level === "warn" && !candidate.quiet) confidence = life > 1.5 ? "possible" : lower[confidence];
  if (calmly && isCalm(line.level) && !candidate.quiet && life > 0.5) confidence = "possible";
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
