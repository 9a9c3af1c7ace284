/** Tries the patterns on the lines of a run: literals first, in one pass; then linear-time expressions; within a fixed amount of work. */
import { RE2JS } from "re2js";
import { type Alternative, alternatives } from "./alternatives";
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
  /** Hits in line order. `skip` tells lines that are no output, `lead` those where a hint is worth asking for. */
  match(lines: Line[], skip: (index: number) => boolean, lead?: (index: number) => boolean): Hit[];
}

interface Budget {
  tries: Map<number, number>;
  all: number;
}
interface Found {
  index: number;
  groups: Record<string, string>;
  from: number;
}
interface Compiled extends Alternative {
  expression: ReturnType<typeof RE2JS.compile> | null;
  names: string[];
}

export function createMatcher(patterns: Pattern[]): Matcher {
  let finder: Finder | null = null;
  const literals: string[] = [];
  const owners: number[][] = [];
  const compiled: (Compiled[] | undefined)[] = [];
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
  const attempt = (index: number, text: string): { groups: Record<string, string>; from: number } | null => {
    const parts = (compiled[index] ??= alternatives(patterns[index]!.pattern).map((part) => ({ ...part, expression: null, names: [] })));
    const lower = text.toLowerCase();
    let best: { groups: Record<string, string>; from: number } | null = null;
    for (const part of parts) {
      if (part.needs !== null && !lower.includes(part.needs)) continue;
      if (!part.expression) {
        part.expression = RE2JS.compile(part.source);
        part.names = Object.keys(part.expression.namedGroups());
      }
      const matcher = part.expression.matcher(text);
      if (!matcher.find() || (best && matcher.start() >= best.from)) continue;
      const groups: Record<string, string> = {};
      for (const name of part.names) {
        const value = matcher.group(name);
        if (typeof value === "string") groups[name] = value;
      }
      best = { groups, from: matcher.start() };
    }
    return best;
  };

  const tryAll = (lines: Line[], at: number, wanted: Map<number, number>, asked: boolean, skip: (index: number) => boolean, budget: Budget): Found[] => {
    const { text } = lines[at]!;
    const here: Found[] = [];
    // A cause that this line tells for certain, with its target, needs no second opinion.
    const settled = new Set<string>();
    // Hints come last in the list, and are not asked where something exact is known.
    for (const [index, end] of [...wanted].sort((a, b) => a[0] - b[0])) {
      const pattern = patterns[index]!;
      if (pattern.lead && (!asked || here.some((h) => !patterns[h.index]!.lead))) continue;
      if (settled.has(pattern.cause)) continue;
      const tries = budget.tries.get(index) ?? 0;
      if (budget.all >= mostTries || tries >= triesOfOne) continue;
      budget.tries.set(index, tries + 1);
      budget.all++;
      if (pattern.unless && hasAny(text, pattern.unless)) continue;
      if (pattern.also && !hasAny(text, pattern.also)) continue;
      if (pattern.capitals && !capitals.test(text)) continue;
      const match = attempt(index, window(lines, at, pattern.lines ?? 1, end, skip));
      if (match && pattern.confidence === "certain" && !pattern.symptom && targets.some((name) => (match.groups[name]?.length ?? 0) > 1))
        settled.add(pattern.cause);
      if (match) here.push({ index, groups: match.groups, from: match.from + (text.length > reach * 2 ? Math.max(0, end - reach) : 0) });
    }
    return here;
  };

  return {
    match(lines, skip, lead = () => true) {
      finder ??= prepare();
      const hits: Hit[] = [];
      const budget: Budget = { tries: new Map(), all: 0 };
      const found = new Map<number, number>();
      const seen = new Map<string, Found[]>();
      // From the end: the crash stands there, and what is left of the budget goes to the beginning.
      for (let at = lines.length - 1; at >= 0; at--) {
        if (skip(at)) continue;
        const { text } = lines[at]!;
        const wanted = new Map<number, number>();
        finder.scan(text, (literal, end) => {
          for (const index of owners[literal]!) if (!wanted.has(index)) wanted.set(index, end);
        });
        if (wanted.size === 0) continue;
        const asked = lead(at);
        const remembered = text.length < 600 && !hasWide(patterns, wanted);
        const key = asked ? `!${text}` : text;
        const before = remembered ? seen.get(key) : undefined;
        const here = before ?? tryAll(lines, at, wanted, asked, skip, budget);
        if (remembered && seen.size < 20_000) seen.set(key, here);
        for (const { index, groups, from } of here.toReversed()) {
          const times = (found.get(index) ?? 0) + 1;
          if (times > hitsOfOne) continue;
          found.set(index, times);
          hits.push({ pattern: patterns[index]!, at, groups, from });
        }
      }
      return hits.reverse();
    },
  };
}
const targets = ["address", "host", "path", "env", "library", "argument"];
const capitals = /(?:^|[^A-Za-z])[A-Z][A-Z0-9_]{2,}/;
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
