/**
 * What starts: it answers `--version` itself and loads the rest only where it is needed, since most of the time of a short
 * command goes into reading code. For the same reason it writes past `process.stdout`, whose first use loads a good part of Node.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { loadMain } from "./code-cache";
import { version } from "./version";

const [first, ...rest] = process.argv.slice(2);
if (rest.length === 0 && (first === "--version" || first === "version")) {
  writeSync(1, `unloop ${version}\n`);
  process.exit(0);
}
const { main, keep } = loadMain(join(__dirname, "main.cjs"), require);
void main.start().then((code) => {
  keep();
  process.exit(code);
});
