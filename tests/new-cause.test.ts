/** The skeleton of a new cause is whole from the start: what a newcomer changes is the only thing that can be wrong. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

const script = fileURLToPath(new URL("../scripts/new-cause.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "unloop-new-cause-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run new-cause", () => {
  it("writes the cause, its page with the five headings, and two cases of each side", () => {
    execFileSync(process.execPath, [script, "config/thing-missing", folder]);
    const written = join(folder, "config/thing-missing");
    expect(readFileSync(join(written, "cause.ts"), "utf8")).toContain('id: "config/thing-missing"');
    expect(readFileSync(join(written, "cause.md"), "utf8").match(/^#.*$/gm)).toEqual([
      "# config/thing-missing",
      "## What you see",
      "## What it means",
      "## How we know",
      "## What to do",
      "## When it is not this",
    ]);
    const cases = readdirSync(join(written, "cases")).map((file) => parse(readFileSync(join(written, "cases", file), "utf8")) as { expect: unknown[] });
    expect(cases.filter((one) => one.expect.length > 0)).toHaveLength(2);
    expect(cases.filter((one) => one.expect.length === 0)).toHaveLength(2);
  });

  it.each(["Config/x", "config", "config/Thing", "../x/y", ""])("refuses %j as an id and writes nothing", (id) => {
    const { status, stderr } = spawnSync(process.execPath, [script, id, join(folder, "none")], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toContain("usage: npm run new-cause");
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("does not write over a cause that is there", () => {
    execFileSync(process.execPath, [script, "config/thing-there", folder]);
    expect(spawnSync(process.execPath, [script, "config/thing-there", folder], { encoding: "utf8" }).stderr).toContain("is there already");
  });
});
