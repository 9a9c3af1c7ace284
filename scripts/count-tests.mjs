#!/usr/bin/env node
/** Adds up vitest's JSON reports; the last line is `N passed, N failed, N skipped`. A report that is missing or of no test is a failure. */
import { existsSync, readFileSync } from "node:fs";

const counts = { passed: 0, failed: 0, skipped: 0 };
let broken = false;
for (const path of process.argv.slice(2)) {
  if (!existsSync(path)) {
    console.error(`there is no report ${path}`);
    broken = true;
    continue;
  }
  for (const { name, status, message, assertionResults } of JSON.parse(readFileSync(path, "utf8")).testResults) {
    // A file that could not be loaded has no tests of its own, and yet has failed.
    if (status === "failed" && assertionResults.every((test) => test.status !== "failed")) {
      counts.failed += 1;
      console.error(`${name}: ${message}`);
    }
    for (const test of assertionResults) counts[test.status === "passed" || test.status === "failed" ? test.status : "skipped"] += 1;
  }
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = broken || counts.failed > 0 || counts.passed === 0 ? 1 : 0;
