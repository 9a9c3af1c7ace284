/** Limits before any pattern looks at a text. */

export interface Limits {
  /** Budget for the whole text, in UTF-16 units (bytes for a byte array). Default 4,000,000. */
  bytes?: number;
  /** Longest line, in UTF-16 units. Default 16,384. */
  line?: number;
  /** Which end of a text that is too long stays. Default `tail`: a crash is told at the end. */
  keep?: "head" | "tail";
}
export const defaultBytes = 4_000_000;
export const defaultLine = 16_384;
/** What is looked at beyond a limit, so that a secret that the limit would break is seen whole. */
export const slack = 4096;

/** Bytes that can matter: the budget and a margin at the end that is dropped. */
export function cutBytes(bytes: Uint8Array, limits: Limits): Uint8Array {
  const budget = (limits.bytes ?? defaultBytes) + slack * 4;
  if (bytes.length <= budget) return bytes;
  const from = limits.keep === "head" ? 0 : lineStartInBytes(bytes, bytes.length - budget);
  return bytes.subarray(from, from + budget);
}

/** A tail begins at a line. Inside one endless line it begins where that line begins: its head is what would be shown of it. */
function lineStartInBytes(bytes: Uint8Array, from: number): number {
  const even = from & ~1;
  if (bytes.indexOf(10, even) >= 0) return even;
  let i = even;
  while (i > 0 && bytes[i - 1] !== 10) i--;
  return i & ~1;
}

/** Whole lines within the budget, from the wanted end. */
export function cutText(text: string, limits: Limits): { text: string; cut: boolean } {
  const budget = limits.bytes ?? defaultBytes;
  if (text.length <= budget) return { text, cut: false };
  if (limits.keep === "head") {
    const end = text.lastIndexOf("\n", budget);
    return { text: text.slice(0, end > 0 ? end + 1 : budget), cut: true };
  }
  const from = text.indexOf("\n", text.length - budget) + 1;
  if (from > 0 && from < text.length) return { text: text.slice(from), cut: true };
  const begin = text.lastIndexOf("\n", text.length - budget) + 1;
  return { text: text.slice(begin, begin + budget), cut: true };
}

/** Cuts each line that is longer than `length`. */
export function cutLines(text: string, length: number, mark = ""): string {
  if (text.length <= length) return text;
  const parts: string[] = [];
  let kept = 0;
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > length) {
      parts.push(text.slice(kept, start + length), mark);
      kept = end;
    }
    start = end + 1;
  }
  if (parts.length === 0) return text;
  parts.push(text.slice(kept));
  return parts.join("");
}
