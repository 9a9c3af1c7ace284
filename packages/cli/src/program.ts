/** The command line: commands, flags and help. What a command does lives in commands/, loaded when it is called. */
import { Command, type CommanderError } from "commander";
import { CommandError } from "./failure";
import { formats, parseExitCode, parseFormat, parseSeconds } from "./flags";
import type { InputOptions } from "./input";
import { startProgress } from "./progress";
import { parseTarget } from "./target";
import { version } from "./version";

/** Flags as commander hands them over. */
interface Flags {
  namespace?: string;
  allNamespaces?: boolean;
  selector?: string;
  context?: string;
  kubeconfig?: string;
  from?: string;
  exitCode?: number;
  reason?: string;
  since?: number;
  all?: boolean;
  output?: string;
  quiet?: boolean;
  color?: boolean;
  timeout?: number;
  requestTimeout?: number;
  list?: boolean;
}

export interface Run {
  /** Ends with the exit code of the command that ran. */
  exitCode: number;
  hasDiagnosed: boolean;
}

/** `program`: how the person calls it, `unloop` or `kubectl unloop`. */
export function makeProgram(program: string, run: Run, signal: AbortSignal): Command {
  const command = new Command(program)
    .description("Why can't this container stay running, and what makes it run again?")
    .version(`unloop ${version}`, "--version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

  const diagnose = (into: Command): Command =>
    outputFlags(inputFlags(into))
      .argument("[target...]", "TYPE/NAME, TYPE NAME or NAME; - reads pasted text; nothing: all that fails in the namespace")
      .option("--since <time>", "only what began within this time, e.g. 1h", parseSeconds("--since"))
      .option("--all", "unfold what is folded, such as Jobs that failed long ago")
      .action(async (names: string[], _: unknown, called: Command) => {
        const flags = called.optsWithGlobals<Flags>();
        const format = parseFormat(flags.output ?? "text");
        const input = inputOptions(names, flags, program, signal);
        const { diagnoseCommand } = await import("./commands/diagnose");
        try {
          run.exitCode = await diagnoseCommand({
            ...input,
            format,
            all: flags.all === true,
            noColor: flags.color === false,
            sinceSeconds: flags.since ?? null,
          });
          run.hasDiagnosed = true;
        } finally {
          input.progress.close();
        }
      });

  diagnose(command).addHelpText("after", examples(program));
  diagnose(command.command("diagnose").description("the default: explain what fails").usage("[target] [flags]"));

  command
    .command("explain")
    .description("what an exit code, signal, reason or cause means")
    .argument("<thing...>", "137, SIGTERM, CrashLoopBackOff, config/secret-not-found")
    .action(async (things: string[]) => {
      const { explainCommand } = await import("./commands/explain");
      run.exitCode = await explainCommand(things.join(" "));
    });

  inputFlags(command.command("capture").description("save what unloop sees, without secrets, to send to somebody; --from reads it"))
    .argument("[target...]", "as for unloop itself")
    .option("-o, --output <file>", "where to write; - is standard output")
    .action(async (names: string[], _: unknown, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      const input = inputOptions(names, flags, program, signal);
      const { captureCommand } = await import("./commands/capture");
      try {
        run.exitCode = await captureCommand({ ...input, output: flags.output ?? "unloop-capture.json", quiet: flags.quiet === true });
      } finally {
        input.progress.close();
      }
    });

  outputFlags(command.command("demo").description("recorded incidents, explained without a cluster"))
    .argument("[name]", "one of --list; a short tour where it is left away")
    .option("--list", "name the recordings")
    .action(async (slug: string | undefined, _: unknown, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      const { demoCommand } = await import("./commands/demo");
      run.exitCode = await demoCommand({
        slug: slug ?? null,
        list: flags.list === true,
        format: parseFormat(flags.output ?? "text"),
        noColor: flags.color === false,
        program,
      });
    });
  return command;
}

function inputFlags(command: Command): Command {
  return command
    .option("-n, --namespace <name>", "namespace; the context's own where it is left away")
    .option("-A, --all-namespaces", "the whole cluster")
    .option("-l, --selector <labels>", "only pods with these labels, e.g. app=api")
    .option("--context <name>", "context of the kubeconfig")
    .option("--kubeconfig <file>", "kubeconfig to use")
    .option("--from <path>", "read a capture, a cluster-info dump, saved kubectl output, or - for standard input")
    .option("--exit-code <number>", "exit code of the pasted log, where it is known", parseExitCode)
    .option("--reason <reason>", "reason of the pasted log, e.g. OOMKilled")
    .option("--timeout <time>", "give up after this time", parseSeconds("--timeout"))
    .option("--request-timeout <time>", "give up one request after this time", parseSeconds("--request-timeout"))
    .option("-q, --quiet", "no progress and no notes on standard error");
}

function outputFlags(command: Command): Command {
  return command.option("-o, --output <format>", formats.join("|")).option("--no-color", "no colours; NO_COLOR does the same");
}

function inputOptions(names: string[], flags: Flags, program: string, signal: AbortSignal): InputOptions {
  const dash = names.includes("-");
  if (dash && flags.from !== undefined && flags.from !== "-") throw new CommandError("flags-exclusive", { first: "-", second: "--from" });
  if (flags.namespace !== undefined && flags.allNamespaces) throw new CommandError("flags-exclusive", { first: "-n", second: "-A" });
  const { kind, name } = parseTarget(
    names.filter((argument) => argument !== "-"),
    program,
  );
  return {
    from: flags.from ?? (dash ? "-" : null),
    kind,
    name,
    namespace: flags.namespace ?? null,
    allNamespaces: flags.allNamespaces === true,
    selector: flags.selector ?? null,
    exitCode: flags.exitCode,
    reason: flags.reason,
    context: flags.context,
    kubeconfig: flags.kubeconfig,
    timeoutSeconds: flags.timeout ?? null,
    requestTimeoutSeconds: flags.requestTimeout ?? null,
    progress: startProgress(process.stderr, { quiet: flags.quiet === true }),
    signal,
  };
}

function examples(program: string): string {
  return `
Examples:
  ${program}                                      what fails in the current namespace
  ${program} -A                                   what fails in the cluster
  ${program} deploy/trade-api -n trading          one workload
  ${program} -l app=api --since 1h                what began lately
  kubectl logs api-1 --previous | ${program} - --exit-code 1
  kubectl describe pod api-1 | ${program} -       from pasted text, without access
  ${program} capture -n trading -o trading.json   to send to somebody; ${program} --from trading.json
  ${program} explain 137
  ${program} demo                                 recorded incidents, no cluster needed

Exit codes: 0 nothing fails, 1 something fails, 2 usage, 3 could not see enough, 4 an error of unloop itself.`;
}

/** commander's own refusals as a sentence; null where it has only printed help or the version. */
export function usageFailure(error: CommanderError, program: string): { sentence: string; next: string } | null {
  if (error.exitCode === 0) return null;
  return { sentence: error.message.replace(/^error: /, "").split("\n", 1)[0]!, next: `${program} --help lists commands, flags and examples` };
}
