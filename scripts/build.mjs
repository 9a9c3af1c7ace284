#!/usr/bin/env node
/**
 * Builds what is published: the command (`unloop.cjs` starts, `main.cjs` is the rest), the data beside it, the library (`index.js`) with its types.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { listCauses, root } from "./causes.mjs";
import { writeTypes } from "./library-types.mjs";

const target = join(root, "packages/cli/dist");
// Built beside and swapped in whole: whoever runs the command meanwhile finds all of the old one or all of the new one.
const dist = `${target}.${process.pid}`;
const { version } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8"));
mkdirSync(dist, { recursive: true });
process.on("exit", () => rmSync(dist, { recursive: true, force: true }));

const shared = {
  absWorkingDir: root,
  bundle: true,
  target: "node20.19",
  legalComments: "none",
  define: { UNLOOP_VERSION: JSON.stringify(version) },
  logLevel: "warning",
};
const command = { ...shared, platform: "node", format: "cjs", supported: { "dynamic-import": false }, minifySyntax: true, minifyWhitespace: true };
const launcher = { entryPoints: ["packages/cli/src/launcher.ts"], outfile: join(dist, "unloop.cjs"), banner: { js: "#!/usr/bin/env node" } };

await Promise.all([
  build({ ...command, ...launcher }),
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
const library = await import(pathToFileURL(join(dist, "index.js")).href);
writeFileSync(join(dist, "pages.json"), JSON.stringify(Object.fromEntries(listCauses().map(({ id, page }) => [id, page ?? ""]))));
writeFileSync(join(dist, "incidents.json"), JSON.stringify(listIncidents()));
if (process.argv.includes("--types")) writeTypes(join(dist, "types"));
const before = `${dist}.before`;
if (existsSync(target)) renameSync(target, before);
renameSync(dist, target);
rmSync(before, { recursive: true, force: true });
// What is published carries its licence and what it is for.
for (const file of ["README.md", "LICENSE"]) if (existsSync(join(root, file))) cpSync(join(root, file), join(root, "packages/cli", file));

/** Recorded incidents with a capture, for the demo. */
function listIncidents() {
  const folder = join(root, "fixtures/incidents");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((slug) => existsSync(join(folder, slug, "capture.json")))
    .map((slug) => {
      const capture = JSON.parse(readFileSync(join(folder, slug, "capture.json"), "utf8"));
      return { slug, title: titleOf(capture, slug), capture };
    });
}

/** What unloop itself says of a recording, in a line. */
function titleOf(capture, slug) {
  const [first] = library.diagnose(library.readCapture(JSON.stringify(capture), slug)).incidents;
  return first ? (first.cause?.title ?? first.symptom) : "nothing fails";
}
