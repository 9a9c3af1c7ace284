/** Whether the program lived on after a line: normal work, answers, and being told to stop. */
import type { Outline } from "./blocks";
import { type Line, isBad, isCalm } from "./line";
import { isShell, isStop, saysTold } from "./shells";

const retry = /retry|retries|try again|trying again|next try|attempt \d|waiting for|giving up|reconnect|backoff|sleep/i;
/** It came up, or came back. */
const ready =
  /\bready\b|started (?:server|in|on)|listening (?:on|at)|accepting connections|startup complete|application started|\bserving\b|\b(?:re)?connected\b|connection (?:re-?)?established/i;
const served = /" [23]\d\d\b|Completed [23]\d\d|status=[23]\d\d\b/;

/** How much normal life stands behind each line from `first` on: 0 at the end, more the longer the program lived on. */
export function lifeBehind(lines: Line[], { noise, blockOf }: Outline, isHit: (at: number) => boolean, first: number): Float64Array {
  const behind = new Float64Array(lines.length + 1);
  for (let i = lines.length - 1; i >= first; i--) {
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

/** The line by which the program says that it was told to stop, where its end follows; -1 where there is none. */
export function findStop(lines: Line[], hitLines: Set<number>): number {
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

/** True where more than three seconds lie between two stamps of the same form (digits, seconds at index 13). */
export function livedOn(from: string | null, to: string): boolean {
  if (from === null || from.length !== to.length || to.length < 14) return false;
  if (from.slice(0, 8) !== to.slice(0, 8)) return from < to;
  const seconds = (t: string): number => Number(t.slice(8, 10)) * 3600 + Number(t.slice(10, 12)) * 60 + Number(t.slice(12, 14));
  return seconds(to) - seconds(from) > 3;
}

export function placeScore(lines: Line[], at: number, behind: Float64Array, toldToStop: number): number {
  if (toldToStop >= 0 && at > toldToStop) return -2;
  const life = behind[at + 1] ?? 0;
  return life <= 0.8 ? 2 : life <= 3 ? 1.2 : life <= 8 ? 0 : life <= 15 ? -2 : -8;
}
