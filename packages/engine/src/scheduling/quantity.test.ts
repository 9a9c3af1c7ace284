import { describe, expect, test } from "vitest";
import { exceeds, formatQuantity, parseQuantity } from "./quantity";

describe("a quantity", () => {
  test.each([
    ["250m", 0.25],
    ["2", 2],
    ["1.5Gi", 1.5 * 2 ** 30],
    ["128974848", 128974848],
    ["129e6", 129e6],
    ["12E", 12e18],
    ["100k", 1e5],
    [".5", 0.5],
    [4, 4],
  ])("%s is read in base units", (text, value) => expect(parseQuantity(text)).toBeCloseTo(value, 6));
  test.each(["", "lots", "1 Gi", "0x10", "1KiB"])("%s is none", (text) => expect(parseQuantity(text)).toBeNull());
  test("is written as a person writes it", () => {
    expect(formatQuantity("cpu", 0.25)).toBe("250m");
    expect(formatQuantity("requests.cpu", 4)).toBe("4");
    expect(formatQuantity("memory", 1.5 * 2 ** 30)).toBe("1.5Gi");
    expect(formatQuantity("nvidia.com/gpu", 2)).toBe("2");
  });
  test("sums of fractions do not exceed what is there", () => expect(exceeds(0.1 + 0.2, 0.3)).toBe(false));
});
