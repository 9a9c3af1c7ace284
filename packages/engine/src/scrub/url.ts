/** User info of URLs, also where its characters are not escaped and every parser reads it differently. */
import { isHarmless } from "./harmless";
import { looksRandom } from "./looks";
import { mask, remember, type Scan } from "./scan";
import { isWordLetter } from "./value";

const longest = 2048;
/** Schemes of brokers and databases: what stands between the colon and the host is a password, whatever it contains. */
const stores =
  /^(?:postgres|postgresql|pgsql|mysql|mariadb|mongodb|redis|rediss|valkey|amqp|amqps|mssql|sqlserver|clickhouse|cockroachdb|oracle|db2|couchdb|couchbase|neo4j|bolt|nats|kafka|pulsar|mqtt|mqtts|stomp|ldap|ldaps|smtp|smtps|imap|ftp|sftp|ecto|cassandra|scylla|elasticsearch|memcached|influxdb|rabbitmq|libsql|tds|vertica|snowflake|trino|hive2)(?:\+[a-z0-9_]{1,20})?$/;
const hostAfter = /^(?:\[[0-9a-fA-F:.%]{2,45}\]|[A-Za-z0-9$_][\w.$(){}-]{0,252})(?::\d{1,5})?(?=[/?#,;:)\]}"'`\\\s]|$)/;
const tcpHost = /^(?:tcp|unix|udp|tcp6)?\(/;

/** At `://`: masks the password. */
export function urlUserInfo(scan: Scan, at: number): void {
  const { text } = scan;
  let schemeStart = at;
  while (schemeStart > at - 32 && schemeStart > 0 && /[A-Za-z0-9+.-]/.test(text[schemeStart - 1]!)) schemeStart--;
  const scheme = text.slice(schemeStart, at).toLowerCase();
  const from = at + 3;
  if (at < scan.urlEnd && ++scan.urlsInside > 6) return;
  const isStore = stores.test(scheme);
  const end = restEnd(text, schemeStart, from);
  const rest = text.slice(from, isStore && text[end] === " " ? beyondBlank(text, from, end) : end);
  const sign = atSign(rest, isStore);
  if (sign >= 0) return maskUserInfo(scan, from, rest.slice(0, sign), isStore);
  if (isStore) maskWithoutSign(scan, from, rest);
}

/** A URL ends at a blank or at the quote that opened it; quotes inside a word belong to it. */
function restEnd(text: string, schemeStart: number, from: number): number {
  const opener = text[schemeStart - 1] ?? "";
  const isQuoted = opener === '"' || opener === "'" || opener === "`";
  const limit = Math.min(text.length, from + longest);
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || (code === 62 && opener === "<")) return i;
    if (code === 92 && /["'nrt]/.test(text[i + 1] ?? "")) return i;
    if (code === 34 || code === 39 || code === 96) {
      if (isQuoted ? text[i] === opener : !isWordLetter(text[i + 1] ?? " ")) return i;
    }
  }
  return limit;
}

/** A password with a blank in it: `user:` before it, `@host:` or `@host/` soon after. */
function beyondBlank(text: string, from: number, blank: number): number {
  const before = text.slice(from, blank);
  if (before.includes("@") || !/^[^:/]{0,64}:(?!\d{1,5}(?:[/?,]|$))/.test(before)) return blank;
  const after = /^ [^\n"'`@]{0,64}@[\w.-]{1,253}[:/][^\s"'`]{0,200}/.exec(text.slice(blank, blank + 520));
  return after ? blank + after[0].length : blank;
}

/** Where the user info ends: the standard's place, unless an unescaped `/`, `?`, `#` or `@` in the password moved it. */
function atSign(rest: string, isStore: boolean): number {
  const authorityEnd = rest.search(/[/?#]/);
  const authority = authorityEnd < 0 ? rest : rest.slice(0, authorityEnd);
  const standard = authority.lastIndexOf("@");
  const colon = rest.indexOf(":");
  const later = rest.lastIndexOf("@");
  if (later < 0 || later === standard) return standard;
  if (standard >= 0) {
    const between = rest.slice(standard + 1, later);
    return isStore && !/[?&][\w.-]{1,40}=/.test(between) && looksLikeHost(rest, later) ? later : standard;
  }
  if (colon < 0 || colon > (authorityEnd < 0 ? rest.length : authorityEnd)) return -1;
  const afterColon = rest.slice(colon + 1);
  if (!isStore && /^\d{0,5}(?:[/?#]|$)/.test(afterColon)) return -1;
  if (isStore && /^\d{2,5}\/[\w.-]{0,64}\?[\w.-]{1,40}=/.test(afterColon)) return -1;
  for (let sign = later; sign > colon; sign = rest.lastIndexOf("@", sign - 1)) {
    if (looksLikeHost(rest, sign) && !/[?&][\w.-]{1,40}=[^&]{0,200}$/.test(rest.slice(Math.max(0, sign - 240), sign))) return sign;
  }
  return -1;
}

function looksLikeHost(rest: string, sign: number): boolean {
  const after = rest.slice(sign + 1, sign + 300);
  return hostAfter.test(after) || tcpHost.test(after);
}

function maskUserInfo(scan: Scan, from: number, info: string, isStore: boolean): void {
  const colon = info.indexOf(":");
  if (colon < 0) {
    if (info.length >= 16 && looksRandom(info)) mask(scan, from, from + info.length, "token");
    else if (isStore && looksRandom(info)) mask(scan, from, from + info.length, "password");
    return;
  }
  const password = info.slice(colon + 1);
  if (isHarmless(password)) return;
  maskPassword(scan, from + colon + 1, password);
}

/** Without `@`: an echo that lost it. `user:` that no port follows can only be a password, up to the port. */
function maskWithoutSign(scan: Scan, from: number, rest: string): void {
  const colon = rest.search(/[:/?#]/);
  if (colon < 0 || rest[colon] !== ":") return;
  const tail = rest.slice(colon + 1);
  if (/^\d{0,5}(?:[/?#,;)\]}]|$)/.test(tail) || /^[$%{<(]/.test(tail) || isHarmless(tail)) return;
  const port = tail.search(/:\d{2,5}(?:[/?#,]|$)/);
  const path = tail.search(/\/[\w-]{1,64}(?:\?|$)/);
  maskPassword(scan, from + colon + 1, tail.slice(0, port >= 0 ? port : path > 0 ? path : tail.length));
}

/** Masks a password and remembers the pieces that a parser may print as host or port. */
export function maskPassword(scan: Scan, start: number, password: string): void {
  mask(scan, start, start + password.length, "password");
  for (const piece of password.split(/[@#/?%^:&=+]/)) if (piece !== password && piece.length >= 4) remember(scan, piece, "password");
}
