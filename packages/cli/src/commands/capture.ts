/** `unloop capture`: the scrubbed Snapshot as a file, to be sent to somebody who has no access. */
import { writeFile } from "node:fs/promises";
import { CommandError } from "../failure";
import { type InputOptions, readInput } from "../input";
import { write } from "../terminal";

export interface CaptureOptions extends InputOptions {
  /** Where to; `-` is standard output. */
  output: string;
  quiet: boolean;
}

export async function captureCommand(options: CaptureOptions): Promise<number> {
  const snapshot = await readInput(options);
  const { encodeCapture } = await import("@unloop/sources/bundle");
  const text = encodeCapture(snapshot);
  options.progress.close();
  if (options.output === "-") {
    await write(process.stdout, text);
    return 0;
  }
  try {
    // Secrets are masked, yet names, hosts and log lines are nobody else's business.
    await writeFile(options.output, text, { mode: 0o600 });
  } catch (error) {
    throw new CommandError("file-not-written", { path: options.output, reason: error instanceof Error ? error.message : String(error) }, error);
  }
  if (!options.quiet) await write(process.stderr, `wrote ${options.output}; read it with: unloop --from ${options.output}\n`);
  return 0;
}
