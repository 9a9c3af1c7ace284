/** HTTP headers that carry credentials (RFC 9110 section 11, RFC 6265). */
import { isHarmless } from "./harmless";
import { hasMixture, looksRandom } from "./looks";
import { mask, type Scan } from "./scan";
import { readValue } from "./value";

const afterName = /[\w-]{0,20}["'\\\]]{0,4}[ \t]{0,4}(?:=>|[:=,]|%3[aA])[ \t]{0,8}(?:\[ ?)?["'\\`]{0,4}/y;
const scheme =
  /(Basic|Bearer|Token|ApiKey|Api-Key|Key|Negotiate|NTLM|Digest|Splunk|GoogleLogin|OAuth|SSWS|PVEAPIToken|SharedAccessSignature|AWS4-HMAC-SHA256)(?:[ =]|%20|\+){1,4}/iy;
const credential = /[A-Za-z0-9._~+/=:%-]{1,8192}/y;

/** At `authorization`: keeps the scheme, masks what follows. */
export function authorizationHeader(scan: Scan, at: number): void {
  const { text } = scan;
  if (at < scan.covered) return;
  afterName.lastIndex = at + "authorization".length;
  if (!afterName.test(text)) return;
  const from = afterName.lastIndex;
  scheme.lastIndex = from;
  const named = scheme.exec(text);
  if (named && /digest|aws4|oauth/i.test(named[1]!)) return parameters(scan, scheme.lastIndex);
  if (named) {
    const start = scheme.lastIndex;
    const value = readValue(text, start, { argument: true });
    if (value && !isHarmless(text.slice(value.start, value.end)))
      mask(scan, value.start, value.end, named[1]!.toLowerCase() === "basic" ? "password" : "token");
    return;
  }
  const value = readValue(text, from, { argument: true });
  if (!value) return;
  const content = text.slice(value.start, value.end);
  if (!isHarmless(content) && (looksRandom(content) || (content.length >= 8 && hasMixture(content)))) mask(scan, value.start, value.end, "token");
}

/** Digest and AWS signatures: masks the parameters that prove knowledge of the secret. */
function parameters(scan: Scan, from: number): void {
  const { text } = scan;
  const part = text.slice(from, from + 2048);
  for (const found of part.matchAll(/(?:response|signature|oauth_token|cnonce)=["'\\]{0,4}([A-Za-z0-9+/%=]{8,256})/gi)) {
    const start = from + found.index + found[0].length - found[1]!.length;
    mask(scan, start, start + found[1]!.length, "token");
  }
}

/** At `bearer` or `basic` anywhere: masks a credential that looks made by a machine. */
export function looseScheme(scan: Scan, at: number): void {
  const { text } = scan;
  if (at < scan.covered) return;
  scheme.lastIndex = at;
  const named = scheme.exec(text);
  if (!named || /[A-Za-z0-9]/.test(text[at - 1] ?? " ")) return;
  credential.lastIndex = scheme.lastIndex;
  const word = credential.exec(text)?.[0];
  if (!word || word.length < 8 || isHarmless(word)) return;
  const isBasic = named[1]!.toLowerCase() === "basic";
  if (looksRandom(word) || (!isBasic && /\d/.test(word) && hasMixture(word) && word.length >= 12))
    mask(scan, scheme.lastIndex, scheme.lastIndex + word.length, isBasic ? "password" : "token");
}

const attributes = new Set(["path", "domain", "expires", "max-age", "samesite", "version", "priority", "comment"]);

/** At `cookie`: masks the value of each cookie of a Cookie or Set-Cookie header, not its attributes. */
export function cookieHeader(scan: Scan, at: number): void {
  const { text } = scan;
  if (at < scan.covered || at < scan.headerEnd) return;
  const head = /^cookie["'\\\]]{0,4} {0,2}(?:=>|:|,) {0,4}(?:\[ ?)?["'\\`]{0,4}/i.exec(text.slice(at, at + 40));
  if (!head) return;
  const from = at + head[0].length;
  const end = endOfHeader(text, from);
  scan.headerEnd = end;
  for (const found of text.slice(from, end).matchAll(/([A-Za-z0-9_.!#$%&*+^|~-]{1,80})=([^;\s,]{1,4096})/g)) {
    const start = from + found.index + found[1]!.length + 1;
    if (!attributes.has(found[1]!.toLowerCase()) && !isHarmless(found[2]!)) mask(scan, start, start + found[2]!.length, "cookie");
  }
}

function endOfHeader(text: string, from: number): number {
  const limit = Math.min(text.length, from + 8192);
  for (let i = from; i < limit; i++)
    if (text[i] === "\n" || text[i] === '"' || text[i] === "'" || (text[i] === "\\" && /["'nr]/.test(text[i + 1] ?? ""))) return i;
  return limit;
}
