/**
 * What starts: it answers `--version` itself and loads the rest only where it is needed, since most of the time of a short
 * command is spent reading code.
 */
import { version } from "./version";

const first = process.argv[2];
if ((first === "--version" || first === "version") && process.argv.length === 3) {
  process.stdout.write(`unloop ${version}\n`);
} else {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const cache = (require("node:module") as { enableCompileCache?: () => unknown }).enableCompileCache;
  // Node 22 and later keep compiled code between runs; older ones read the bundle each time.
  cache?.();
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require("./main.cjs") as { start: () => void }).start();
}
