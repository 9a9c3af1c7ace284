import { describe, expect, it } from "vitest";
import { admit } from "../scrub/index";
import { readLog } from "./index";

const read = (log: string, exitCode: number | null) => readLog(admit(log).text, { exitCode, reason: null, image: null });

describe("the end of a log", () => {
  it("is not healthy where the program ended by itself with an error, whatever its last words", () => {
    const log = "starting the ledger\nloaded 14 rules\nthat is all\n";
    expect(read(log, 1).kind).toBe("silent");
    expect(read(log, 0).kind).toBe("healthy");
    expect(read(log, null).kind).toBe("healthy");
  });
  it("finds the exception behind the stamps of a model server, not the one that sends the reader there", () => {
    const stamp = "(EngineCore pid=7) ERROR 03-01 10:00:01 [core.py:12]";
    const log = `${stamp} EngineCore failed to start.
${stamp} Traceback (most recent call last):
${stamp}   File "/opt/server/pages.py", line 40, in unify
${stamp}     assert size == largest
${stamp}            ^^^^^^^^^^^^^^^
${stamp} AssertionError
(APIServer pid=1) RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}
`;
    const [first] = read(log, 1).signals;
    expect(first).toMatchObject({ cause: "app/uncaught-exception", details: { exception: "AssertionError" } });
  });
  it("keeps the class of an exception that stands where a logger's name could", () => {
    const [first] = read("2026-03-01T10:00:00Z ERROR shop.store.errors.LedgerError: page 4 has no total\n", 1).signals;
    expect(first?.details.exception).toBe("shop.store.errors.LedgerError");
  });
  it("takes a migration that has nothing to do for no failure", () => {
    const log = '12 migrations found\nNo pending migrations to apply.\n/usr/local/bin/orders: line 1: syntax error: unexpected ")"\n';
    expect(read(log, 2).signals[0]).toMatchObject({ cause: "start/architecture-mismatch", subject: { path: "/usr/local/bin/orders" } });
  });
});
