/** Keys and their values: environment, configuration, JSON, YAML, XML, logfmt, structs as languages print them, flags, query strings. */
import { isUserAndPassword, decodeBase64 } from "./encoded";
import { isHarmless, isName, isPath } from "./harmless";
import { keyMeaning, type KeyMeaning } from "./keys";
import { hasMixture, looksRandom } from "./looks";
import { lineEnd, lineStart, mask, type Scan } from "./scan";
import { below, sentence } from "./sentences";
import { separatorAt, type Separator } from "./separators";
import { isWordLetter, readValue, type Value } from "./value";

const isKeyLetter = (letter: string | undefined): boolean => letter !== undefined && (isWordLetter(letter) || letter === "-" || letter === ".");

/** Looks at the key that holds the word at `at`. */
export function pair(scan: Scan, at: number): void {
  if (at < scan.keyEnd) return;
  const { text } = scan;
  let start = at;
  while (start > at - 80 && start > 0 && isKeyLetter(text[start - 1])) start--;
  let end = at;
  while (end < at + 100 && isKeyLetter(text[end])) end++;
  scan.keyEnd = end;
  if (start < scan.covered && end <= scan.covered) return;
  const key = text.slice(withOwner(text, start, end), end);
  const isQuery = text[start - 1] === "?" || text[start - 1] === "&";
  const meaning =
    keyMeaning(key) ??
    bareKey(text, end, key) ??
    (isQuery && /^(?:key|appid|code|code_verifier|assertion|ticket)$/i.test(key) ? { kind: "key" as const, strong: false } : null);
  if (!meaning || meaning.kind === "authorization" || isNamed(text, start)) return;
  const found = separatorAt(text, start, end, meaning);
  if (!found) return sentence(scan, end, meaning);
  if (found.separator !== "equals" && isBlock(text, found.at)) return block(scan, start, found.at, meaning);
  if (/[\r\n]/.test(text[found.at] ?? "\n") && found.separator !== "equals") return below(scan, end, meaning);
  const value = readValue(text, found.at, {
    query: text[start - 1] === "?" || text[start - 1] === "&",
    argument: found.separator === "flag",
    encoded: found.encoded,
  });
  if (!value) return;
  const range = secretRange(text, start, key, meaning, found.separator, value);
  if (range) mask(scan, range.start, range.end, meaning.kind);
  else if (found.separator === "prose" && meaning.kind !== "cookie") sentence(scan, end, meaning);
}

