/** Keys and their values: environment, configuration, JSON, YAML, XML, logfmt, structs as languages print them, flags, query strings. */
import { isHarmless, isName } from "./harmless";
import { keyMeaning, type KeyMeaning } from "./keys";
import { hasMixture, isPlainWord, looksRandom } from "./looks";
import { lineEnd, lineStart, mask, type Scan } from "./scan";
import { isWordLetter, readValue, type Value } from "./value";

type Separator = "equals" | "colon" | "prose" | "flag" | "element" | "quote";
const isKeyLetter = (letter: string | undefined): boolean => letter !== undefined && (isWordLetter(letter) || letter === "-" || letter === ".");
const nameAndValue = /["'\\]{0,4}(?:,|;)?\s{0,40}["'\\]{0,4}[vV]alue["'\\]{0,4}\s{0,3}[:=]\s{0,3}/y;
const assignment = /["'`\\]{0,5}[\])]{0,2}[ \t]{0,40}(?:=>|:=|===?|%3[dD]|%3[aA]|=|:(?!:|\/\/))[ \t]{0,80}/y;
const nextElement = /["'\\]{1,5},?\s{1,40}(?=["'\\])|["'\\]{1,5},(?=["'\\])|[ \t]{0,4}\n[ \t]{0,40}- /y;

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
  const meaning = keyMeaning(key);
  if (!meaning || meaning.kind === "authorization") return;
  const found = separatorAt(scan.text, start, end, meaning);
  if (!found) return;
  const value = readValue(text, found.at, { query: text[start - 1] === "?" || text[start - 1] === "&", argument: found.separator === "flag" });
  if (value && isSecret(text, start, key, meaning, found.separator, value)) mask(scan, value.start, value.end, meaning.kind);
}

/** `api key` in two words: the word before `key` tells whose it is. */
function withOwner(text: string, start: number, end: number): number {
  if (text[start - 1] !== " " || !/^keys?$/i.test(text.slice(start, end))) return start;
  let owner = start - 1;
  while (owner > start - 20 && owner > 0 && isWordLetter(text[owner - 1]!)) owner--;
  return owner;
}

function separatorAt(text: string, start: number, end: number, meaning: KeyMeaning): { at: number; separator: Separator } | null {
  nameAndValue.lastIndex = end;
  if (nameAndValue.test(text) && !isKeyLetter(text[end])) return { at: nameAndValue.lastIndex, separator: "equals" };
  if (text[start - 1] === "<" && text[end] === ">") return { at: end + 1, separator: "equals" };
  assignment.lastIndex = end;
  if (assignment.test(text)) {
    const at = assignment.lastIndex;
    const sign = text.slice(end, at);
    if (!sign.includes(":") || sign.includes(":=") || sign.includes("=>")) return { at, separator: "equals" };
    const isQuoted = /["'`]/.test(sign);
    return { at, separator: isQuoted || !/\s$/.test(sign) ? "colon" : "prose" };
  }
  if (text[start] === "-") {
    nextElement.lastIndex = end;
    if (nextElement.test(text)) return { at: nextElement.lastIndex, separator: "element" };
    if (text[end] === " ") return { at: end + 1, separator: "flag" };
  }
  if (meaning.kind === "password" && /^ {1,2}\\{0,3}['"]/.test(text.slice(end, end + 8))) return { at: end + text.slice(end).search(/\S/), separator: "quote" };
  return null;
}

function isSecret(text: string, start: number, key: string, meaning: KeyMeaning, separator: Separator, value: Value): boolean {
  const content = text.slice(value.start, value.end);
  if (content.trim() === "" || isHarmless(content) || content === key) return false;
  if (/^[{[|>&!]/.test(content) && !value.quoted && content.length < 4) return false;
  if (meaning.kind !== "password" && /^-?\d{1,7}(?:\.\d+)?[a-z]{0,2}$/.test(content)) return false;
  if (meaning.kind === "secret" && separator !== "equals" && isName(content) && !/client|app|shared|consumer|hmac|jwt|session/i.test(key)) return false;
  if (!meaning.strong) return looksRandom(content) || (separator === "equals" && content.length >= 8 && hasMixture(content));
  if (separator === "flag") return hasMixture(content) || looksRandom(content) || (!content.startsWith("-") && isCommand(text, start));
  if (separator !== "prose" || value.quoted) return true;
  return isSecretInProse(text, start, value, content);
}

function isCommand(text: string, start: number): boolean {
  const before = text.slice(lineStart(text, start), start);
  return /^\s{0,20}[+$#>]|(?:^|\s)--?[a-z]|"|'/.test(before) || /^[\w./-]{2,40} $/.test(before);
}

/** `key: word` may be a setting or a sentence: "token: connection refused" holds no secret. */
function isSecretInProse(text: string, start: number, value: Value, content: string): boolean {
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(value.end, lineEnd(text, value.end, 200));
  if (looksRandom(content)) return true;
  if (/^:\s/.test(after)) return false;
  if (hasMixture(content)) return true;
  const isLast = /^["'.,;)\]}\s]*$/.test(after);
  if (/^[\s>"'-]{0,60}$/.test(before)) return isLast || !/^[\s,;]*[A-Za-z]/.test(after);
  return isLast && !isPlainWordOfError(before) && !isPlainWord(content.slice(0, 1).toUpperCase() + content.slice(1))
    ? true
    : isLast && !isPlainWordOfError(before);
}

function isPlainWordOfError(before: string): boolean {
  return /fail|err|invalid|unable|could ?n.t|cannot|can't|missing|get|fetch|read|pars|load|expired|unknown|not |bad |reject/i.test(before);
}
