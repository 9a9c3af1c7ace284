#!/usr/bin/env node
/**
 * The gate. Every part can be run alone, and its name says how: `npm run types`. `npm run check -- lint types` runs only these.
 * All parts run even where one fails, so that one run shows everything that is wrong.
 */
import { spawnSync } from "node:child_process";
import { root } from "./causes.mjs";

const parts = [
  ["types", "npm run types", "fix the type errors above"],
  ["lint", "npm run lint", "npx oxlint --type-aware --fix mends a part of it"],
  ["format", "npm run format -- --check", "npm run format"],
  ["boundaries", "npm run boundaries", "ARCHITECTURE.md says who may import whom"],
  ["dead-code", "npm run dead-code", "remove what nobody uses, or use it"],
  ["generated", "npm run generate -- --check", "npm run generate"],
  ["build", "npm run build", "fix the build"],
  ["tests", "npm test -- --project unit --coverage", "npx vitest run FILE runs one"],
  ["package", "npm run package-check", "see what publint, attw or the test says above"],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.some(([part]) => part === name));
if (unknown.length) {
  console.error(`no such part: ${unknown.join(", ")}. Parts: ${parts.map(([part]) => part).join(", ")}`);
  process.exit(2);
}
const results = [];
for (const [name, command, remedy] of parts) {
  if (wanted.length && !wanted.includes(name)) continue;
  console.log(`\n── ${name}: ${command}`);
  const began = Date.now();
  const { status } = spawnSync(command, { cwd: root, shell: true, stdio: "inherit" });
  results.push({ name, remedy, ok: status === 0, seconds: (Date.now() - began) / 1000 });
}
console.log();
for (const { name, remedy, ok, seconds } of results)
  console.log(`${ok ? "✓ passed" : "✗ FAILED"}  ${name.padEnd(11)} ${seconds.toFixed(1).padStart(6)} s${ok ? "" : `  ${remedy}`}`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
