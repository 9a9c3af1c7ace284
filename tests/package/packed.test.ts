/** The package as npm packs it, installed into an empty folder without any network. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the packed package", () => {
  let folder = "";
  const run = (file: string, ...args: string[]): string => execFileSync(join(folder, "node_modules/.bin", file), args, { cwd: folder, encoding: "utf8" });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "unloop-installed-"));
    const packed = execFileSync("npm", ["pack", "--json", "--workspace", "unloop", "--pack-destination", folder], { cwd: root, encoding: "utf8" });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "reader", private: true, type: "module" }));
    execFileSync("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(folder, filename)], { cwd: folder, stdio: "pipe" });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("installs one package and nothing else", () => {
    const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as { packages: Record<string, unknown> };
    expect(Object.keys(lock.packages)).toEqual(["", "node_modules/unloop"]);
  });

  it("runs as unloop and as kubectl-unloop", () => {
    expect(run("unloop", "--version")).toMatch(/^unloop \d+\.\d+\.\d+\n$/);
    expect(run("kubectl-unloop", "--help")).toContain("kubectl unloop deploy/");
  });

  it("shows the demo without a cluster", () => {
    const text = run("unloop", "demo");
    expect(text).toContain("Secret");
    expect(text).not.toContain("error of unloop");
  });

  it("explains an exit code", () => {
    expect(run("unloop", "explain", "137")).toContain("SIGKILL");
  });

  it("is a library that turns pasted text into a Report", () => {
    const program = `
      import { diagnose, readSession } from "unloop";
      const { snapshot } = readSession("Error: connect ECONNREFUSED 10.0.0.1:5432\\n", { exitCode: 1 });
      console.log(diagnose(snapshot).schemaVersion);`;
    expect(execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: folder, encoding: "utf8" })).toBe("1\n");
  });

  it("carries the schema of its Report, its licence and its types", () => {
    const installed = join(folder, "node_modules/unloop");
    for (const file of ["schema/report.schema.json", "LICENSE", "README.md", "dist/types/cli/library.d.ts"])
      expect(existsSync(join(installed, file)), file).toBe(true);
  });
});
