/** Secrets that a terminal, a log shipper or a pasting hand broke over lines. */
import { hasMixture, looksRandom } from "./looks";
import { mask, remember, startScan, type Scan } from "./scan";

const mostLines = 80;
const reach = 600;
const indentation = /[ \t]{0,40}/y;
const usualWidths = new Set([72, 76, 78, 79, 80, 100, 120, 128, 132, 140, 150, 160, 180, 200, 220, 240, 256]);

interface Joined {
  text: string;
  /** Where each line's part begins, in the joined text and in the whole. */
  parts: { at: number; place: number }[];
}

/** Looks again at lines that end inside something secret, together with the line below. */
export function wraps(scan: Scan, touches: (text: string) => boolean): void {
  const { text } = scan;
  if (!text.includes("\n")) return;
  const width = wrapWidth(text);
  const maskEnds = new Set<number>();
  for (const found of scan.masks) if (text[found.end] === "\n" && found.kind !== "pem") maskEnds.add(found.end);
  let done = 0;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; start = end + 1, end = text.indexOf("\n", start)) {
    const isFull = end - start === width;
    if (end < done || end - start < 4 || text[end - 1]! <= " " || (text[end + 1] ?? "\n") === "\n") continue;
    if (!isFull && !mayContinue(text, end + 1)) continue;
    if (!(maskEnds.has(end) || touches(lastWord(text, start, end)) || (isFull && touches(text.slice(Math.max(start, end - reach), end))))) continue;
    done = lookAcross(scan, joinLines(text, start, end, isFull ? width : 0), isFull);
  }
}

/** A line of its own begins with a key, a date, a word. What goes on begins with the rest of something made, up to a quote or a host. */
function mayContinue(text: string, at: number): boolean {
  const line = text.slice(at, at + 240);
  const word = /^[ \t]{0,40}([^\s"'`]{1,200})/.exec(line)?.[1];
  if (!word || isOwnLine.test(word)) return word !== undefined && beforeHost.test(word);
  return word.includes("@") || /^[ \t]{0,40}[^\s"'`]{1,200}["'`]/.test(line) || looksRandom(word) || hasMixture(word);
}
const isOwnLine = /^[A-Za-z_][\w.-]{0,60}[=:](?!\/\/|=?$)|^\d+(?:\.\d+)+|^v\d|^https?:|^\d{4}-\d\d/;
const beforeHost = /^[^\s@]{1,200}@[\w.-]+[:/]/;

/** The longest line, where it is as long as terminals and printers are wide. */
function wrapWidth(text: string): number {
  let longest = 0;
  for (let start = 0, end = text.indexOf("\n"); end >= 0; start = end + 1, end = text.indexOf("\n", start)) longest = Math.max(longest, end - start);
  return usualWidths.has(longest) ? longest : 0;
}

function lastWord(text: string, start: number, end: number): string {
  let at = end;
  while (at > start && at > end - 300 && text[at - 1]! > " ") at--;
  return text.slice(at, end);
}

function joinLines(text: string, start: number, end: number, width: number): Joined {
  const from = Math.max(start, end - reach);
  const parts = [{ at: 0, place: from }];
  let joined = text.slice(from, end);
  let lineEnd = end;
  for (let lines = 0; lines < mostLines && lineEnd < text.length; lines++) {
    indentation.lastIndex = lineEnd + 1;
    indentation.test(text);
    const next = text.indexOf("\n", indentation.lastIndex);
    const stop = next < 0 ? text.length : next;
    parts.push({ at: joined.length, place: indentation.lastIndex });
    joined += text.slice(indentation.lastIndex, Math.min(stop, indentation.lastIndex + reach));
    // Only lines of the full width go on; where nothing counted columns one line more is what a hand breaks.
    if (width === 0 ? lines >= 1 : stop - lineEnd - 1 !== width && lines >= 1) break;
    lineEnd = stop;
  }
  return { text: joined, parts };
}

/** Masks what is a secret only across the break. Returns up to where lines need no second look. */
function lookAcross(scan: Scan, joined: Joined, isFull: boolean): number {
  const inner = startScan(joined.text, scan.find, scan.depth);
  scan.find(inner);
  let done = isFull ? joined.parts.at(-1)!.place : 0;
  for (const found of inner.masks) {
    const first = joined.parts.findLastIndex((part) => part.at <= found.start);
    let last = joined.parts.findLastIndex((part) => part.at < found.end);
    while (last > first && !(isFull ? isNoSentence(joined, last) : continues(joined, last, found.end))) last--;
    if (last <= first || found.kind === "pem") continue;
    const end = Math.min(found.end, joined.parts[last + 1]?.at ?? joined.text.length);
    const stop = joined.parts[last]!.place + end - joined.parts[last]!.at;
    mask(scan, joined.parts[first]!.place + found.start - joined.parts[first]!.at, stop, found.kind);
    remember(scan, joined.text.slice(found.start, end), found.kind);
    done = Math.max(done, stop);
  }
  return done;
}

function isNoSentence(joined: Joined, part: number): boolean {
  return !/^[A-Za-z_][\w.-]{0,60}(?:: |=[^=\s])/.test(joined.text.slice(joined.parts[part]!.at, joined.parts[part]!.at + 80));
}

/** Whether the piece on a later line is the rest of a secret, and not a line of its own. */
function continues(joined: Joined, part: number, end: number): boolean {
  const from = joined.parts[part]!.at;
  const piece = joined.text.slice(from, end);
  const line = joined.text.slice(from, joined.parts[part + 1]?.at ?? joined.text.length);
  if (isOwnLine.test(line)) return beforeHost.test(line);
  const next = joined.text[end] ?? "\n";
  if (next === "@" || /^["'`]/.test(joined.text.slice(end, end + 1))) return true;
  return looksRandom(piece) || (hasMixture(piece) && line.trim().length === piece.length);
}
