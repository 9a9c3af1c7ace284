/** Text of a log to lines: container-runtime, compose and terminal decoration off, JSON and logfmt unfolded, line numbers kept. */
import { type Line, levelOf } from "./line";
import { stripPrefixes } from "./prefixes";
import { type Unfolded, unfoldJson, unfoldLogfmt, unfoldMember, unfoldTail, unescape } from "./structured";

const longest = 16_384;
/** Of a long log the beginning and the end are read: the banner stands in the first, the crash in the second. */
const headChars = 96_000;
const tailChars = 900_000;
const mostLines = 40_000;

interface Raw {
  number: number;
  text: string;
  source: string | null;
}

const escapes = /\u001b\[[0-9;?]{0,24}[A-Za-z]|\u001b[()][A-Z0-9]|\ufffd?\[(?:\d{1,2};){0,3}\d{1,2}m/g;
const cri = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})) (?:stdout|stderr) ([FP]) /;
const kubectlPrefix = /^\[(pod\/[\w.-]{1,253}\/[\w.-]{1,63})\] /;
const platform = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{1,9}(?:Z|[+-]\d{2}:\d{2}) ((?:app|heroku)\[[\w.-]{1,40}\]): /;
const compose = /^([A-Za-z0-9][\w.-]{0,63}) {0,40}\| ?/;
const foreman = /^\d{2}:\d{2}:\d{2} ([a-z][\w-]{0,30}(?:\.\d{1,3})?) {0,12}\| /;
const buildkit = /^#\d{1,3} \d{1,6}\.\d{1,3} /;

function split(text: string): Raw[] {
  const lines: Raw[] = [];
  const cutFrom = text.length > headChars + tailChars ? headChars : text.length;
  const resume = text.length > headChars + tailChars ? text.length - tailChars : text.length;
  let number = 0;
  let at = 0;
  while (at <= text.length) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    number++;
    if (at < cutFrom || end > resume) {
      const last = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      if (last > at) lines.push({ number, text: last - at > longest ? shorten(text, at, last) : text.slice(at, last), source: null });
    }
    at = end + 1;
  }
  return lines.length > mostLines ? [...lines.slice(0, 4000), ...lines.slice(lines.length - mostLines + 4000)] : lines;
}
/** Of an endless line the beginning and the end: the message of a JSON line may stand in either. */
function shorten(text: string, from: number, to: number): string {
  return text.slice(from, from + longest - 4096) + text.slice(to - 4096, to);
}

function undecorate(lines: Raw[]): Raw[] {
  const sample = lines.length > 400 ? [...lines.slice(0, 200), ...lines.slice(-200)] : lines;
  const share = (test: (text: string) => boolean): number => sample.filter((l) => test(l.text)).length / Math.max(1, sample.length);
  const boxed = share((t) => t.startsWith("│")) > 0.5;
  const composed = share((t) => compose.test(t) && !/^\d{4}-\d\d-\d\d/.test(t)) > 0.6 || share((t) => /^[\w.-]{0,50}[-_]\d{1,3} {0,40}\|/.test(t)) > 0.3;
  const out: Raw[] = [];
  let partial: Raw | null = null;
  for (const line of lines) {
    let { text, source } = line;
    if (text.startsWith('{"log":"') && text.includes('"stream":"')) {
      const inner = dockerJson(text);
      if (inner !== null) text = inner;
    }
    if (text.includes("\u001b") || text.includes("\ufffd[")) text = text.replace(escapes, "");
    if (boxed && text.startsWith("│")) text = text.replace(/^│ ?/, "").replace(/ {0,400}│?$/, "");
    let found: RegExpExecArray | null;
    if ((found = cri.exec(text))) {
      const body = text.slice(found[0].length);
      if (partial) {
        if (partial.text.length < longest) partial.text += body;
        if (found[2] === "F") partial = null;
        continue;
      }
      text = body;
      if (found[2] === "P") {
        partial = { number: line.number, text, source };
        out.push(partial);
        continue;
      }
    } else partial = null;
    if ((found = kubectlPrefix.exec(text) ?? platform.exec(text) ?? foreman.exec(text))) {
      source = found[1]!;
      text = text.slice(found[0].length);
    } else if (composed && (found = compose.exec(text))) {
      source = found[1]!;
      text = text.slice(found[0].length);
    } else if ((found = buildkit.exec(text))) text = text.slice(found[0].length);
    if (text.includes("<<")) text = text.replace(bytes, decodeBytes);
    if (text.trim()) out.push({ number: line.number, text, source });
  }
  return dropCommonWord(out);
}
/** An Erlang binary or character list that is printable text. */
const bytes = /<<(\d{1,3}(?:,\d{1,3}){7,4000})>>/g;
function decodeBytes(whole: string, list: string): string {
  const codes = list.split(",").map(Number);
  return codes.every((c) => c === 9 || c === 10 || c === 13 || (c >= 32 && c < 256)) ? `"${String.fromCharCode(...codes).replace(/[\n\r\t]+/g, " ")}"` : whole;
}
function dockerJson(text: string): string | null {
  try {
    const parsed = JSON.parse(text) as { log?: unknown };
    return typeof parsed.log === "string" ? parsed.log.replace(/\r?\n$/, "") : null;
  } catch {
    return null;
  }
}
/** `stern` and `k9s` put the container's name before every line, without a mark. */
function dropCommonWord(lines: Raw[]): Raw[] {
  if (lines.length < 5) return lines;
  const word = /^([a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,6})(?: |$)/.exec(lines[0]!.text)?.[1];
  if (!word) return lines;
  for (const line of lines) if (!line.text.startsWith(word) || (line.text.length > word.length && line.text[word.length] !== " ")) return lines;
  return lines.map((l) => ({ ...l, source: l.source ?? word, text: l.text.slice(word.length + 1) })).filter((l) => l.text.trim());
}

