/** Statements of databases and brokers that set or send a password. */
import { isHarmless } from "./harmless";
import { hasMixture, isPlainWord } from "./looks";
import { mask, type Scan } from "./scan";
import { readValue } from "./value";

const identified = /identified(?:\s{1,4}with\s{1,4}['"`]?\w{1,40}['"`]?)?\s{1,4}(?:by|as)\s{1,4}(?:password\s{1,4}|values\s{1,4})?/iy;
const setPassword = /set\s{1,4}password(?:\s{1,4}for\s{1,4}[^\s=]{1,80})?\s{0,4}(?:=|to)\s{0,4}(?:password\s{0,2}\(\s{0,2})?/iy;
const redisAuth = /(?:AUTH|auth)(?:['"\\]{1,3},?)?[ \t]{1,4}/y;

/** `IDENTIFIED BY 'x'` (MySQL, Oracle). */
export function identifiedBy(scan: Scan, at: number): void {
  if (/\b(?:user|grant|role|login|to)\b|@/i.test(scan.text.slice(Math.max(0, at - 200), at))) maskAfter(scan, at, identified);
}

/** `SET PASSWORD FOR u = 'x'`. */
export function setPasswordFor(scan: Scan, at: number): void {
  maskAfter(scan, at, setPassword);
}

function maskAfter(scan: Scan, at: number, pattern: RegExp): void {
  pattern.lastIndex = at;
  if (!pattern.test(scan.text)) return;
  const value = readValue(scan.text, pattern.lastIndex);
  if (value && !isHarmless(scan.text.slice(value.start, value.end))) mask(scan, value.start, value.end, "password");
}

/** `AUTH x`, `AUTH user x` (Redis protocol), `AUTH PLAIN base64` (RFC 4954). Words of a sentence after it are no password. */
export function authCommand(scan: Scan, at: number): void {
  const { text } = scan;
  if (at < scan.covered || /\w/.test(text[at - 1] ?? " ")) return;
  redisAuth.lastIndex = at;
  if (!redisAuth.test(text)) return;
  const first = readValue(text, redisAuth.lastIndex, { argument: true });
  if (!first) return;
  const gap = /^["'\\]{0,3},? {1,4}/.exec(text.slice(first.end, first.end + 8));
  const second = gap ? readValue(text, first.end + gap[0].length, { argument: true }) : null;
  const before = text
    .slice(Math.max(0, at - 60), at)
    .split("\n")
    .at(-1)!;
  const isCommand = /redis|valkey|["'[]$/i.test(before) || (text.startsWith("AUTH", at) && /^\s*$|[>+$] $/.test(before));
  if (!isCommand && text.startsWith("auth", at)) return;
  for (const value of second ? [second, first] : [first]) {
    const content = text.slice(value.start, value.end);
    if (
      isHarmless(content) ||
      /^(?:PLAIN|LOGIN|CRAM-MD5|XOAUTH2|default|command|called|without|failed|errors?|required|sufficient|requisite|include|optional|command)$/i.test(content)
    )
      continue;
    if (hasMixture(content) || (isCommand && !(isPlainWord(content) && second && value === first) && !/[A-Z]/.test(content)))
      return mask(scan, value.start, value.end, "password");
  }
}

/** `ACL SETUSER app on >x` and the same line of users.acl: what follows `>` is the password. */
export function accessList(scan: Scan, at: number): void {
  const found = /^(?:setuser \S{1,64} |on )(?:[^\s>]{1,40} ){0,6}>(\S{3,256})/i.exec(scan.text.slice(at, at + 400));
  if (!found || !(hasMixture(found[1]!) || /^setuser/i.test(found[0]))) return;
  mask(scan, at + found[0].length - found[1]!.length, at + found[0].length, "password");
}
