#!/usr/bin/env node
/**
 * Speed, each number beside something else that is measured in the same run on the same machine: a number alone says as much about
 * the machine as about unloop. `npm run bench -- engine logs` runs only these. The live ones need a cluster: UNLOOP_LAB_KUBECONFIG or KUBECONFIG.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../scripts/causes.mjs";
import { liveMeasures, startMeasures } from "./processes.mjs";
import { pasteMeasures } from "./paste.mjs";

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "unloop-bench-"));
const rows = [];
try {
  execFileSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: "inherit" });
  const outfile = join(folder, "measures.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["bench/engine.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    outfile,
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  const { engineMeasures, logMeasures } = await import(pathToFileURL(outfile).href);
  const suites = {
    engine: () => engineMeasures(root),
    logs: () => logMeasures(root),
    paste: () => pasteMeasures(root, folder),
    start: startMeasures,
    live: liveMeasures,
  };
  for (const [name, measure] of Object.entries(suites)) {
    if (wanted.length && !wanted.includes(name)) continue;
    for (const row of await measure()) {
      rows.push(row);
      print(row);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\nNode ${process.version}, ${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}`);
const missed = rows.filter(({ holds }) => holds === false);
for (const { what, bound } of missed) console.log(`missed: ${what} (${bound})`);
process.exitCode = missed.length ? 1 : 0;

/** `{ what, value, beside, other, ratio, bound, holds }`: all text but `holds`; `skipped` instead where it could not be measured. */
function print({ what, value, beside, other, ratio, bound, holds, skipped }) {
  if (skipped) console.log(`${what}\n  skipped: ${skipped}`);
  else
    console.log(`${what}\n  ${value}   beside ${beside}: ${other}   ratio ${ratio}   ${bound}${holds === undefined ? "" : holds ? " ✓ holds" : " ✗ MISSED"}`);
}
