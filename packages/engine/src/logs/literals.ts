/**
 * Finds which of many literals stand in a line, in one pass: three characters of each, the rarest that it has, are looked up in a table,
 * and the rest is compared only where they stand. (Aho and Corasick's automaton scans as fast and takes longer to build than most logs to read.)
 */

export interface Finder {
  /** Calls `found` with the index of each literal that ends at `end` (exclusive). */
  scan(text: string, found: (literal: number, end: number) => void): void;
}

function fold(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

const slots = 1 << 16;
function slotOf(a: number, b: number, c: number): number {
  return ((a * 0x9e5 + b * 0x3b + c) * 0x2c9b) & (slots - 1);
}
function slotAt(text: string, at: number): number {
  return slotOf(fold(text.charCodeAt(at)), fold(text.charCodeAt(at + 1)), fold(text.charCodeAt(at + 2)));
}

/** Literals are compared in lower case; characters beyond ASCII are allowed. */
export function createFinder(literals: string[]): Finder {
  const lower = literals.map((literal) => literal.toLowerCase());
  const short = [...lower.keys()].filter((index) => lower[index]!.length < 3);
  const long = [...lower.keys()].filter((index) => lower[index]!.length >= 3);
  const shared = new Uint16Array(slots);
  for (const index of long) for (let at = 0; at + 3 <= lower[index]!.length; at++) shared[slotAt(lower[index]!, at)]!++;

  // Literals of one slot are chained: `first` and `next` hold index + 1, and 0 ends the chain.
  const first = new Uint16Array(slots);
  const next = new Uint16Array(lower.length);
  const offsets = new Uint16Array(lower.length);
  for (const index of long) {
    const literal = lower[index]!;
    let rarest = 0;
    for (let at = 1; at + 3 <= literal.length; at++) if (shared[slotAt(literal, at)]! < shared[slotAt(literal, rarest)]!) rarest = at;
    const slot = slotAt(literal, rarest);
    offsets[index] = rarest;
    next[index] = first[slot]!;
    first[slot] = index + 1;
  }

  const standsAt = (index: number, text: string, start: number): boolean => {
    const literal = lower[index]!;
    if (start < 0 || start + literal.length > text.length) return false;
    for (let i = 0; i < literal.length; i++) if (fold(text.charCodeAt(start + i)) !== literal.charCodeAt(i)) return false;
    return true;
  };
  return {
    scan(text, found) {
      for (const index of short) for (let at = 0; at < text.length; at++) if (standsAt(index, text, at)) found(index, at + lower[index]!.length);
      if (text.length < 3) return;
      let a = fold(text.charCodeAt(0));
      let b = fold(text.charCodeAt(1));
      for (let at = 2; at < text.length; at++) {
        const c = fold(text.charCodeAt(at));
        for (let entry = first[slotOf(a, b, c)]!; entry !== 0; entry = next[entry - 1]!) {
          const start = at - 2 - offsets[entry - 1]!;
          if (standsAt(entry - 1, text, start)) found(entry - 1, start + lower[entry - 1]!.length);
        }
        a = b;
        b = c;
      }
    },
  };
}
