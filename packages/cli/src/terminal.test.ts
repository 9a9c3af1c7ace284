import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { failureOf } from "./failure";
import { startProgress } from "./progress";
import { hasColour, paint, widthOf } from "./terminal";

describe("the terminal", () => {
  const terminal = { isTTY: true };

  it("has colours only on a terminal that wants them", () => {
    expect(hasColour(terminal, {}, {})).toBe(true);
    expect(hasColour({ isTTY: false }, {}, {})).toBe(false);
    expect(hasColour(terminal, { noColor: true }, {})).toBe(false);
    expect(hasColour(terminal, {}, { NO_COLOR: "1" })).toBe(false);
    expect(hasColour(terminal, {}, { TERM: "dumb" })).toBe(false);
    expect(hasColour({ isTTY: false }, {}, { FORCE_COLOR: "1" })).toBe(true);
  });

  it("is used up to 80 columns, and never below 40", () => {
    expect([widthOf({}), widthOf({ columns: 200 }), widthOf({ columns: 60 }), widthOf({ columns: 10 })]).toEqual([80, 80, 60, 40]);
  });

  it("shows the verdict in colour and evidence as it is", () => {
    const line = [
      { role: "cause" as const, text: "Secret a does not exist" },
      { role: "evidence" as const, text: " not found" },
    ];
    expect(paint([line], true)).toBe("\u001b[1m\u001b[31mSecret a does not exist\u001b[39m\u001b[22m not found\n");
    expect(paint([line], false)).toBe("Secret a does not exist not found\n");
  });
});

describe("progress", () => {
  function stream(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
    const pass = Object.assign(new PassThrough(), { isTTY, columns: 30 });
    return { stream: pass as unknown as NodeJS.WriteStream, text: () => String(pass.read() ?? "") };
  }
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

  it("shows after a while, cut to the line, and leaves a clean line", async () => {
    const { stream: out, text } = stream(true);
    const progress = startProgress(out, { afterMilliseconds: 5 });
    progress.say("reading what ten thousand pods tell");
    await wait(30);
    progress.close();
    expect(text()).toBe("\rreading what ten thousand pod\u001b[K\r\u001b[K");
  });

  it("says nothing where it is done before, where nobody looks, or where quiet is asked", async () => {
    const fast = stream(true);
    startProgress(fast.stream, { afterMilliseconds: 50 }).close();
    const piped = stream(false);
    startProgress(piped.stream, { afterMilliseconds: 0 }).say("x");
    const quiet = stream(true);
    startProgress(quiet.stream, { afterMilliseconds: 0, quiet: true }).say("x");
    await wait(60);
    expect([fast.text(), piped.text(), quiet.text()]).toEqual(["", "", ""]);
  });
});

describe("a failure", () => {
  it("that nobody foresaw is called an error of unloop, with how to report it and no stack", () => {
    const { sentence, next, exitCode } = failureOf(new TypeError("x is not a function\n    at somewhere"));
    expect(sentence).toBe("this is an error of unloop itself: TypeError: x is not a function");
    expect(next).toContain("report it");
    expect(exitCode).toBe(4);
  });
});