/** `key=` alone says little: only what no name or digest looks like counts. */
function bareKey(text: string, end: number, key: string): KeyMeaning | null {
  if (key !== "key" && key !== "KEY") return null;
  const value = /^= ?["']?([A-Za-z0-9_+/=-]{20,512})(?![\w:.])/.exec(text.slice(end, end + 520))?.[1];
  return value && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && looksRandom(value) ? { kind: "key", strong: false } : null;
}

/** `api key` in two words: the word before `key` tells whose it is. */
function withOwner(text: string, start: number, end: number): number {
  if (text[start - 1] !== " " || !/^keys?$/i.test(text.slice(start, end))) return start;
  let owner = start - 1;
  while (owner > start - 20 && owner > 0 && isWordLetter(text[owner - 1]!)) owner--;
  return owner;
}

/** `checksum/secret` is a digest, `arn:aws:secretsmanager:…:secret:` a name, `/etc/passwd` a file, `«token:…»` our own. */
function isNamed(text: string, start: number): boolean {
  if (text[start - 1] === "«") return true;
  const before = text.slice(Math.max(0, start - 100), start);
  return (
    /(?:checksum|hash|digest|sha256)[/._-]$|:\d{12}:$/i.test(before) ||
    (before.endsWith("/") && /(?:^|[\s"'`=:(])(?:\.{1,2}|~)?(?:\/[\w.@~-]{1,80}){0,12}\/$/.test(before) && !before.endsWith("//"))
  );
}

/** A YAML block scalar holds the secret on the lines below. */
function isBlock(text: string, at: number): boolean {
  return /^[|>][+-]?\d?[ \t]{0,4}\r?\n/.test(text.slice(at, at + 12));
}

function block(scan: Scan, key: number, at: number, meaning: KeyMeaning): void {
  const { text } = scan;
  const indent = text.slice(lineStart(text, key, 4096), key + 1).search(/\S/);
  let line = lineEnd(text, at) + 1;
  for (let lines = 0; lines < 100 && line < text.length; lines++) {
    const end = lineEnd(text, line);
    const content = text.slice(line, end);
    const column = content.search(/\S/);
    if (column >= 0 && column <= indent) return;
    if (column >= 0 && !isHarmless(content.trim())) mask(scan, line + column, line + content.trimEnd().length, meaning.kind);
    line = end + 1;
  }
}

function secretRange(text: string, start: number, key: string, meaning: KeyMeaning, separator: Separator, value: Value): { start: number; end: number } | null {
  const content = text.slice(value.start, value.end);
  if (content.trim() === "" || isHarmless(content) || content === key) return null;
  if (!value.quoted && (/^(?:\{["'\\}]|\{\w{1,60}:|\[["'{\]\\])/.test(content) || (/^[{[|>&!]/.test(content) && content.length < 4))) return null;
  if (meaning.kind !== "password" && /^-?\d{1,7}(?:\.\d+)?[a-z%]{0,2}$/.test(content)) return null;
  if (meaning.kind === "secret" && separator !== "equals" && isName(content) && !/client|app|shared|consumer|hmac|jwt|session/i.test(key)) return null;
  if (/^[a-z][a-z0-9+]{1,20}:\/\//.test(content) && content.includes("@")) return null;
  // The header's own detector masked each cookie and left the attributes.
  if (meaning.kind === "cookie" && /^[\w.-]{1,80}(?:=|%3D)./i.test(content)) return null;
  const credentials = /^([\w.@+-]{1,64}[:/])([^\s/:]{4,})$/.exec(content);
  if (!meaning.strong && credentials && !isPath(content) && (/auth$/i.test(key) ? separator === "equals" : hasMixture(credentials[2]!)))
    return { start: value.start + credentials[1]!.length, end: value.end };
  if (
    !meaning.strong &&
    /auth$/i.test(key) &&
    /^[A-Za-z0-9+/]{8,}={0,2}$/.test(content) &&
    isUserAndPassword(decodeBase64(content, 0, content.replace(/=+$/, "").length))
  )
    return value;
  if (meaning.kind === "token" && /-token-[a-z0-9]{5}$/.test(content)) return null;
  if (!meaning.strong) return looksRandom(content) || (separator === "equals" && content.length >= 8 && hasMixture(content)) ? value : null;
  if (separator === "flag") return hasMixture(content) || looksRandom(content) || (!content.startsWith("-") && isCommand(text, start)) ? value : null;
  if (separator === "list" && /^\d{4}-\d\d|^\d+(?:\.\d+)*$|^v\d/.test(content)) return null;
  if (separator === "list") return hasMixture(content) || looksRandom(content) ? value : null;
  if (separator !== "prose" || value.quoted) return value;
  return inProse(text, start, key, value, content);
}

function isCommand(text: string, start: number): boolean {
  const before = text.slice(lineStart(text, start), start);
  return /^\s{0,20}[+$#>]|(?:^|\s)--?[a-z]|"|'/.test(before) || /^[\w./-]{2,40} $/.test(before);
}

/** `key: word` may be a setting or a sentence: "token: connection refused" holds no secret. */
function inProse(text: string, start: number, key: string, value: Value, content: string): { start: number; end: number } | null {
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(value.end, lineEnd(text, value.end, 300));
  const isSetting = /^[\s>"'-]{0,60}$|\| {0,4}$/.test(before) && /[_.-]|^[A-Z]+$|^[a-z]+$/.test(key);
  if (looksRandom(content)) return value;
  if (/^:\s/.test(after)) return null;
  if (hasMixture(content)) return value;
  if (/^\d{1,7}$/.test(content) && /^ bytes\b/.test(after)) return null;
  const isLast = /^["'.,;)\]}\s]*$/.test(after);
  if (isSetting && isLast) return value;
  if (isSetting && /^(?: [^\s:=]{1,40}){1,12}\s*$/.test(after) && !soundsLikeSentence(content + after))
    return { start: value.start, end: value.end + after.trimEnd().length };
  return isLast && !speaksOfError(before) ? value : null;
}

function soundsLikeSentence(words: string): boolean {
  return /\b(?:is|was|are|not|no|must|should|cannot|be|has|have|to|for|the|of|in|from|required|invalid|missing|failed|error|found|set|with|by)\b/i.test(words);
}

function speaksOfError(before: string): boolean {
  return /fail|err|invalid|unable|could ?n.t|cannot|can't|missing|get|fetch|read|pars|load|expired|unknown|not |bad |reject|unexpected|near |syntax/i.test(
    before,
  );
}
