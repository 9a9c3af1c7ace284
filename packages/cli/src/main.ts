/** The command: parses, runs, and turns whatever goes wrong into one sentence, what to do next, and an exit code. */
import { basename } from "node:path";
import { CommanderError } from "commander";
import { printable } from "@unloop/engine/render/spans";
import { failureOf } from "./failure";
import { type Run, makeProgram, usageFailure } from "./program";
import { write } from "./terminal";

/** kubectl runs a plugin by the name kubectl-unloop; the person types `kubectl unloop`. */
function programName(path: string | undefined): string {
  return basename(path ?? "").startsWith("kubectl-unloop") ? "kubectl unloop" : "unloop";
}

const state: Run = { exitCode: 0, hasDiagnosed: false };

/** Whether a diagnosis ran. */
export function hasDiagnosed(): boolean {
  return state.hasDiagnosed;
}

/** Runs the command line of this process; gives the exit code. */
export function start(): Promise<number> {
  // `| head` closes the pipe early: that is no failure of ours.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      process.exit(error.code === "EPIPE" ? 0 : 4);
    });
  const interrupt = new AbortController();
  process.once("SIGINT", () => {
    interrupt.abort();
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    process.exit(130);
  });
  process.once("SIGTERM", () => process.exit(143));
  return run(process.argv.slice(2), interrupt.signal);
}

async function run(argv: string[], signal: AbortSignal): Promise<number> {
  const program = programName(process.argv[1]);
  try {
    await makeProgram(program, state, signal).parseAsync(argv, { from: "user" });
    return state.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      const usage = usageFailure(error, program);
      if (!usage) return 0;
      await say(usage.sentence, usage.next);
      return 2;
    }
    const { sentence, next, exitCode } = failureOf(error);
    await say(sentence, next);
    if (process.env["UNLOOP_DEBUG"] && error instanceof Error) await write(process.stderr, `${error.stack ?? ""}\n`);
    return exitCode;
  }
}

async function say(sentence: string, next: string): Promise<void> {
  await write(process.stderr, `unloop: ${printable(sentence)}\n${next ? `  ${printable(next)}\n` : ""}`);
}
