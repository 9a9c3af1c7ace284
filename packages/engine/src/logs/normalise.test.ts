import { describe, expect, it } from "vitest";
import { normalise } from "./normalise";

const one = (text: string) => {
  const [line] = normalise(text);
  return { text: line?.text, level: line?.level };
};

describe("prefixes", () => {
  it.each([
    ["2026-03-01T10:00:00.123456Z ERROR no disk", "no disk", "error"],
    ["[2026-03-01 10:00:00 +0000] [7] [ERROR] no disk", "no disk", "error"],
    ["2026-03-01T10:00:00.123Z ERROR 1 --- [           main] c.shop.Orders           : no disk", "no disk", "error"],
    ["E0301 10:00:00.123456       1 main.go:41] no disk", "no disk", "error"],
    ["F, [2026-03-01T10:00:00.1 #1] FATAL -- : no disk", "no disk", "fatal"],
    ["2026-03-01 10:00:00,123 - shop.orders - CRITICAL - no disk", "no disk", "fatal"],
    ["Mar 01 10:00:00 node-1 orders[33]: no disk", "no disk", null],
    ["1:M 01 Mar 2026 10:00:00.123 # no disk", "no disk", "warn"],
    ["2026/03/01 10:00:00 [emerg] 1#1: no disk", "no disk", "fatal"],
    ["[10:00:00 FTL] no disk", "no disk", "fatal"],
    ["2026-03-01 10:00:00.123 UTC [44] FATAL:  no disk", "no disk", "fatal"],
    ["1.772029229e+09\tERROR\tsetup\tno disk", "setup\tno disk", "error"],
    ["shop.ERROR: no disk", "no disk", "error"],
    ['level=error ts=2026-03-01T10:00:00Z caller=a.go:1 msg="no disk"', "no disk", "error"],
    ['{"level":50,"time":1705744800000,"msg":"no disk"}', "no disk", "error"],
    ['{"severity":"CRITICAL","message":"no disk"}', "no disk", "fatal"],
    ['{"t":{"$date":"2026-03-01T10:00:00.000Z"},"s":"F","c":"STORAGE","id":1,"ctx":"main","msg":"no disk"}', "no disk", "fatal"],
  ])("%s", (line, text, level) => {
    expect(one(line)).toEqual({ text, level });
  });
  it("leaves an exception and a panic as they are", () => {
    expect(one("Error: no disk").text).toBe("Error: no disk");
    expect(one("panic: no disk").text).toBe("panic: no disk");
    expect(one("[Error: ENOENT: no such file, open '/x'] {").text).toBe("[Error: ENOENT: no such file, open '/x'] {");
    expect(one('strconv.Atoi: parsing "x": invalid syntax').text).toBe('strconv.Atoi: parsing "x": invalid syntax');
  });
});

describe("records", () => {
  it("joins the message with the error inside and unfolds the stack into lines of the same number", () => {
    const lines = normalise('\n{"level":"error","msg":"boot","err":{"type":"Error","message":"no disk","stack":"Error: no disk\\n    at a (/app/a.js:1:2)"}}');
    expect(lines.map((l) => [l.number, l.text])).toEqual([
      [2, "boot: Error: no disk"],
      [2, "at a (/app/a.js:1:2)"],
    ]);
  });
  it("reads the JSON behind a console message", () => {
    expect(one('2026-03-01T10:00:00.000Z\tERROR\tsetup\tmanager stopped\t{"error": "open /tls/a.crt: no such file or directory"}').text).toBe(
      "setup manager stopped: open /tls/a.crt: no such file or directory",
    );
  });
  it("keeps prose with an equals sign whole", () => {
    expect(one('Configuration error. error=Missing environment variable in config. name = "A_KEY"').text).toContain("Missing environment variable");
  });
});

describe("streams", () => {
  it("keeps line numbers where blank lines are left out", () => {
    expect(normalise("a\n\nb\n\nc").map((l) => l.number)).toEqual([1, 3, 5]);
  });
  it("tells compose services, pods and stern's container apart", () => {
    expect(normalise("api-1  | up\ndb-1   | down\napi-1  | gone").map((l) => [l.source, l.text])).toEqual([
      ["api-1", "up"],
      ["db-1", "down"],
      ["api-1", "gone"],
    ]);
    expect(normalise("[pod/api-x/api] up")[0]).toMatchObject({ source: "pod/api-x/api", text: "up" });
  });
  it("joins the parts of a line that the container runtime split", () => {
    const lines = normalise("2026-03-01T10:00:00.0Z stderr P no \n2026-03-01T10:00:00.0Z stderr F disk");
    expect(lines.map((l) => l.text)).toEqual(["no disk"]);
  });
  it("takes docker's JSON off, escapes and colours too", () => {
    expect(normalise('{"log":"\\u001b[31mno\\u003edisk\\u001b[0m\\n","stream":"stderr","time":"2026-03-01T10:00:00Z"}')[0]!.text).toBe("no>disk");
  });
  it("turns an export with the newest line first round", () => {
    const lines = [9, 8, 7, 6, 5, 4].map((s) => `2026-03-01T10:00:0${s}Z INFO step ${s}`).join("\n");
    expect(normalise(lines).map((l) => l.number)).toEqual([6, 5, 4, 3, 2, 1]);
  });
  it("decodes an Erlang byte list", () => {
    const bytes = Array.from("variable A_URL is missing", (c) => c.charCodeAt(0)).join(",");
    expect(one(`message=><<${bytes}>>`).text).toContain("variable A_URL is missing");
  });
});

describe("hostile text", () => {
  it.each([
    ["one endless line", "x".repeat(20_000_000)],
    ["a million short lines", "a\n".repeat(1_000_000)],
    ["brackets", "[".repeat(200_000)],
    ["open JSON", '{"a":'.repeat(50_000)],
    ["blanks", `${" ".repeat(16_000)}\n`.repeat(100)],
    ["NUL", "\0".repeat(100_000)],
  ])("%s is read within bounds", (_, text) => {
    const lines = normalise(text);
    expect(lines.length).toBeLessThanOrEqual(80_000);
    for (const line of lines) expect(line.text.length).toBeLessThanOrEqual(16_384);
  });
});
