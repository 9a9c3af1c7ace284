/** Private keys in PEM, on many lines, on one line with `\n`, indented, prefixed, or cut at either end. */
import { lineEnd, mask, type Scan } from "./scan";

const longestBlock = 16_384;

/** At `-----BEGIN`: masks the block where its label names something private. */
export function pemBegin(scan: Scan, at: number): void {
  const { text } = scan;
  if (at < scan.covered) return;
  const label = /^-----BEGIN ([A-Z0-9 ]{0,40})-----/.exec(text.slice(at, at + 64));
  if (!label || !isPrivate(label[1]!)) return;
  const body = at + label[0].length;
  const next = text.indexOf("-----", body);
  if (next >= 0 && next - body < longestBlock && text.startsWith("-----END", next)) {
    const close = text.indexOf("-----", next + 8);
    mask(scan, at, close >= 0 && close - next < 64 ? close + 5 : next + 8, "pem");
    return;
  }
  mask(scan, at, bodyEnd(text, body, next >= 0 ? Math.min(next, body + longestBlock) : body + longestBlock), "pem");
}

/** At `-----END` without its beginning, which a cut took: masks the lines of base64 above. */
export function pemEnd(scan: Scan, at: number): void {
  const { text } = scan;
  if (at < scan.covered) return;
  const label = /^-----END ([A-Z0-9 ]{0,40})-----/.exec(text.slice(at, at + 64));
  if (!label || !isPrivate(label[1]!)) return;
  const floor = Math.max(scan.covered, at - longestBlock);
  let start = at;
  while (start > floor) {
    const previous = text.lastIndexOf("\n", start - 2) + 1;
    if (previous < floor || previous >= start || !isBodyLine(text.slice(previous, start))) break;
    start = previous;
  }
  mask(scan, start, at + label[0].length, "pem");
}

function isPrivate(label: string): boolean {
  return label.includes("PRIVATE KEY");
}

/** Without an end: as long as lines look like base64 or PEM headers. */
function bodyEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && at < text.length) {
    const end = lineEnd(text, at, limit - at);
    if (at > from && !isBodyLine(text.slice(at, end))) break;
    at = end + 1;
  }
  return Math.min(at > from ? at - 1 : from, limit, text.length);
}

function isBodyLine(line: string): boolean {
  const word = /([A-Za-z0-9+/\\n]{1,}={0,2})[\s"',|\\]{0,8}$/.exec(line.slice(-400))?.[1];
  return (
    line.trim() === "" ||
    /Proc-Type|DEK-Info|^\s*(?:Version|Comment):/.test(line) ||
    (word !== undefined && (word.length >= 40 || line.trim().length === word.length))
  );
}
