/** Text as spans with a role. A renderer says what a piece is; the surface decides what that looks like. */
import { eastAsianWidth } from "get-east-asian-width";

/**
 * `title`: what is down. `cause`: the verdict. `certain`, `likely`, `possible`: its confidence. `command`: to be pasted, never broken over lines.
 * `dim`: what a reader may skip.
 */
export type Role = "plain" | "title" | "cause" | "certain" | "likely" | "possible" | "evidence" | "command" | "dim" | "warning";
export interface Span {
  role: Role;
  text: string;
}
export type Line = Span[];

/**
 * C0, C1, line separators, and what turns the direction of text or hides in it: none of these may reach a terminal or a page.
 * The tab is among them: its width is not ours to know.
 */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

/** Hostile text on one line: what can't be printed becomes one space. */
export function printable(text: string): string {
  return text.replace(unprintable, " ").trim();
}

/** A line whose indentation means something, such as YAML or a diff. */
export function indented(text: string): string {
  return text.replace(unprintable, " ").trimEnd();
}

export function span(text: string, role: Role = "plain"): Span {
  return { role, text: printable(text) };
}

/** Characters that take one column everywhere: ASCII, Latin, and the signs that the renderers use themselves. */
const simple = /^[ -~\u00a1-\u02ff\u2010-\u2027\u2190-\u2193\u2212\u2713\u2717]*$/;
let graphemes: Intl.Segmenter | undefined;

/** Columns that a terminal needs for `text`. */
export function columns(text: string): number {
  // Nearly all text is simple, and counting it is a hundred times cheaper than cutting it into graphemes.
  if (simple.test(text)) return text.length;
  graphemes ??= new Intl.Segmenter();
  let sum = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (/^\p{Mark}/u.test(segment)) continue;
    // A variation selector asks for the picture, and pictures are wide.
    sum += segment.includes("\ufe0f") ? 2 : eastAsianWidth(segment.codePointAt(0)!);
  }
  return sum;
}

/** Cuts `text` to `width` columns; what was cut shows as `…`. */
export function shorten(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (columns(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Breaks `text` at spaces into pieces of at most `width` columns; a longer word is broken where it must. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(width, 8);
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    const joined = line ? `${line} ${word}` : word;
    if (columns(joined) <= room) {
      line = joined;
      continue;
    }
    if (line) lines.push(line);
    const pieces = breakWord(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  if (line) lines.push(line);
  return lines;
}

function breakWord(word: string, room: number): string[] {
  if (columns(word) <= room) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (columns(piece + character) > room) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** The lines as plain text, each ended by a newline and none by a space. */
export function plainText(lines: Line[]): string {
  return lines
    .map(
      (line) =>
        `${line
          .map(({ text }) => text)
          .join("")
          .trimEnd()}\n`,
    )
    .join("");
}
