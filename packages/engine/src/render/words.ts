/** Times, counts and names in words for people. All times are relative to the Report's own `takenAt`. */
import type { Duration, WorkloadRef } from "../model/report";
import type { Instant } from "../model/snapshot";

/** `1 pod`, `3 pods`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `12 s`, `19 min`, `3 h`, `9 days`: one unit, since nobody reads seconds beside days. */
export function inWords(seconds: number): string {
  const s = Math.max(0, seconds);
  if (s < 1) return `${Math.round(s * 10) / 10} s`;
  if (s < 10 && !Number.isInteger(s)) return `${Math.round(s * 10) / 10} s`;
  if (s < 100) return `${Math.round(s)} s`;
  if (s < 100 * 60) return `${Math.round(s / 60)} min`;
  if (s < 48 * 3600) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86400)} days`;
}

/** Seconds from `from` to `to`; null where one is not known or no time. */
export function secondsBetween(from: Instant | null, to: Instant | null): number | null {
  if (!from || !to) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}

/** `12 s ago`; null where it can't be said. */
export function ago(at: Instant | null, takenAt: Instant | null): string | null {
  const seconds = secondsBetween(at, takenAt);
  return seconds === null ? null : `${inWords(seconds)} ago`;
}

/** Seconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds; null for anything else. */
export function durationSeconds(duration: Duration | null): number | null {
  const parts = /^P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/.exec(duration ?? "");
  if (!parts) return null;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number];
  return (weeks * 7 + days) * 86400 + hours * 3600 + minutes * 60 + seconds;
}

/** `trading/trade-api`, `node worker-1`, `job trading/report`: with its kind where the reader would not expect it. */
export function workloadName({ kind, namespace, name }: WorkloadRef): string {
  const path = [namespace, name].filter(Boolean).join("/") || "the pasted log";
  return ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", ""].includes(kind) || !name ? path : `${kind.toLowerCase()} ${path}`;
}

/** `Fixes` as list: `a, b and c`. */
export function listed(items: string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
