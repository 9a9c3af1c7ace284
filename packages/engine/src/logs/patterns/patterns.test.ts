import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { createMatcher } from "../match";
import { normalise } from "../normalise";
import { generalPatterns, patterns } from "./registry";

const fields = new Set(["kind", "namespace", "name", "key", "env", "host", "port", "path", "image", "address"]);
const matches = (pattern: (typeof patterns)[number], text: string): boolean => {
  const first = text.split("\n")[0]!.toLowerCase();
  if (pattern.unless?.some((word) => first.includes(word))) return false;
  return pattern.literals.some((l) => first.includes(l.toLowerCase())) && RE2JS.compile(pattern.pattern).matcher(text).find();
};

describe("log patterns", () => {
  it("have unique ids in kebab case; the general ones are of no product", () => {
    const ids = patterns.map((p) => p.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(generalPatterns.filter((p) => p.product)).toEqual([]);
  });
  it.each(patterns.map((p) => [p.id, p] as const))("%s compiles, tells its positive sample and not its negative one", (_, pattern) => {
    expect(pattern.literals.length).toBeGreaterThan(0);
    for (const literal of pattern.literals) expect(literal.length, literal).toBeGreaterThanOrEqual(3);
    expect(pattern.lines ?? 1).toBeLessThanOrEqual(6);
    expect(pattern.cause).toMatch(/^[a-z]+\/[a-z-]+$/);
    // Counted repetition of many is slow in every linear-time engine.
    expect(pattern.pattern).not.toMatch(/\{\d*,?[4-9]\d\d\}/);
    for (const name of Object.keys(RE2JS.compile(pattern.pattern).namedGroups())) {
      const bare = name.replace(/\d$/, "");
      expect(fields.has(bare) || /^[a-z][a-zA-Z]+$/.test(bare), name).toBe(true);
    }
    expect(matches(pattern, pattern.positive), pattern.positive).toBe(true);
    expect(matches(pattern, pattern.negative), pattern.negative).toBe(false);
  });
  it("do a bounded amount of work on text made of their own words", () => {
    const matcher = createMatcher(patterns);
    const words = patterns.flatMap((p) => p.literals);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, " ", ": ", "/a/b", "10.0.0.1:80", '"', "'", "(", "é"), { minLength: 1, maxLength: 400 }), (parts) => {
        const lines = normalise(parts.join(""));
        const hits = matcher.match(lines, () => false);
        expect(hits.length).toBeLessThanOrEqual(patterns.length * Math.max(1, lines.length));
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
