/** JSON and logfmt lines: what was said, how bad it is, and the error inside. */
import { type Level, levelOf, levelOfNumber } from "./line";

export interface Unfolded {
  level: Level | null;
  time: string | null;
  /** The message with its error first, then the lines of the stack. */
  texts: string[];
}

const messageKeys = ["msg", "message", "@m", "RenderedMessage", "@mt", "MessageTemplate", "event", "log", "text", "MESSAGE", "short_message", "body"];
const errorKeys = [
  "error",
  "err",
  "error.message",
  "exception.message",
  "errorMessage",
  "reason",
  "cause",
  "errmsg",
  "lastError",
  "err.message",
  "detail",
  "errorVerbose",
];
const stackKeys = [
  "exception",
  "Exception",
  "@x",
  "stack_trace",
  "stackTrace",
  "stack",
  "stacktrace",
  "error.stack_trace",
  "exc_info",
  "traceback",
  "thrown",
  "errorStack",
  "err.stack",
  "full_message",
];
const levelKeys = ["level", "lvl", "severity", "Level", "@l", "log.level", "levelname", "s", "LogLevel", "loglevel", "log_level", "severity_text"];
const timeKeys = ["time", "ts", "timestamp", "@timestamp", "Timestamp", "@t", "t", "datetime"];
const quiet = new Set([...messageKeys, ...levelKeys, ...timeKeys, "logger", "caller", "pid", "hostname", "thread", "name", "v", "c", "id", "ctx", "tags", "source", "process", "ecs.version", "SourceContext", "user_agent", "request_id"]); // prettier-ignore

type Fields = Record<string, unknown>;
function textOf(value: unknown, depth = 0): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || typeof value !== "object" || depth > 3) return "";
  if (Array.isArray(value)) return value.slice(0, 20).map((v) => textOf(v, depth + 1)).filter(Boolean).join("\n"); // prettier-ignore
  const of = value as Fields;
  if (typeof of.exc_type === "string") return tracebackOf(of);
  const type = textOf(of.type ?? of.name ?? of.class ?? of.exception_class, 9);
  const message = textOf(of.message ?? of.msg ?? of.exception_message ?? of.errmsg, depth + 1);
  const stack = textOf(of.stack ?? of.stack_trace ?? of.stacktrace ?? of.trace, depth + 1);
  if (message || stack)
    return stack
      ? stack.includes(message.slice(0, 80))
        ? stack
        : `${type ? `${type}: ` : ""}${message}\n${stack}`
      : `${type ? `${type}: ` : ""}${message}${rest(of, depth)}`;
  return Object.entries(of).slice(0, 30).map(([k, v]) => [k, textOf(v, depth + 1)] as const).filter(([, v]) => v).map(([k, v]) => `${k}=${v}`).join(" "); // prettier-ignore
}
/** structlog's `dict_tracebacks`: type, value and frames of one exception. */
function tracebackOf(of: Fields): string {
  const frames = Array.isArray(of.frames) ? (of.frames as Fields[]).slice(0, 40) : [];
  const lines = frames.map((f) => `  File "${String(f.filename)}", line ${String(f.lineno)}, in ${String(f.name)}`);
  return ["Traceback (most recent call last):", ...lines, `${String(of.exc_type)}: ${textOf(of.exc_value, 2)}`].join("\n");
}
function rest(of: Fields, depth: number): string {
  const kept = Object.entries(of).filter(([k, v]) => !["type", "name", "message", "stack"].includes(k) && (typeof v === "string" || typeof v === "number"));
  return depth > 1 ? "" : kept.slice(0, 12).map(([k, v]) => ` ${k}=${String(v)}`).join(""); // prettier-ignore
}
function pick(fields: Fields, keys: string[]): unknown {
  for (const key of keys) {
    const value = fields[key];
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}
function dotted(fields: Fields): Fields {
  const flat: Fields = { ...fields };
  for (const outer of ["log", "error", "exception", "err"])
    if (fields[outer] && typeof fields[outer] === "object" && !Array.isArray(fields[outer]))
      for (const [k, v] of Object.entries(fields[outer] as Fields)) flat[`${outer}.${k}`] ??= v;
  // MongoDB keeps what a message is about apart from it.
  if (fields.attr && typeof fields.attr === "object") flat.error ??= (fields.attr as Fields).error;
  return flat;
}
function levelFrom(value: unknown): Level | null {
  if (typeof value === "number") return levelOfNumber(value);
  if (typeof value !== "string") return null;
  const single: Record<string, Level> = { F: "fatal", E: "error", W: "warn", I: "info", D: "debug", D1: "debug", D2: "debug" };
  return single[value] ?? levelOf(value) ?? (/^\d\d$/.test(value) ? levelOfNumber(Number(value)) : null);
}
/** A comparable time: digits of an ISO stamp, or epoch seconds or milliseconds as fifteen digits. */
function timeFrom(value: unknown): string | null {
  if (value && typeof value === "object") return timeFrom((value as Fields).$date);
  const found = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?/.exec(typeof value === "string" ? value : "");
  if (found) return found.slice(1, 7).join("") + (found[7] ?? "").padEnd(9, "0");
  return null;
}

/** Fields of a JSON log record; null where the object is no log record. */
export function unfoldFields(given: Fields): Unfolded | null {
  const wrapped = given.record as Fields | undefined;
  // CloudNativePG wraps what PostgreSQL says: `record: { error_severity, message }`. A client's session ends alone.
  if (wrapped && typeof wrapped === "object" && typeof wrapped.error_severity === "string" && !wrapped.connection_from)
    return unfoldFields({ msg: wrapped.message, detail: wrapped.detail, level: wrapped.error_severity, ts: given.ts });
  const fields = dotted(given);
  const message = textOf(typeof given.log === "object" ? pick(fields, messageKeys.filter((k) => k !== "log")) : pick(fields, messageKeys)); // prettier-ignore
  const level = levelFrom(pick(fields, levelKeys.filter((k) => k !== "s" || fields.c !== undefined))); // prettier-ignore
  const error = textOf(pick(fields, errorKeys));
  const stack = textOf(pick(fields, stackKeys));
  if (!message && !error && !stack) return null;
  const texts: string[] = [];
  const [errorFirst = "", ...errorLines] = error.split("\n");
  const head = message.split("\n");
  const said = errorFirst && !head[0]!.includes(errorFirst) ? (head[0] ? `${head[0]}: ${errorFirst}` : errorFirst) : head[0]!;
  const bad = level === "fatal" || level === "error" || level === "warn" || level === null;
  const others = bad
    ? Object.entries(given)
        .filter(([k]) => !quiet.has(k) && !errorKeys.includes(k) && !stackKeys.includes(k))
        .slice(0, 20)
        .map(([k, v]) => [k, textOf(v, 1).replaceAll("\n", " ").slice(0, 600)] as const)
        .filter(([, v]) => v && !said.includes(v.replace(/^error=/, "")))
        .map(([k, v]) => `${k}=${v}`)
        .join(" ")
    : "";
  texts.push(others && said ? `${said} ${others}` : said || others, ...head.slice(1), ...errorLines);
  if (stack && !(errorLines.length > 0 && error.includes(stack.slice(-60)))) texts.push(...stack.split("\n"));
  return { level, time: timeFrom(pick(fields, timeKeys)), texts: texts.filter((t) => t.trim()).slice(0, 200) };
}
/** One line of JSON as pino, zap, Serilog, log4j, structlog, ECS or MongoDB write it. */
export function unfoldJson(text: string): Unfolded | null {
  if (text.charCodeAt(0) !== 123 || text.charCodeAt(text.length - 1) !== 125 || text.length > 16_384) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed && typeof parsed === "object" && !Array.isArray(parsed) ? unfoldFields(parsed as Fields) : null;
  } catch {
    return null;
  }
}

