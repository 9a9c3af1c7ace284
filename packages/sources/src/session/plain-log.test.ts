import { describe, expect, it } from "vitest";
import { readSession } from "./index";

const kept = (text: string): string[] => [...readSession(text).snapshot.logs].map((log) => log.text);

describe("a bare log", () => {
  it("keeps a last line that sounds like kubectl's own", () => {
    const log = "info: reading targets\ninfo: listening on :9100\nerror: 2026/03/01 10:00:00 no target answers\n";
    expect(kept(log).join("\n")).toContain("no target answers");
  });
  it("keeps what the server answers to a script that traces itself", () => {
    const log =
      '+ set -eu\n+ orders --version\norders 3.1.0\nledger 2.0.4\n+ kubectl -n shop delete job --all\nError from server (Forbidden): jobs.batch is forbidden: User "system:serviceaccount:shop:reaper" cannot list resource "jobs" in API group "batch" in the namespace "shop"\n';
    expect(kept(log).join("\n")).toContain("is forbidden");
  });
  it("may be made of npm's own messages", () => {
    const { understood } = readSession("npm warn config old\nnpm error code EACCES\nnpm error path /srv/shop\nnpm error errno -13\n", { exitCode: 243 });
    expect(understood).toBe(true);
  });
});
