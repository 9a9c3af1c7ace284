#!/usr/bin/env node
/** Prints a command that the README tells: `node scripts/readme-command.mjs test`. CI runs what a reader would type. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./causes.mjs";

const script = process.argv[2];
const lines = readFileSync(join(root, "README.md"), "utf8").split("\n");
const line = lines.find((one) => one.includes(`npm ${script === "test" ? "test" : `run ${script}`}`) && one.startsWith("npm ci"));
if (!line) {
  console.error(`the README has no command of its own for ${script}`);
  process.exit(1);
}
console.log(line.replace(/ +#.*$/, ""));