/** Undoes one layer of backslash escapes. */
export function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, c: string) =>
    c === "n" ? "\n" : c === "t" ? "\t" : c === "r" ? "" : c.length === 5 ? String.fromCharCode(Number.parseInt(c.slice(1), 16)) : c,
  );
}
const pair = /(?:^|[\s,])"?([A-Za-z_@][\w.@-]{0,40})"?[=]("(?:[^"\\]|\\.){0,8000}"|\S{0,2000})/g;
/** `level=error msg="…" err="…"`, also klog's `"msg"="…" "error"="…"` and `"message" err="…"`. null where it is none of these. */
export function unfoldLogfmt(text: string): Unfolded | null {
  if (!/(?:^|\s)"?(?:level|lvl|msg|err|error|severity)"?=/.test(text)) return null;
  const fields: Fields = {};
  let start = -1;
  let covered = 0;
  for (const found of text.matchAll(pair)) {
    if (start < 0) start = found.index;
    covered += found[0].length;
    const value = found[2]!;
    fields[found[1]!] ??= value.startsWith('"') && value.endsWith('"') && value.length > 1 ? unescape(value.slice(1, -1)) : value;
  }
  // `error=words without quotes` is prose.
  if (start >= 0 && covered < (text.length - start) * 0.75) return null;
  if (fields.msg === undefined && fields.message === undefined && start > 0) {
    const before = text.slice(0, start).trim();
    if (before && (fields.err !== undefined || fields.error !== undefined)) fields.msg = before.replace(/^"|"$/g, "");
  }
  if (fields.msg === undefined && fields.message === undefined && fields.err === undefined && fields.error === undefined) return null;
  return unfoldFields(fields);
}
const tailFields = /^(.{1,4000}?)[ \t]+(\{["“].{1,12000}\})$/;
/** zap's console form and the like: `message  {"error": "…"}`. */
export function unfoldTail(text: string): Unfolded | null {
  if (text.charCodeAt(text.length - 1) !== 125) return null;
  const found = tailFields.exec(text);
  if (!found) return null;
  try {
    const fields = JSON.parse(found[2]!.replace(/[“”]/g, '"')) as Fields;
    const message = found[1]!.replaceAll("\t", " ");
    const inner = [fields.message, fields.msg].find((v) => typeof v === "string" && v !== "");
    return unfoldFields(inner === undefined || fields.error !== undefined ? { ...fields, msg: message } : { ...fields, msg: message, error: inner });
  } catch {
    return null;
  }
}
const member = /^\s*"([\w@.]{1,30})":\s*"((?:[^"\\]|\\.){0,12000})",?$/;
/** A member of a JSON record that was printed over several lines: only what is said counts. */
export function unfoldMember(text: string): Unfolded | null {
  const found = member.exec(text);
  if (!found) return null;
  const key = found[1]!;
  if (!stackKeys.includes(key) && key !== "RenderedMessage" && key !== "MessageTemplate") return null;
  return { level: stackKeys.includes(key) ? "error" : null, time: null, texts: unescape(found[2]!).split("\n").filter((t) => t.trim()) }; // prettier-ignore
}
