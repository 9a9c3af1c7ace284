/** A line of a log after normalising, and the words that say how bad it is. */

export type Level = "fatal" | "error" | "warn" | "info" | "debug";

export interface Line {
  /** 1-based in the log as given. Several lines share one number where a JSON line was unfolded. */
  number: number;
  /** Without container-runtime, time stamp, level and logger prefixes; JSON and logfmt unfolded. Never blank. */
  text: string;
  /** What a reader is shown: a verbatim part of the line as given. */
  shown: string;
  level: Level | null;
  /** Comparable time stamp (digits only), where the line had one that sorts. */
  time: string | null;
  /** Compose service, pod or process that wrote the line, where several write into one log. */
  source: string | null;
  /** The JSON or logfmt record as written, on the first line that was unfolded from it. */
  record?: string;
  /** Written by a server about the session of one client. */
  session?: boolean;
  /** Blanks before the text. */
  indent: number;
}

const words: Record<string, Level> = {
  trace: "debug", trce: "debug", debug: "debug", dbug: "debug", dbg: "debug", fine: "debug", finer: "debug", finest: "debug", verbose: "debug",
  info: "info", inf: "info", information: "info", notice: "info", note: "info", log: "info", system: "info", config: "info", hint: "info", detail: "info",
  warn: "warn", warning: "warn", wrn: "warn",
  error: "error", err: "error", erro: "error", eror: "error", fail: "error", severe: "error", sever: "error",
  fatal: "fatal", ftl: "fatal", fata: "fatal", critical: "fatal", crit: "fatal", panic: "fatal", emerg: "fatal", emergency: "fatal", alert: "fatal", dpanic: "fatal",
}; // prettier-ignore
/** Level of a word as logging libraries write it, in any case; null for any other word. */
export function levelOf(word: string): Level | null {
  return Object.hasOwn(words, word.toLowerCase()) ? words[word.toLowerCase()]! : null;
}
/** pino and bunyan number levels 10 to 60, in steps of ten from trace to fatal. */
export function levelOfNumber(value: number): Level | null {
  if (!(value >= 10)) return null;
  return value >= 60 ? "fatal" : value >= 50 ? "error" : value >= 40 ? "warn" : value >= 30 ? "info" : "debug";
}
export function isBad(level: Level | null): boolean {
  return level === "fatal" || level === "error";
}
export function isCalm(level: Level | null): boolean {
  return level === "info" || level === "debug";
}
