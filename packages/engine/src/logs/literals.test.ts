import fc from "fast-check";
import { expect, it } from "vitest";
import { createFinder } from "./literals";

it("finds each literal that stands in a text, in any case, and no other", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c", " "), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 12 }),
      fc.string({ unit: fc.constantFrom("a", "B", "c", " ", "x"), maxLength: 40 }),
      (words, text) => {
        const found = new Set<number>();
        createFinder(words).scan(text, (literal, end) => {
          expect(text.slice(end - words[literal]!.length, end).toLowerCase()).toBe(words[literal]);
          found.add(literal);
        });
        expect([...found].sort((a, b) => a - b)).toEqual(words.flatMap((w, i) => (text.toLowerCase().includes(w) ? [i] : [])));
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});
