#!/usr/bin/env node
/**
 * Builds what is published: the command (`unloop.cjs` starts, `main.cjs` is the rest), the data beside it, the library (`index.js`)
 * with its types.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { listCauses, root } from "./causes.mjs";
import { writeTypes } from "./library-types.mjs";

const dist = join(root, "packages/cli/dist");
const { version } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8"));
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const shared = {
  absWorkingDir: root,
  bundle: true,
  target: "node20.19",
  legalComments: "none",
  define: { UNLOOP_VERSION: JSON.stringify(version) },
  logLevel: "warning",
};
const command = { ...shared, platform: "node", format: "cjs", minifySyntax: true, minifyWhitespace: true };

await Promise.all([
  build({
    ...command,
    entryPoints: ["packages/cli/src/launcher.ts"],
    outfile: join(dist, "unloop.cjs"),
    external: ["./main.cjs"],
    banner: { js: "#!/usr/bin/env node" },
  }),
  build({ ...command, entryPoints: ["packages/cli/src/main.ts"], outfile: join(dist, "main.cjs") }),
  build({
    ...shared,
    entryPoints: ["packages/cli/src/library.ts"],
    outfile: join(dist, "index.js"),
    platform: "neutral",
    mainFields: ["module", "main"],
    format: "esm",
  }),
]);
chmodSync(join(dist, "unloop.cjs"), 0o755);
writeFileSync(join(dist, "pages.json"), JSON.stringify(Object.fromEntries(listCauses().map(({ id, page }) => [id, page ?? ""]))));
writeFileSync(join(dist, "incidents.json"), JSON.stringify(listIncidents()));
if (process.argv.includes("--types")) writeTypes(join(dist, "types"));
// What is published carries its licence and what it is for.
for (const file of ["README.md", "LICENSE"]) if (existsSync(join(root, file))) cpSync(join(root, file), join(root, "packages/cli", file));

/** Recorded incidents with a capture, for the demo. */
function listIncidents() {
  const folder = join(root, "fixtures/incidents");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((slug) => existsSync(join(folder, slug, "capture.json")))
    .map((slug) => ({ slug, title: titleOf(join(folder, slug)), capture: JSON.parse(readFileSync(join(folder, slug, "capture.json"), "utf8")) }));
}

function titleOf(folder) {
  const report = join(folder, "report.json");
  const incidents = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).incidents : [];
  const first = incidents.find(({ causedBy }) => causedBy === null);
  return first?.cause?.title ?? (first ? first.symptom : "nothing fails");
}
