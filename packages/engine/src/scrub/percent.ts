/** Percent-encoded text that holds a secret (RFC 3986). */
import { mask, maxDepth, scanInside, type Scan } from "./scan";

const word = /[A-Za-z0-9._~%+:/?#@!$&*,;='()-]/;
const longest = 8192;

/** Opens each word with escapes, looks inside, and masks the part of the word that holds the secret. */
export function percentEncoded(scan: Scan): void {
  if (scan.depth >= maxDepth) return;
  const { text } = scan;
  let done = 0;
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", Math.max(at + 1, done))) {
    if (!isEscape(text, at)) continue;
    let start = at;
    while (start > done && start > at - longest && word.test(text[start - 1]!)) start--;
    let end = at;
    while (end < text.length && end < at + longest && word.test(text[end]!)) end++;
    done = end;
    open(scan, start, end);
  }
}

function open(scan: Scan, start: number, end: number): void {
  const places: number[] = [];
  const letters: string[] = [];
  for (let i = start; i < end; i++) {
    places.push(i);
    if (isEscape(scan.text, i)) {
      letters.push(String.fromCharCode(Number.parseInt(scan.text.slice(i + 1, i + 3), 16)));
      i += 2;
    } else letters.push(scan.text[i]!);
  }
  places.push(end);
  for (const found of scanInside(scan, letters.join(""))) mask(scan, places[found.start]!, places[found.end]!, found.kind);
}

function isEscape(text: string, at: number): boolean {
  return text[at] === "%" && isHex(text.charCodeAt(at + 1)) && isHex(text.charCodeAt(at + 2));
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}
