/** Times as kubectl prints them. */
import { kubectlAge } from "@unloop/engine/detect/time";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** RFC 1123 with a numeric zone, as describe prints it. */
const describeDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;
const rfc3339 = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
/** Years that no cluster has seen: Go's zero time is printed as year 1, a StartError starts in 1970. */
const oldest = Date.UTC(2014, 0);
const newest = Date.UTC(2100, 0);

function instant(milliseconds: number): string | null {
  if (!Number.isFinite(milliseconds) || milliseconds < oldest || milliseconds > newest) return null;
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

/** RFC 3339 UTC of `Mon, 23 Nov 2026 21:02:12 +0000` or of an RFC 3339 time in any zone; null where it is neither, or a zero time. */
export function parseTime(text: string | undefined): string | null {
  if (!text) return null;
  const trimmed = text.trim();
  const match = describeDate.exec(trimmed);
  if (match) {
    const [, day, month, year, hour, minute, second, sign, zoneHour, zoneMinute] = match;
    const index = months.indexOf(month!);
    if (index < 0) return null;
    const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === "-" ? -60_000 : 60_000);
    return instant(Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second)) - offset);
  }
  const iso = rfc3339.exec(trimmed);
  return iso ? instant(Date.parse(`${iso[1]}T${iso[2]}${(iso[3] ?? "").slice(0, 4)}${iso[4]}`)) : null;
}

/** Seconds of `9s`, `2d21h`, `71s ago`; null for `<unknown>` and the like. */
export function parseAge(text: string | undefined): number | null {
  return text ? kubectlAge(text.trim().replace(/ ago$/, "")) : null;
}

/** Age, count and first seen of an event as describe prints it: `9s (x14 over 2m44s)`, `3m`, `2m (x3 over 5m)`. Ages in seconds. */
export function parseEventAge(text: string): { last: number | null; first: number | null; count: number } {
  const match = /^(\S+)(?: \(x(\d{1,9}) over (\S{1,20})\))?/.exec(text.trim());
  if (!match) return { last: null, first: null, count: 1 };
  const last = parseAge(match[1]);
  return { last, first: match[3] ? parseAge(match[3]) : last, count: match[2] ? Number(match[2]) : 1 };
}

/** How far an age may be off: kubectl rounds to the last unit that it prints. Seconds. */
export function agePrecision(text: string): number {
  const unit = /([ydhms])(?: ago)?$/.exec(text.trim())?.[1];
  return unit === "s" ? 1 : unit === "m" ? 60 : unit === "h" ? 3600 : 86_400;
}

export function addSeconds(time: string, seconds: number): string {
  return new Date(Date.parse(time) + Math.round(seconds * 1000)).toISOString().replace(".000Z", "Z");
}
