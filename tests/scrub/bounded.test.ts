import { admit } from "@unloop/engine/scrub/index";
import { describe, expect, test } from "vitest";

/** Processor time of this process, so that a busy machine does not fail the test. */
function megabytesASecond(text: string): number {
  const before = process.cpuUsage().user;
  admit(text, { bytes: text.length });
  return text.length / Math.max(1, process.cpuUsage().user - before);
}

test("plain logs pass at thirty megabytes a second", () => {
  const line =
    "2026-03-01T10:00:00.123Z INFO [http-8080-exec-3] c.e.shop.Orders : Completed id=aab8ec0d-3424-4ae5-9f41-5e509171e186 path=/orders status=200 elapsed=3.06\n";
  const text = Buffer.from(line.repeat(60_000)).toString();
  megabytesASecond(text);
  const speed = megabytesASecond(text);
  process.stdout.write(`scrubbing plain log: ${speed.toFixed(0)} MB/s\n`);
  expect(speed).toBeGreaterThan(30);
});

describe("is bounded on", () => {
  const size = 400_000;
  const hostile: Record<string, string> = {
    "a line without end": "a".repeat(30_000_000),
    "a million short lines": "ok 12345\n".repeat(1_000_000),
    "one return in a line without end": `${"a".repeat(400_000)}\n\rb`,
    "secrets alone": "password=hunter22\n".repeat(50_000),
    ...Object.fromEntries(
      [
        "password=",
        "password='",
        "://",
        "a://b:c",
        "@",
        "a:b@",
        "%41",
        "\\",
        '\\"password\\":\\"',
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----\n",
        "kind: Secret\n",
        '"kind":"Secret",',
        "ghp_",
        "eyJaaaaaaaa.",
        "mysql -p",
        "AUTH ",
        "authorization: ",
        "cookie: a=",
        "lookup ",
        "\u001b[",
        "\u001b]",
        "x\r",
        "\r",
        "__construct('",
        "password ",
        "password:\n",
        "identified by ",
        "invalid port ",
      ].map((unit) => [JSON.stringify(unit), unit.repeat(size / unit.length)]),
    ),
  };
  test.each(Object.keys(hostile))("%s", (name) => {
    const text = hostile[name]!;
    const before = process.cpuUsage().user;
    const out = admit(text, { line: 1_000_000 });
    expect(out.text.length).toBeLessThan(5_000_000);
    expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(5);
  });
});

test("random bytes are admitted without a word", () => {
  let state = 1;
  for (let round = 0; round < 200; round++) {
    const bytes = Uint8Array.from({ length: 300 }, () => (state = (state * 48_271) % 2_147_483_647) & 255);
    expect(typeof admit(bytes).text).toBe("string");
  }
});
