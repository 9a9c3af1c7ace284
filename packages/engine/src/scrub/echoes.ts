/** Pieces of a password that a URL parser took for a host or a port and printed in its error. */
import { isHarmless } from "./harmless";
import { hasMixture, looksRandom } from "./looks";
import { mask, type Scan } from "./scan";

/** Words of an error about a port; group 1 is what stood where the port should. */
const badPort = /(?:as |value |number:? |port:? |component |string: )\\{0,3}["'`]:?([^"'`\\\n]{1,256})\\{0,3}["'`]/i;
/** Words before a host that could not be resolved; group 1 is that host. */
const badHost =
  /(?:host name |hostname |host |lookup |ENOTFOUND |EAI_AGAIN |address |resolve |UnknownHostException: |unknown host:? |unknown server host |known host |connect to |server at |to )\\{0,3}["'`]?([^\s"'`\\,]{2,256})/iy;
const numberText = /(?:with base 10: |as integer: |invalid syntax: |parsing |NaN: |a number: )\\{0,3}["'`]([^"'`\\\n]{4,256})\\{0,3}["'`]/iy;
const percentToken = /percent-encoded token: \\{0,3}["'`]([^"'`\\\n]{2,256})/iy;
const poolerHost = /^(\d{1,64}|[\w!$*+=~^-]{1,64}?)(?=(?:aws-\d|[a-z]{2}-[a-z]{4,9}-\d)[\w-]*\.)/;

/** `Port could not be cast to integer value as 'x'`, `invalid integer value "x" for connection option "port"`, `invalid port ":x" after host`. */
export function portEcho(scan: Scan, at: number): void {
  const found = badPort.exec(scan.text.slice(at, at + 360));
  if (!found || found.index > 60 || !speaksOfPort(scan.text, at, at + found.index + found[0].length)) return;
  const piece = found[1]!;
  if (!isOrdinaryPort(piece)) maskPiece(scan, at + found.index + found[0].lastIndexOf(piece), piece);
}

function speaksOfPort(text: string, from: number, to: number): boolean {
  return /port cast|port could not be cast|option \\{0,3}"port|after host|port number|port component|invalid port|port: /i.test(
    text.slice(Math.max(0, from - 40), to + 40),
  );
}

/** Numbers, references that were not expanded, a service link (`tcp://10.0.0.1:6379`) and plain words are worth reading and hide nothing. */
function isOrdinaryPort(piece: string): boolean {
  return (
    /^-?\d{1,6}(?:[/:]|$)/.test(piece) ||
    /^(?:tcp|udp|http|https):/.test(piece) ||
    isHarmless(piece) ||
    /^(?:port|https?|any|abc|none|[a-z_]{0,20}port)$/i.test(piece)
  );
}

/** `could not translate host name "TAIL@db"`, `getaddrinfo ENOTFOUND tail@db`, or the tail glued to the host. */
export function hostEcho(scan: Scan, at: number): void {
  badHost.lastIndex = at;
  const found = badHost.exec(scan.text);
  if (!found) return;
  const host = found[1]!;
  const start = at + found[0].length - host.length;
  const sign = host.lastIndexOf("@");
  if (sign > 0) {
    if (!/:\/\//.test(host) && isResolverText(scan.text, at)) maskPiece(scan, start, host.slice(0, sign));
    return;
  }
  if (!isResolverText(scan.text, at)) return;
  const glued = poolerHost.exec(host)?.[1] ?? capitalsIn(host);
  if (glued) maskPiece(scan, start, glued);
}

/** Host names are printed in lower case; capitals in the first label are what a password left there. */
function capitalsIn(host: string): string | null {
  const label = host.split(/[.:/]/)[0]!;
  const tail = /^(.*[A-Z])([^A-Z]*)$/.exec(label);
  if (!tail || label.length > 63 || /^[A-Z][a-z]+(?:[A-Z][a-z]+)*$|^[A-Z0-9_$(){}-]+$/.test(label) || !/[a-z0-9-]$/.test(host)) return null;
  return looksRandom(label) && !label.includes("-") ? label : tail[1]!;
}

function isResolverText(text: string, at: number): boolean {
  const line = text.slice(Math.max(0, at - 120), at + 300);
  return /translate host|getaddrinfo|ENOTFOUND|EAI_AGAIN|no such host|not known|unknown (?:server )?host|UnknownHost|resolv|lookup |NXDOMAIN|nodename/i.test(
    line,
  );
}

/** `invalid literal for int() with base 10: 'tailhost:6379'`: a number was read where a password moved the colon. */
export function numberEcho(scan: Scan, at: number): void {
  numberText.lastIndex = at;
  const found = numberText.exec(scan.text);
  if (!found) return;
  const piece = found[1]!;
  if (/^[a-z]{2,8}:\/\//.test(piece) || isHarmless(piece)) return;
  const start = at + found[0].lastIndexOf(piece);
  const sign = piece.lastIndexOf("@");
  if (sign > 0) return maskPiece(scan, start, piece.slice(0, sign));
  const word = piece.split(":")[0]!;
  if (/:\d{2,5}$/.test(piece) && looksRandom(word)) return maskPiece(scan, start, word);
  const isUrlPart = /urlparse|urllib|urlsplit|parse_url|from_url|make_url|connection string|hostinfo|_url\b/i.test(scan.text.slice(Math.max(0, at - 900), at));
  if (isUrlPart && (looksRandom(piece) || hasMixture(piece)) && !/^[\w.-]+:\d{2,5}$/.test(piece)) maskPiece(scan, start, piece);
}

/** `invalid percent-encoded token: "x"` (libpq) prints the whole password. */
export function percentEcho(scan: Scan, at: number): void {
  percentToken.lastIndex = at;
  const found = percentToken.exec(scan.text);
  if (found && !isHarmless(found[1]!)) maskPiece(scan, at + found[0].length - found[1]!.length, found[1]!);
}

/** `missing "=" after "x" in connection info string` (libpq): a URL that lost its scheme. */
export function settingEcho(scan: Scan, at: number): void {
  const found = /^missing \\{0,3}"=\\{0,3}" after \\{0,3}"([^"\\\n]{3,256})/.exec(scan.text.slice(at, at + 300));
  if (found && !found[1]!.includes("://") && !found[1]!.includes("@") && hasMixture(found[1]!))
    maskPiece(scan, at + found[0].length - found[1]!.length, found[1]!);
}

function maskPiece(scan: Scan, start: number, piece: string): void {
  if (!piece.includes("«")) mask(scan, start, start + piece.length, "password");
}
