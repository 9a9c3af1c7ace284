/** Finds many literals in one pass. Nothing else looks at every character, so plain log text costs one table look-up a character. */
import type { Scan } from "./scan";

export interface Trigger {
  /** At least three characters, ASCII, lower case unless `exact`. */
  literal: string;
  /** Capitals count. */
  exact?: boolean;
  found: (scan: Scan, at: number) => void;
}
export interface Finder {
  /** Calls each trigger at each place where its literal starts, and `onRun` for each long run of base64 letters. */
  run: (scan: Scan, onRun: (scan: Scan, start: number, end: number) => void) => void;
  /** Whether any trigger or long run can be in a short text at all. */
  touches: (text: string) => boolean;
}

export const shortestRun = 16;
const fold = new Uint8Array(128);
for (let code = 0; code < 128; code++) fold[code] = code >= 65 && code <= 90 ? code + 32 : code;
const inRun = new Uint8Array(128);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") inRun[letter.charCodeAt(0)] = 1;

/** Builds the tables: a hash of three folded characters leads to the few triggers that start so. */
export function literalFinder(triggers: Trigger[]): Finder {
  const table = new Uint16Array(1 << 15);
  const buckets: Trigger[][] = [[]];
  const bucketOf = new Map<number, number>();
  for (const trigger of triggers) {
    const hash = hashOf(trigger.literal);
    let bucket = bucketOf.get(hash);
    if (bucket === undefined) {
      bucket = buckets.push([]) - 1;
      bucketOf.set(hash, bucket);
      table[hash] = bucket;
    }
    buckets[bucket]!.push(trigger);
  }
  return {
    run(scan, onRun) {
      const { text } = scan;
      let hash = 0;
      let runStart = 0;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127) {
          hash = 0;
          if (i - runStart >= shortestRun) onRun(scan, runStart, i);
          runStart = i + 1;
          continue;
        }
        hash = ((hash << 5) ^ fold[code]!) & 0x7fff;
        const bucket = table[hash]!;
        if (bucket !== 0) for (const trigger of buckets[bucket]!) if (matches(text, i - 2, trigger)) trigger.found(scan, i - 2);
        if (inRun[code] === 0) {
          if (i - runStart >= shortestRun) onRun(scan, runStart, i);
          runStart = i + 1;
        }
      }
      if (text.length - runStart >= shortestRun) onRun(scan, runStart, text.length);
    },
    touches(text) {
      let hash = 0;
      let run = 0;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127) {
          hash = 0;
          run = 0;
          continue;
        }
        hash = ((hash << 5) ^ fold[code]!) & 0x7fff;
        const bucket = table[hash]!;
        if (bucket !== 0) for (const trigger of buckets[bucket]!) if (matches(text, i - 2, trigger)) return true;
        run = inRun[code] === 1 ? run + 1 : 0;
        // Long runs may be base64; `%` and `@` have detectors of their own.
        if (run >= 24 || code === 37 || code === 64) return true;
      }
      return false;
    },
  };
}

function hashOf(literal: string): number {
  let hash = 0;
  for (let i = 0; i < 3; i++) hash = ((hash << 5) ^ fold[literal.charCodeAt(i)]!) & 0x7fff;
  return hash;
}

function matches(text: string, at: number, trigger: Trigger): boolean {
  const { literal } = trigger;
  if (at < 0) return false;
  if (trigger.exact) return text.startsWith(literal, at);
  for (let i = 0; i < literal.length; i++) {
    const code = text.charCodeAt(at + i);
    if (!(code < 128) || fold[code] !== literal.charCodeAt(i)) return false;
  }
  return true;
}
