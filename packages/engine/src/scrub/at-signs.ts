/** `user:password@host` without a scheme: DSNs of Go and Oracle drivers, arguments, echoes. */
import { isHarmless } from "./harmless";
import { hasMixture, looksRandom } from "./looks";
import type { Scan } from "./scan";
import { maskPassword } from "./url";

const longestWord = 1024;
const hostAndPort =
  /^(?:(?:tcp|tcp6|unix|udp)?\(|\/\/[\w.-]{1,253}|[A-Za-z0-9][\w.-]{0,252}:\d{2,5}\b|\[[0-9a-f:]{2,45}\]|\d{1,3}(?:\.\d{1,3}){3}\b|localhost\b)/;
const hostAlone = /^[A-Za-z][\w-]{0,62}(?:\.[\w-]{1,62}){0,8}(?=[/\s"'`,;)\]}]|$)/;
const digest = /^(?:sha\d{3}|md5|blake2\w*):/;

/** Each word that holds `@` is looked at once. */
export function atSigns(scan: Scan): void {
  const { text } = scan;
  let done = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", Math.max(at + 1, done))) {
    const floor = Math.max(done, at - longestWord);
    let start = at;
    while (start > floor && text[start - 1]! > " ") start--;
    let end = at;
    while (end < text.length && end < at + longestWord && text[end]! > " ") end++;
    done = end;
    lookAtWord(scan, start, end);
  }
}

function lookAtWord(scan: Scan, start: number, end: number): void {
  const word = scan.text.slice(start, end);
  const sign = signBeforeHost(word);
  const scheme = word.indexOf("://");
  if (sign <= 0 || (scheme >= 0 && scheme < sign)) return;
  const begin = Math.max(...['"', "'", "`", "=", "(", "[", "{", ">", ","].map((opener) => beginAfter(word, opener, sign)));
  const info = word.slice(begin, sign);
  const found = /^(jdbc:oracle:(?:thin|oci):[\w.$]{0,64})(\/)(.{1,512})$/.exec(info) ?? /^([\w.$+\\-]{0,64})([:/])(.{1,512})$/.exec(info);
  if (!found && /^(?:tcp6?|unix)\(/.test(word.slice(sign + 1)) && begin > 0 && !info.includes(":")) return maskPassword(scan, start + begin, info);
  if (!found || /^(?:git|npm|file|mailto|sip|xmpp|acct|node|service|docker|oci)$/i.test(found[1]!)) return;
  const password = found[3]!;
  const isDsn = hostAndPort.test(word.slice(sign + 1, sign + 300));
  if (found[2] === "/" && (!isDsn || password.includes("/"))) return;
  if (isHarmless(password) || /^\d{1,5}$/.test(password) || password.startsWith("//")) return;
  if (isDsn ? password.length >= 3 : password.length >= 6 && (hasMixture(password) || looksRandom(password)))
    maskPassword(scan, start + begin + info.length - password.length, password);
}

/** The last `@` that a host follows. */
function signBeforeHost(word: string): number {
  for (let sign = word.lastIndexOf("@"), tries = 0; sign > 0 && tries < 8; sign = word.lastIndexOf("@", sign - 1), tries++) {
    const after = word.slice(sign + 1, sign + 300);
    if (!digest.test(after) && (hostAndPort.test(after) || hostAlone.test(after))) return sign;
  }
  return -1;
}

/** The user begins after the first opener that leaves a `user:` behind it. */
function beginAfter(word: string, opener: string, sign: number): number {
  const at = word.indexOf(opener);
  if (at < 0 || at >= sign) return 0;
  const colon = word.search(/[\w.$-]:[^/]/);
  return colon >= 0 && at > colon ? 0 : Math.max(0, word.lastIndexOf(opener, colon < 0 ? sign : colon) + opener.length);
}
