/** Tries the patterns on the lines of a run: literals first, in one pass; then linear-time expressions; within a fixed amount of work. */
import { RE2JS } from "re2js";
import type { Line } from "./line";
import { type Finder, createFinder } from "./literals";
import type { Pattern } from "./patterns/pattern";

export interface Hit {
  pattern: Pattern;
  /** Index into the lines. */
  at: number;
  groups: Record<string, string>;
  /** Where in the line's text the match begins. */
  from: number;
}

/** Before and after the literal: no pattern looks further. */
const reach = 2048;
const mostTries = 12_000;
const triesOfOne = 400;
const hitsOfOne = 60;

export interface Matcher {
  /** Hits in line order. `skip` tells lines that are no output. */
  match(lines: Line[], skip: (index: number) => boolean): Hit[];
}

interface Found {
  index: number;
  groups: Record<string, string>;
  from: number;
}
interface Compiled {
  expression: ReturnType<typeof RE2JS.compile> | null;
  names: string[];
}

export function createMatcher(patterns: Pattern[]): Matcher {
  let finder: Finder | null = null;
  const literals: string[] = [];
  const owners: number[][] = [];
  const compiled: (Compiled | undefined)[] = [];
  const prepare = (): Finder => {
    const known = new Map<string, number>();
    for (const [index, pattern] of patterns.entries())
      for (const literal of pattern.literals) {
        const lower = literal.toLowerCase();
        let id = known.get(lower);
        if (id === undefined) {
          id = literals.length;
          known.set(lower, id);
          literals.push(lower);
          owners.push([]);
        }
        owners[id]!.push(index);
      }
    return createFinder(literals);
  };
  const compile = (index: number): Compiled => {
    let ready = compiled[index];
    if (!ready) {
      const expression = RE2JS.compile(patterns[index]!.pattern);
      ready = { expression, names: Object.keys(expression.namedGroups()) };
      compiled[index] = ready;
    }
    return ready;
  };
  const attempt = (index: number, text: string): { groups: Record<string, string>; from: number } | null => {
    const { expression, names } = compile(index);
    const matcher = expression!.matcher(text);
    if (!matcher.find()) return null;
    const groups: Record<string, string> = {};
    for (const name of names) {
      const value = matcher.group(name);
      if (typeof value === "string" && value !== "") groups[name] = value;
      else if (value === "") groups[name] ??= "";
    }
    return { groups, from: matcher.start() };
  };

  return {
    match(lines, skip) {
      finder ??= prepare();
      const hits: Hit[] = [];
      const tries = new Map<number, number>();
      const found = new Map<number, number>();
      const seen = new Map<string, Found[]>();
      let all = 0;
      // From the end: the crash stands there, and what is left of the budget goes to the beginning.
      for (let at = lines.length - 1; at >= 0; at--) {
        if (skip(at)) continue;
        const { text } = lines[at]!;
        const wanted = new Map<number, number>();
        finder.scan(text, (literal, end) => {
          for (const index of owners[literal]!) if (!wanted.has(index)) wanted.set(index, end);
        });
        if (wanted.size === 0) continue;
        const before = text.length < 600 && !hasWide(patterns, wanted) ? seen.get(text) : undefined;
        if (before) {
          for (const { index, groups, from } of before) {
            if ((found.get(index) ?? 0) >= hitsOfOne) continue;
            found.set(index, (found.get(index) ?? 0) + 1);
            hits.push({ pattern: patterns[index]!, at, groups, from });
          }
          continue;
        }
        const here: Found[] = [];
        for (const [index, end] of [...wanted].sort((a, b) => b[0] - a[0])) {
          if (all >= mostTries || (tries.get(index) ?? 0) >= triesOfOne || (found.get(index) ?? 0) >= hitsOfOne) continue;
          tries.set(index, (tries.get(index) ?? 0) + 1);
          all++;
          const pattern = patterns[index]!;
          if (pattern.unless && hasAny(text, pattern.unless)) continue;
          const match = attempt(index, window(lines, at, pattern.lines ?? 1, end, skip));
          if (!match) continue;
          const from = match.from + (text.length > reach * 2 ? Math.max(0, end - reach) : 0);
          const { groups } = match;
          found.set(index, (found.get(index) ?? 0) + 1);
          hits.push({ pattern, at, groups, from });
          here.push({ index, groups, from });
        }
        if (text.length < 600 && seen.size < 20_000) seen.set(text, here);
      }
      return hits.reverse();
    },
  };
}
function hasAny(text: string, words: string[]): boolean {
  const lower = text.slice(0, 4096).toLowerCase();
  return words.some((word) => lower.includes(word));
}
function hasWide(patterns: Pattern[], wanted: Map<number, number>): boolean {
  for (const index of wanted.keys()) if ((patterns[index]!.lines ?? 1) > 1) return true;
  return false;
}
function window(lines: Line[], at: number, count: number, end: number, skip: (index: number) => boolean): string {
  const { text } = lines[at]!;
  let out = text.length > reach * 2 ? text.slice(Math.max(0, end - reach), end + reach) : text;
  const most = Math.min(count, 6);
  for (let k = at + 1, taken = 1; taken < most && k < lines.length && k < at + 12; k++) {
    if (skip(k)) continue;
    out += `\n${lines[k]!.text.slice(0, reach)}`;
    taken++;
  }
  return out;
}
