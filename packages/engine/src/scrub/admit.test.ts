import { describe, expect, test } from "vitest";
import { admit } from "./index";

const bytes = (...codes: number[]): Uint8Array => new Uint8Array(codes);
const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array =>
  bytes(
    ...Array.from((mark ? "\ufeff" : "") + text).flatMap((letter) =>
      big ? [letter.charCodeAt(0) >> 8, letter.charCodeAt(0) & 255] : [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8],
    ),
  );

describe("bytes become text", () => {
  test("in UTF-16 of either order, with a mark and without", () => {
    for (const big of [false, true])
      for (const mark of [false, true]) expect(admit(utf16("ready on port 8080\n", big, mark)).text).toBe("ready on port 8080\n");
  });
  test("where invalid bytes and NULs stand between", () => {
    expect(admit(bytes(97, 0xff, 98, 0, 99)).text).toBe("a\ufffdbc");
    expect(admit("").text).toBe("");
  });
});

describe("what moves a cursor is gone", () => {
  test("colours, titles, hyperlinks, C1 and overrides", () => {
    expect(admit("\u001b[31mred\u001b[0m \u001b]0;title\u0007\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\ \u009b1mC1 \u202eevil\u200b").text).toBe(
      "red link C1 evil",
    );
  });
  test("a progress bar keeps its last frame, other text its line", () => {
    expect(admit("10%\r50%\r100% done\nnext\r\n").text).toBe("100% done\nnext\n");
    expect(admit("starting\rfatal: no config\n").text).toBe("starting\nfatal: no config\n");
  });
  test("a secret that colours divide is still found", () => {
    expect(admit("pass\u001b[1mword=hun\u001b[0mter22").text).toBe("password=«password»");
  });
});

describe("what was split is one", () => {
  test("partial lines of the container runtime", () => {
    const text = "2026-03-01T10:00:00.1Z stdout P password=hun\n2026-03-01T10:00:00.2Z stderr F other\n2026-03-01T10:00:00.3Z stdout F ter22 user=app\n";
    expect(admit(text).text).toBe("2026-03-01T10:00:00.1Z stdout F password=«password» user=app\n2026-03-01T10:00:00.2Z stderr F other\n");
  });
  test("partial lines of Docker's JSON", () => {
    expect(admit('{"log":"token=abc12","stream":"stdout"}\n{"log":"3def456 x\\n","stream":"stdout"}').text).toBe(
      '{"log":"token=«token» x\\n","stream":"stdout"}',
    );
  });
  test("a secret wrapped at the width of a terminal, and one that a hand broke", () => {
    const line = `connecting to the store with postgres://app:hunter22hunter`.padStart(80, "-");
    expect(admit(`${line}33@db:5432/shop\n`).text).toBe(`${line.slice(0, line.indexOf("hunter22"))}«password»@db:5432/shop\n`);
    expect(admit("password=Zx8Kq2Lm\nW4rT9yB1\nnext line").text).toBe("password=«password»\nnext line");
  });
});

describe("limits", () => {
  test("keep the wanted end in whole lines", () => {
    const text = "one\ntwo\nthree\n";
    expect(admit(text, { bytes: 10, keep: "head" })).toMatchObject({ text: "one\ntwo\n", cut: "bytes" });
    expect(admit(text, { bytes: 10 })).toMatchObject({ text: "three\n", cut: "bytes" });
    expect(admit(text)).toMatchObject({ text, cut: "none" });
  });
  test("cut a line without cutting a secret into something unknown", () => {
    const token = ["ghp", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5"].join("_");
    expect(admit(`${" ".repeat(10)}${token} tail`, { line: 20 }).text).toBe(`${" ".repeat(10)}«token:ghp…`);
  });
  test("hold for bytes as for text", () => {
    const { text, cut } = admit(new TextEncoder().encode("line\n".repeat(10_000)), { bytes: 100 });
    expect([text.length <= 100, cut]).toEqual([true, "bytes"]);
  });
});

test("a leak is told by kind and by the line of the scrubbed text, once", () => {
  const { leaked } = admit("start\npassword=hunter22 and password=hunter22\n-----BEGIN PRIVATE KEY-----\nabcd\n-----END PRIVATE KEY-----\ntoken=3f9a1c77b2\n");
  expect(leaked).toEqual([
    { kind: "password", line: 2 },
    { kind: "pem", line: 3 },
    { kind: "token", line: 4 },
  ]);
});

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