const marked = /(?:[\s[(|"=<,/]|^)(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|PANIC)(?:[\s\])|:",>/]|$)/;
function toLines(raw: Raw, out: Line[]): void {
  const indent = raw.text.length - raw.text.trimStart().length;
  const body = raw.text.trimEnd();
  const trimmed = body.trimStart();
  let unfolded: Unfolded | null = null;
  let stripped = trimmed.charCodeAt(0) === 123 ? null : stripPrefixes(body);
  const inner = stripped ? stripped.text : trimmed;
  if (inner.charCodeAt(0) === 123) unfolded = unfoldJson(inner);
  else if (inner.includes("=")) unfolded = unfoldLogfmt(inner);
  if (!unfolded && inner.charCodeAt(inner.length - 1) === 125 && inner.length < 16_000) unfolded = unfoldTail(inner);
  if (!unfolded && indent > 0 && trimmed.charCodeAt(0) === 34) unfolded = unfoldMember(body);
  stripped ??= { text: trimmed, level: null, time: null };
  const time = stripped.time ?? unfolded?.time ?? null;
  if (!unfolded) {
    const text = stripped.text.length < trimmed.length ? stripped.text.trim() : trimmed;
    const level = stripped.level ?? (text.length < trimmed.length || indent === 0 ? wordLevel(body) : null);
    out.push({
      number: raw.number,
      text: text || trimmed,
      shown: text || trimmed,
      level,
      time,
      source: raw.source,
      indent: text.length < trimmed.length ? 0 : indent,
      ...(stripped.session ? { session: true } : {}),
    });
    return;
  }
  const level = unfolded.level ?? stripped.level;
  for (const [index, piece] of unfolded.texts.entries()) {
    const clean = piece.trimEnd();
    const again = index === 0 && !clean.startsWith(" ") ? stripPrefixes(clean) : null;
    const text = again && again.text.length < clean.length && again.time !== null ? again.text : clean;
    out.push({
      number: raw.number,
      text: text.trim().slice(0, longest),
      shown: verbatim(text.trim(), inner),
      level,
      time,
      source: raw.source,
      indent: index === 0 ? 0 : clean.length - clean.trimStart().length,
      ...(index === 0 ? { record: inner } : {}),
    });
  }
}
function wordLevel(text: string): Line["level"] {
  const found = marked.exec(text.slice(0, 120));
  return found ? levelOf(found[1]!) : null;
}
/** The unfolded text where the line holds it as it stands, else the line. */
function verbatim(text: string, whole: string): string {
  if (whole.includes(text) || unescape(whole).includes(text)) return text;
  const colon = text.indexOf(": ");
  const after = colon > 0 ? text.slice(colon + 2) : "";
  return after.length >= 40 && whole.includes(after) ? after : whole;
}

/** True where the time stamps fall: an export with the newest line first. */
function newestFirst(lines: Line[]): boolean {
  let falling = 0;
  let rising = 0;
  let before: string | null = null;
  for (const { time } of lines) {
    if (time === null) continue;
    if (before !== null && time.length === before.length) {
      if (time < before) falling++;
      else if (time > before) rising++;
    }
    before = time;
  }
  return falling >= 4 && falling > rising * 8;
}

/** Lines of a log, oldest first, without blank ones. At most 40,000: the first 4,000 and the last ones. */
export function normalise(text: string): Line[] {
  const lines: Line[] = [];
  for (const raw of undecorate(split(text))) {
    toLines(raw, lines);
    if (lines.length > mostLines * 2) break;
  }
  return newestFirst(lines) ? lines.reverse() : lines;
}
