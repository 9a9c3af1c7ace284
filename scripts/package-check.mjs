#!/usr/bin/env node
/** Checks what would be published: packs it, then publint and are-the-types-wrong. That it runs is tested in tests/package. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./causes.mjs";

const bin = (name) => join(root, "node_modules/.bin", name);
const folder = mkdtempSync(join(tmpdir(), "unloop-pack-"));
try {
  execFileSync("node", ["scripts/build.mjs", "--types"], { cwd: root, stdio: "inherit" });
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--workspace", "unloop", "--pack-destination", folder], { cwd: root, encoding: "utf8" }),
  );
  const tarball = join(folder, filename);
  const checks = [
    [bin("publint"), ["run", tarball, "--strict"]],
    // The library is ESM; the command is started, not imported.
    [bin("attw"), [tarball, "--profile", "esm-only", "--no-emoji"]],
  ];
  const failed = checks.filter(
    ([command, args]) => spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, UNLOOP_TARBALL: tarball } }).status !== 0,
  );
  process.exitCode = failed.length ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
