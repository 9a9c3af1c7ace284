/**
 * What starts: it answers `--version` itself and loads the rest only where it is needed, since most of the time of a short
 * command goes into reading code. For the same reason it writes past `process.stdout`, whose first use loads a good part of Node.
 */
import { writeSync } from "node:fs";
import { version } from "./version";

const [first, ...rest] = process.argv.slice(2);
if (rest.length === 0 && (first === "--version" || first === "version")) {
  writeSync(1, `unloop ${version}\n`);
  process.exit(0);
}
void import("./code-cache")
  .then(async ({ loadMain }) => {
    const { main, keep } = loadMain(`${__dirname}/main.cjs`, require);
    const code = await main.start();
    keep();
    process.exit(code);
  })
  .catch((error: unknown) => {
    const [reason] = String(error).split("\n", 1);
    writeSync(2, `unloop: this is an error of unloop itself, it could not start: ${reason}\n  install it again: npm install -g unloop\n`);
    process.exit(4);
  });
