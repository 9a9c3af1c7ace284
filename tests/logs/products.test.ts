import { RE2JS } from "re2js";
import { admit } from "@unloop/engine/scrub/index";
import { readLog } from "@unloop/engine/logs/index";
import { productPatterns } from "@unloop/engine/logs/products/index";
import { describe, expect, it } from "vitest";

const mentions = (text: string, literals: string[]): boolean => literals.some((literal) => text.toLowerCase().includes(literal.toLowerCase()));

describe("a product's pattern", () => {
  it("has an id of its own", () => {
    const ids = productPatterns.map((pattern) => pattern.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(productPatterns.map((pattern) => [pattern.id, pattern] as const))("%s matches what the product prints and not what looks alike", (_, pattern) => {
    const expression = RE2JS.compile(pattern.pattern);
    expect(mentions(pattern.positive, pattern.literals)).toBe(true);
    expect(expression.matcher(pattern.positive).find()).toBe(true);
    expect(mentions(pattern.negative, pattern.literals)).toBe(true);
    expect(expression.matcher(pattern.negative).find()).toBe(false);
  });

  it.each(productPatterns.filter((pattern) => !pattern.symptom).map((pattern) => [pattern.id, pattern] as const))(
    "%s is among what a log tells that ends in its line",
    (_, pattern) => {
      for (const prefix of ["", "2026-03-01T10:00:00.123Z ERROR "]) {
        const { text } = admit(`starting up\n${prefix}${pattern.positive}\n`);
        expect(readLog(text, { exitCode: 1, reason: null, image: null }).signals.map((signal) => signal.cause)).toContain(pattern.cause);
      }
    },
  );
});
