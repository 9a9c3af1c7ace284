import { describe, expect, it } from "vitest";
import { parseExitCode, parseFormat, parseSeconds } from "./flags";

describe("flags", () => {
  it.each([
    ["30", 30],
    ["30s", 30],
    ["1.5s", 1.5],
    ["500ms", 0.5],
    ["1h30m", 5400],
    ["2d", 172800],
    ["0", 0],
  ])("read the time %s as %d seconds", (value, seconds) => {
    expect(parseSeconds("--timeout")(value)).toBe(seconds);
  });

  it.each(["", "s", "5 m", "-1s", "1x", "1e3", "9999999999s"])("refuse %j as a time, and say what would be one", (value) => {
    expect(() => parseSeconds("--timeout")(value)).toThrow(expect.objectContaining({ exitCode: 2, hint: "a time like 30s, 5m, 1h30m or 2d" }));
  });

  it("take md for markdown and refuse what is no format", () => {
    expect(parseFormat("md")).toBe("markdown");
    expect(() => parseFormat("xml")).toThrow("--output does not understand xml");
  });

  it.each(["256", "-1", "abc", ""])("refuse %j as an exit code", (value) => {
    expect(() => parseExitCode(value)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
