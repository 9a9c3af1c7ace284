/** Time between two RFC 3339 instants, and the Go durations that Kubernetes prints. */

/** Seconds from `from` to `to`; null where one is missing. */
export function secondsBetween(from: string | null | undefined, to: string | null | undefined): number | null {
  if (!from || !to) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}

export function plusSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + Math.round(seconds * 1000)).toISOString().replace(".000Z", "Z");
}

/** Seconds of a Go duration (`2m40s`, `1h0m5s`, `300ms`); null where it is none. Source: Go time.Duration.String. */
export function goDuration(text: string): number | null {
  const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,6}(?:\.\d{1,9})?)(ms|s))?$/.exec(text);
  if (!match || text === "") return null;
  return Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) * (match[4] === "ms" ? 0.001 : 1);
}

/** Seconds of an age as kubectl prints it (`5d3h`, `71s`, `3h12m`, `2y40d`); null where it is none. Source: apimachinery duration.HumanDuration. */
export function kubectlAge(text: string): number | null {
  const unit: Record<string, number> = { y: 31_536_000, d: 86_400, h: 3600, m: 60, s: 1 };
  if (!/^(?:\d{1,6}[ydhms]){1,3}$/.test(text)) return null;
  return [...text.matchAll(/(\d+)([ydhms])/g)].reduce((sum, [, count, letter]) => sum + Number(count) * unit[letter!]!, 0);
}

/** ISO 8601 duration, as the Report carries it. */
export function isoDuration(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10;
  const days = Math.floor(rounded / 86_400);
  const hours = Math.floor((rounded % 86_400) / 3600);
  const minutes = Math.floor((rounded % 3600) / 60);
  const rest = Math.round((rounded % 60) * 10) / 10;
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${rest ? `${rest}S` : ""}`;
  return `P${days ? `${days}D` : ""}${time ? `T${time}` : days ? "" : "T0S"}`;
}

/** `2 m 40 s`, `3 h`, `9 days`: for a person. */
export function humanDuration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 1) return `${Math.round(seconds * 10) / 10} s`;
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 && s < 600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.round(s / 60)} min`;
  if (s < 172_800) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86_400)} days`;
}
