/** What stands between a key and its value, in every notation. */
import type { KeyMeaning } from "./keys";

/** How far the notation itself says that a value follows: `prose` is a colon and a blank, `list` a neighbour in a printed list. */
export type Separator = "equals" | "colon" | "prose" | "flag" | "element" | "list" | "quote";

const nameAndValue = /["'\\]{0,4}(?:,|;)?\s{0,40}["'\\]{0,4}[vV]alue["'\\]{0,4}\s{0,3}[:=]\s{0,3}/y;
const assignment = /["'`\\]{0,5}[\])]{0,2}[ \t]{0,60}(?:=>(?:\s{1,40}(?=string\())?|:=|===?|%3[dD]|%3[aA]|=|:(?!:|\/\/))[ \t]{0,80}/y;
/** `<password>`, `<wsse:Password Type="…">`, `<entry key="password">`, `<key>password</key><string>`, `name="password"` of a form part. */
const markup = /(?:["'][^<>\n]{0,200}| [^<>\n]{0,200})?>(?=[^<\s])|<\/key>\s{0,40}<string>|["']\r?\n\r?\n/y;
/** PHP's serialize, Erlang's tuples, lists of arguments, YAML lists of arguments. */
const serialized = /\\?";s:\d{1,6}:(?=\\?")/y;
const tuple = /,\s{0,4}(?:<<)?(?=["'])/y;
const element = /["'\\]{1,5},?\s{1,40}(?=["'\\])|["'\\]{1,5},(?=["'\\])|[ \t]{0,4}\n[ \t]{0,40}- /y;

export interface Separated {
  /** Where the value begins. */
  at: number;
  separator: Separator;
  /** The separator itself was percent-encoded, so `%26` ends the value. */
  encoded?: boolean;
}

/** The separator behind the key `start`…`end`, or null where the word stands in a sentence. */
export function separatorAt(text: string, start: number, end: number, meaning: KeyMeaning): Separated | null {
  const isFlag = text[start] === "-";
  const before = text[start - 1];
  if (tests(nameAndValue, text, end)) return { at: nameAndValue.lastIndex, separator: "equals" };
  if ((before === "<" || before === ":" || before === '"' || before === "'" || before === ">") && tests(markup, text, end))
    return { at: markup.lastIndex, separator: "equals" };
  if (tests(assignment, text, end)) {
    const at = assignment.lastIndex;
    const sign = text.slice(end, at);
    if (/%3/.test(sign)) return { at, separator: "equals", encoded: true };
    if (!sign.includes(":") || sign.includes(":=") || sign.includes("=>")) return { at, separator: "equals" };
    return { at, separator: /["'`]/.test(sign) || !/\s$/.test(sign) ? "colon" : "prose" };
  }
  if (before === '"' && tests(serialized, text, end)) return { at: serialized.lastIndex, separator: "equals" };
  if (before === "{" && tests(tuple, text, end)) return { at: tuple.lastIndex, separator: "equals" };
  if ((isFlag || before === '"' || before === "'") && tests(element, text, end)) return { at: element.lastIndex, separator: isFlag ? "element" : "list" };
  const column = meaning.strong ? /^(?:[ \t]{0,40}\| {0,4}|\t{1,4})(?=[^\s|])/.exec(text.slice(end, end + 50)) : null;
  if (column) return { at: end + column[0].length, separator: "list" };
  if (isFlag && text[end] === " ") return { at: end + 1, separator: "flag" };
  if (meaning.kind !== "password") return null;
  const spaced = /^[ \t]{1,8}(?:\(\s{0,2})?\\{0,3}(?=['"])|^\(\s{0,2}(?=['"])/.exec(text.slice(end, end + 14));
  if (spaced) return { at: end + spaced[0].length, separator: "quote" };
  return isSettingWord(text, start, end) && text[end] === " " ? { at: end + 1, separator: "quote" } : null;
}

/** Configuration that needs no sign: redis.conf, nslcd.conf, netrc. */
function isSettingWord(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end);
  if (/^(?:requirepass|masterauth|bindpw|rootpw)$/i.test(word)) return true;
  return word === "password" && /(?:^|\s)login \S{1,64} $/.test(text.slice(Math.max(0, start - 80), start));
}

function tests(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
