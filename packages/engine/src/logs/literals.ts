/** Finds which of many literals stand in a line, in one pass (Aho and Corasick 1975), in lower case. */

export interface Finder {
  /** Calls `found` with the index of each literal that ends at `end` (exclusive). */
  scan(text: string, found: (literal: number, end: number) => void): void;
}

function fold(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Literals are compared in lower case; characters beyond ASCII are allowed. */
export function createFinder(literals: string[]): Finder {
  const classes = new Map<number, number>();
  for (const literal of literals) for (const char of literal.toLowerCase()) for (let i = 0; i < char.length; i++) if (!classes.has(char.charCodeAt(i))) classes.set(char.charCodeAt(i), classes.size + 1); // prettier-ignore
  const width = classes.size + 1;
  const classOf = new Uint8Array(65_536);
  for (const [code, id] of classes) {
    classOf[code] = id;
    if (code >= 97 && code <= 122) classOf[code - 32] = id;
  }
  const most = literals.reduce((sum, l) => sum + l.length, 1);
  const next = new Int32Array(most * width);
  const ends: number[][] = [[]];
  let states = 1;
  for (const [index, literal] of literals.entries()) {
    let state = 0;
    const lower = literal.toLowerCase();
    for (let i = 0; i < lower.length; i++) {
      const slot = state * width + classOf[fold(lower.charCodeAt(i))]!;
      if (next[slot] === 0) {
        next[slot] = states++;
        ends.push([]);
      }
      state = next[slot]!;
    }
    ends[state]!.push(index);
  }
  // Breadth first: a missing edge goes where the longest proper suffix goes.
  const fail = new Int32Array(states);
  const queue: number[] = [];
  for (let c = 1; c < width; c++) if (next[c] !== 0) queue.push(next[c]!); // prettier-ignore
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!;
    const back = fail[state]!;
    if (ends[back]!.length > 0) ends[state]!.push(...ends[back]!);
    for (let c = 1; c < width; c++) {
      const slot = state * width + c;
      const target = next[slot]!;
      if (target === 0) next[slot] = next[back * width + c]!;
      else {
        fail[target] = next[back * width + c]!;
        queue.push(target);
      }
    }
  }
  const hasEnd = new Uint8Array(states);
  for (let s = 0; s < states; s++) hasEnd[s] = ends[s]!.length > 0 ? 1 : 0;
  return {
    scan(text, found) {
      let state = 0;
      for (let i = 0; i < text.length; i++) {
        const c = classOf[text.charCodeAt(i)]!;
        state = c === 0 ? 0 : next[state * width + c]!;
        if (hasEnd[state] === 1) for (const literal of ends[state]!) found(literal, i + 1);
      }
    },
  };
}
