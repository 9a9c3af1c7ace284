import { describe, expect, it } from "vitest";
import type { ScrubbedText } from "../model/snapshot";
import { readLog } from "./index";

const read = (text: string, exitCode: number | null = null) => readLog(text as ScrubbedText, { exitCode, reason: null, image: null });
const first = (text: string) => read(text).signals[0];

describe("the cause in a crash log", () => {
  it("is the last Caused by of a Java chain", () => {
    const signal = first(
      [
        "org.shop.BootException: could not start",
        "\tat org.shop.Main.main(Main.java:9)",
        "Caused by: org.postgresql.util.PSQLException: Connection to orders-pg:5432 refused. Check that the hostname and port are correct",
        "\tat org.postgresql.Driver.connect(Driver.java:2)",
        "\t... 3 more",
      ].join("\n"),
    );
    expect(signal).toMatchObject({ cause: "dependency/refused", confidence: "certain", subject: { host: "orders-pg", port: 5432 } });
    expect(signal!.lines[0]!.number).toBe(3);
  });
  it("is the first exception of a Python chain", () => {
    const signal = first(
      [
        "Traceback (most recent call last):",
        '  File "/srv/app/store.py", line 4, in open',
        '    raise OSError("failed to resolve host")',
        "FileNotFoundError: [Errno 2] No such file or directory: '/etc/orders/rules.json'",
        "",
        "The above exception was the direct cause of the following exception:",
        "",
        "Traceback (most recent call last):",
        '  File "/srv/app/main.py", line 9, in <module>',
        "    boot()",
        "RuntimeError: boot failed",
      ].join("\n"),
    );
    expect(signal).toMatchObject({ cause: "config/file-missing", subject: { path: "/etc/orders/rules.json" } });
    expect(signal!.lines[0]!.number).toBe(4);
  });
  it("is named with type and first own frame where nothing outside is to blame", () => {
    const signal = first(
      "panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\nmain.total(...)\n\t/src/total.go:31 +0x11d\nexit status 2",
    );
    expect(signal).toMatchObject({ cause: "app/uncaught-exception", confidence: "certain", details: { frame: "/src/total.go:31", runtime: "go" } });
  });
  it("is not what the shells around it say", () => {
    const signal = first(
      "> shop@1.0.0 start\n> node main.js\n\nError: Cannot find module 'express'\n    at Module._resolveFilename (node:internal/modules:1:1)\nnpm ERR! code ELIFECYCLE\nnpm ERR! Exit status 1",
    );
    expect(signal).toMatchObject({ cause: "start/library-missing", details: { library: "express" } });
  });
  it("is looked for in the last of several runs", () => {
    const banner = "orders 2.0 starting\nreading settings\n";
    const text = `${banner}ERROR: open /etc/a.yaml: no such file or directory\n${banner}loading\nready soon\nError: dial tcp 10.0.0.4:5432: connect: connection refused\n`;
    expect(first(text)).toMatchObject({ cause: "dependency/refused" });
    expect(read(text).signals).toHaveLength(1);
  });
  it("is a missing setting where a host reads undefined or $(VAR), and the other way round never shown as host", () => {
    expect(first("Error: getaddrinfo ENOTFOUND undefined")).toMatchObject({ cause: "config/setting-missing", details: { host: "undefined" } });
    const signal = first('could not translate host name "$(DB_HOST)" to address: Name or service not known');
    expect(signal).toMatchObject({ cause: "config/setting-missing", subject: { env: "DB_HOST" } });
    expect(signal!.subject.host).toBeUndefined();
  });
  it("never gives a piece of a password out as host", () => {
    const signal = first('could not translate host name "Qx7!tailOfIt@orders-pg" to address: Name or service not known');
    expect(signal).toMatchObject({ cause: "config/setting-invalid", subject: { host: "orders-pg" } });
    expect(JSON.stringify([signal!.subject, signal!.details])).not.toContain("tailOfIt");
  });
  it("says where the target is the pod itself", () => {
    expect(first("Error: connect ECONNREFUSED 127.0.0.1:5432")).toMatchObject({ cause: "dependency/refused", details: { localhost: true } });
  });
  it("shows the setting's name where it stands on the next line", () => {
    const signal = first(
      "pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings\nbroker_token\n  Field required [type=missing, input_value={}, input_type=dict]",
    );
    expect(signal).toMatchObject({ cause: "config/setting-missing", subject: { env: "broker_token" } });
    expect(signal!.lines.map((l) => l.text)).toContain("broker_token");
  });
});

describe("what is not the cause", () => {
  const work = Array.from({ length: 20 }, (_, i) => `2026-03-01T10:00:${10 + i}Z INFO order ${i} done`).join("\n");
  it("an error that the program survived", () => {
    const reading = read(`2026-03-01T10:00:01Z ERROR dial tcp 10.0.0.4:6379: connect: connection refused\n${work}`);
    expect(reading).toMatchObject({ kind: "healthy", signals: [] });
  });
  it("complaints long before an orderly stop", () => {
    const reading = read(
      "2026-03-01T10:00:01Z ERROR upstream: i/o timeout\n2026-03-01T10:09:01Z INFO received SIGTERM, shutting down\n2026-03-01T10:09:02Z INFO bye",
    );
    expect(reading).toMatchObject({ kind: "healthy", stoppedInOrder: true });
  });
  it("the refused client of a server", () => {
    const reading = read(
      '2026-03-01 10:00:00.000 UTC [1] LOG:  database system is ready to accept connections\n2026-03-01 10:05:00.000 UTC [90] FATAL:  password authentication failed for user "bob"',
    );
    for (const signal of reading.signals) expect(signal.confidence).toBe("possible");
  });
  it("quoted source of a traceback", () => {
    const reading = read(
      'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in <module>\n    raise Broken("connection refused by ORDERS_URL is required")\nBroken',
    );
    expect(reading.signals.map((s) => s.cause)).not.toContain("dependency/refused");
  });
});

it("an empty log is empty, a plain one is healthy", () => {
  expect(read("").kind).toBe("empty");
  expect(read(" \n\n").kind).toBe("empty");
  expect(read("step 1\nstep 2").kind).toBe("healthy");
});
it("the last ten lines are kept for a reader", () => {
  const reading = read(Array.from({ length: 30 }, (_, i) => `line ${i}`).join("\n"));
  expect(reading.tail).toHaveLength(10);
  expect(reading.tail.at(-1)).toEqual({ number: 30, text: "line 29" });
});
it("the same log gives the same reading", () => {
  const text = "Error: connect ECONNREFUSED 10.0.0.4:6379\nKeyError: 'A_TOKEN'";
  expect(read(text)).toEqual(read(text));
});
it("hostile text is answered within bounds", () => {
  for (const text of [
    '"connection refused" '.repeat(100_000),
    "Error: permission denied\n".repeat(100_000),
    "Caused by: a.b.C: x\n".repeat(50_000),
    "\tat a.b.C(D.java:1)\n".repeat(50_000),
  ]) {
    const reading = read(text);
    expect(reading.signals.length).toBeLessThanOrEqual(6);
    for (const signal of reading.signals) expect(signal.lines.length).toBeLessThanOrEqual(5);
  }
});
