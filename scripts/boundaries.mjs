#!/usr/bin/env node
/** Runs dependency-cruiser, and makes sure that it saw something: with a TypeScript that it can't load it silently sees nothing. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./causes.mjs";

const cruise = join(root, "node_modules/.bin/depcruise");
let output;
try {
  output = execFileSync(cruise, ["packages", "tests", "--config", ".dependency-cruiser.cjs", "--output-type", "json"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
} catch (error) {
  // depcruise exits with the number of violations.
  output = error.stdout;
}
const { summary, modules } = JSON.parse(output);
for (const { rule, from, to, cycle } of summary.violations) console.error(`${rule.name}: ${from} → ${cycle?.map(({ name }) => name).join(" → ") ?? to}`);
const seen = modules.filter(({ source }) => source.startsWith("packages/engine/") && source.endsWith(".ts")).length;
console.log(
  `boundaries: ${summary.totalCruised} modules, ${seen} of the engine, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations`,
);
if (seen === 0 || summary.totalDependenciesCruised === 0) console.error("dependency-cruiser saw no modules: does it find a TypeScript with a JavaScript API?");
process.exitCode = summary.violations.length || seen === 0 || summary.totalDependenciesCruised === 0 ? 1 : 0;
