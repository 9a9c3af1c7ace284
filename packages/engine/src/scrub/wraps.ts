/** Secrets that a terminal, a log shipper or a pasting hand broke over lines. */
import { hasMixture, looksRandom } from "./looks";
import { mask, remember, startScan, type Mask, type Scan } from "./scan";

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
  const maskEnds = new Map<number, string>();
  for (const found of scan.masks) if (text[found.end] === "\n" && found.kind !== "pem") maskEnds.set(found.end, found.kind);
  let done = 0;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; start = end + 1, end = text.indexOf("\n", start)) {
    const isFull = end - start === width;
    if (end < done || end - start < 4 || text[end - 1]! <= " " || (text[end + 1] ?? "\n") === "\n") continue;
    if (!isFull && !mayContinue(text, end + 1)) continue;
    const word = lastWord(text, start, end);
    const isOpen = maskEnds.has(end) || /["'`][^"'`\s]{3,256}$/.test(word) || beforeHost.test(text.slice(end + 1, end + 200).trimStart()) || touches(word);
    if (!isOpen && !(isFull && touches(text.slice(Math.max(start, end - reach), end)))) continue;
    done = isFull ? lookAcross(scan, joinLines(text, start, end, width, mostLines), true) : lookOn(scan, start, end);
    const kind = maskEnds.get(end);
    if (done <= end && kind) restBelow(scan, end, kind);
  }
}

/** A line that is nothing but something random, below a line that ended in a secret. */
function restBelow(scan: Scan, end: number, kind: string): void {
  const word = /^\n[ \t]{0,40}(\S{8,512})[ \t\r]{0,4}(?:\n|$)/.exec(scan.text.slice(end, end + 560))?.[1];
  if (!word || !looksRandom(word) || isOwnLine(word)) return;
  const start = scan.text.indexOf(word, end);
  mask(scan, start, start + word.length, kind);
}

/** Where nothing counted columns one line is added at a time, as long as the secret reaches its end. */
function lookOn(scan: Scan, start: number, end: number): number {
  let done = 0;
  for (let lines = 1; lines <= mostLines; lines++) {
    const joined = joinLines(scan.text, start, end, 0, lines);
    const stop = lookAcross(scan, joined, false);
    if (stop <= done) break;
    done = stop;
    const last = joined.parts.at(-1)!;
    if (stop !== last.place + joined.text.length - last.at) break;
  }
  return done;
}

/** A line of its own begins with a key, a date, a word. What goes on begins with the rest of something made, up to a quote or a host. */
function mayContinue(text: string, at: number): boolean {
  const line = text.slice(at, at + 240);
  const word = /^[ \t]{0,40}([^\s"'`]{1,200})/.exec(line)?.[1];
  if (!word || isOwnLine(word)) return word !== undefined && beforeHost.test(word);
  return word.includes("@") || /^[ \t]{0,40}[^\s"'`]{1,200}["'`]/.test(line) || looksRandom(word) || hasMixture(word);
}
const ownLine = /^([A-Za-z_][\w.-]{0,60})[=:](?!\/\/|=?$)|^\d+(?:\.\d+)+|^v\d|^https?:|^\d{4}-\d\d/;
const beforeHost = /^[^\s@]{1,200}@(?:(?:tcp6?|unix)\(|[\w.-]+[:/])/;

/** A key, a version, a date. What looks random before its `=` is the end of base64. */
function isOwnLine(line: string): boolean {
  const found = ownLine.exec(line);
  return found !== null && !looksRandom(found[1] ?? "");
}

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

function joinLines(text: string, start: number, end: number, width: number, most: number): Joined {
  const from = Math.max(start, end - reach);
  const parts = [{ at: 0, place: from }];
  let joined = text.slice(from, end);
  let lineEnd = end;
  for (let lines = 0; lines < most && lineEnd < text.length; lines++) {
    indentation.lastIndex = lineEnd + 1;
    indentation.test(text);
    const next = text.indexOf("\n", indentation.lastIndex);
    const stop = next < 0 ? text.length : next;
    parts.push({ at: joined.length, place: indentation.lastIndex });
    joined += text.slice(indentation.lastIndex, Math.min(stop, indentation.lastIndex + reach));
    // Only lines of the full width go on.
    if (width > 0 && stop - lineEnd - 1 !== width) break;
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
    while (last > first && !(isFull ? isNoSentence(joined, last) : continues(joined, last, found))) last--;
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
function continues(joined: Joined, part: number, { end, kind }: Mask): boolean {
  const from = joined.parts[part]!.at;
  const piece = joined.text.slice(from, end);
  const line = joined.text.slice(from, joined.parts[part + 1]?.at ?? joined.text.length);
  if (isOwnLine(line)) return beforeHost.test(line);
  // The shape of a token that only the joined text has can't be chance.
  if (/:|jwt/.test(kind) && end - from >= 3) return true;
  const next = joined.text[end] ?? "\n";
  if (next === "@" || /^["'`]/.test(joined.text.slice(end, end + 1))) return true;
  return looksRandom(piece) || (hasMixture(piece) && line.trim().length === piece.length);
}
