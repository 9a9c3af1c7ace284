/** Secrets that products print in words: "Generating Redis password: …", "temporary password for root@localhost: …", a key on the line below. */
import { isHarmless } from "./harmless";
import type { KeyMeaning } from "./keys";
import { hasMixture, isKubernetesName, looksRandom } from "./looks";
import { lineEnd, mask, type Scan } from "./scan";
import { readValue } from "./value";

const reach = 140;
/** Words between the key and its value, up to a colon or `is`. */
const announcement =
  /^(?:['"]?(?: {1,2}[\w@%'"./<>-]{1,40}){0,10}(?: {0,2}\([^()\n]{0,80}\))?(?: {0,2}:| is:?| was:?| set to:?| changed to:?| reset to:?| =|=|: is) {1,4}|,? (?:is|was|with|of|as|use|used|using|value|set to|to) {1,2})/;
const speaksOfSomethingElse =
  /\b(?:id|ids|hash|digest|fingerprint|sha\d*|md5|version|trace|request|uid|uuid|type|length|path|file|name|not|failed|invalid|expired|missing|error|port|host|endpoint|url|date|time|rejected|denied)\b/i;
/** A key alone at the end of its sentence: the value stands below, after blank lines or a frame. */
const valueBelow = /^[^\n]{0,80}[:.][ \t]{0,4}\n(?:[ \t*|=-]{0,120}\n){0,3}[ \t|*]{0,20}(\S{8,128})[ \t|*]{0,20}(?:\n|$)/;

/** At the end of a word such as `password` that no separator follows. */
export function sentence(scan: Scan, end: number, meaning: KeyMeaning): void {
  const { text } = scan;
  const after = text.slice(end, lineEnd(text, end, reach));
  const words = announcement.exec(after);
  if (words && !speaksOfSomethingElse.test(words[0])) {
    const value = readValue(text, end + words[0].length);
    const content = value ? text.slice(value.start, value.end) : "";
    if (value && content.length >= 5 && !isHarmless(content) && (meaning.strong ? isMade(content) : looksRandom(content)) && !/^https?:/.test(content)) {
      mask(scan, value.start, value.end, meaning.kind);
      return;
    }
  }
  const next = /^ {1,2}(?=\S)/.exec(after);
  const value = next ? readValue(text, end + next[0].length) : null;
  if (value) {
    const content = text.slice(value.start, value.end);
    if (
      content.length >= 8 &&
      !value.quoted &&
      looksRandom(content) &&
      /\d/.test(content) &&
      !isHarmless(content) &&
      !(meaning.kind === "secret" && isKubernetesName(content))
    ) {
      mask(scan, value.start, value.end, meaning.kind);
      return;
    }
  }
  below(scan, end, meaning);
}

/** At a key whose separator ends the line. */
export function below(scan: Scan, end: number, meaning: KeyMeaning): void {
  const described = /^:[ \t]{0,4}\n-{4}\n([^\n]{1,2048})/.exec(scan.text.slice(end, end + 2060));
  if (described && !isHarmless(described[1]!)) return mask(scan, end + described[0].length - described[1]!.length, end + described[0].length, meaning.kind);
  const found = valueBelow.exec(scan.text.slice(end, end + 420));
  const word = found?.[1];
  if (!word || !isMade(word) || isHarmless(word) || /^[\w.-]+[:=]|^https?:/.test(word)) return;
  const start = end + found[0].lastIndexOf(word);
  mask(scan, start, start + word.length, meaning.kind);
}

function isMade(word: string): boolean {
  return looksRandom(word) || hasMixture(word);
}

const login = /logins?(?: (?:with|as|is|using))?[: ]{1,3}["']?[\w.@-]{1,40}["']? ?[/:] ?["']?([^\s"',;)]{5,64})/iy;

/** "login with admin / x", "default login: admin/x". */
export function loginSentence(scan: Scan, at: number): void {
  login.lastIndex = at;
  const found = login.exec(scan.text);
  if (found && isMade(found[1]!) && !isHarmless(found[1]!) && !/^\d|\//.test(found[1]!))
    mask(scan, login.lastIndex - found[1]!.length, login.lastIndex, "password");
}

/** "Password for the user was reset. New value: x" (Elasticsearch). */
export function newValue(scan: Scan, at: number): void {
  const from = at + "new value: ".length;
  const value = readValue(scan.text, from);
  if (value && /password|token|secret/i.test(scan.text.slice(Math.max(0, at - 160), at)) && isMade(scan.text.slice(value.start, value.end)))
    mask(scan, value.start, value.end, "password");
}
