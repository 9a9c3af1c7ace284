/** Values of flags. */
import { CommandError } from "./failure";

export const formats = ["text", "wide", "json", "yaml", "markdown"] as const;
export type Format = (typeof formats)[number];

export function parseFormat(value: string): Format {
  const format = value === "md" ? "markdown" : value;
  if ((formats as readonly string[]).includes(format)) return format as Format;
  throw new CommandError("flag-invalid", { flag: "--output", value, expected: `one of: ${formats.join(", ")}` });
}

const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 };

/** Seconds of `90s`, `5m`, `1h30m`, `2d`, or a bare number of seconds, as kubectl takes them. */
export function parseSeconds(flag: string): (value: string) => number {
  return (value) => {
    if (/^\d{1,9}(\.\d{1,9})?$/.test(value)) return Number(value);
    if (/^(\d{1,9}(\.\d{1,9})?(ms|s|m|h|d))+$/.test(value))
      return [...value.matchAll(/([\d.]+)([a-z]+)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0);
    throw new CommandError("flag-invalid", { flag, value, expected: "a time like 30s, 5m, 1h30m or 2d" });
  };
}

export function parseExitCode(value: string): number {
  if (/^\d{1,3}$/.test(value) && Number(value) <= 255) return Number(value);
  throw new CommandError("flag-invalid", { flag: "--exit-code", value, expected: "a number from 0 to 255" });
}
