/** What goes wrong before or around a diagnosis, as one sentence and what to do next. */

export const commandErrors = {
  "flag-invalid": { exitCode: 2, text: "{flag} does not understand {value}", hint: "{expected}" },
  "type-unknown": {
    exitCode: 2,
    text: "unloop does not diagnose {type}",
    hint: "types: pod, deployment, statefulset, daemonset, replicaset, job, cronjob, node",
  },
  "target-invalid": { exitCode: 2, text: "{target} is no TYPE/NAME, no TYPE NAME and no NAME", hint: "for example: {program} deploy/trade-api -n trading" },
  "target-not-found": {
    exitCode: 2,
    text: "there is no {target} in {where}, and no workload that it could have belonged to",
    hint: "kubectl get pods -A lists what there is",
  },
  "target-too-many": {
    exitCode: 2,
    text: "one target at a time: {targets}",
    hint: "leave the target away to see everything that fails in the namespace, or select with -l",
  },
  "flags-exclusive": { exitCode: 2, text: "{first} and {second} can not be used together", hint: "leave one of them away" },
  "thing-unknown": { exitCode: 2, text: "unloop has no page about {thing}", hint: "{near}" },
  "demo-unknown": { exitCode: 2, text: "there is no demo {slug}", hint: "{program} demo --list names them" },
  "input-empty": { exitCode: 3, text: "{reason}", hint: "paste the output of: kubectl describe pod NAME; kubectl logs NAME --previous" },
  "input-too-large": { exitCode: 3, text: "standard input holds more than {limit}", hint: "give only the part that concerns the failing pods" },
  "nothing-to-judge": {
    exitCode: 3,
    text: "no pod, workload or log was found in {name}",
    hint: "paste also: kubectl get pods -o wide; kubectl describe pod NAME; kubectl logs NAME --previous",
  },
  "file-not-written": { exitCode: 3, text: "{path} can not be written: {reason}", hint: "name another file with -o" },
  "package-incomplete": { exitCode: 4, text: "a file of unloop itself is missing: {path}", hint: "install it again: npm install -g unloop" },
} as const satisfies Record<string, { exitCode: 2 | 3 | 4; text: string; hint: string }>;

export type CommandErrorCode = keyof typeof commandErrors;

/** The command can not go on; `message` is the sentence, `hint` what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly hint: string;
  readonly exitCode: 2 | 3 | 4;

  constructor(
    readonly code: CommandErrorCode,
    args: Record<string, string> = {},
    cause?: unknown,
  ) {
    const entry = commandErrors[code];
    super(fill(entry.text, args), cause === undefined ? undefined : { cause });
    this.hint = fill(entry.hint, args);
    this.exitCode = entry.exitCode;
  }
}

function fill(text: string, args: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? "?");
}

export interface Failure {
  sentence: string;
  next: string;
  exitCode: number;
}

/** Any thrown thing as a sentence. What is not foreseen is an error of unloop itself, and says so. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Error && "hint" in error && "exitCode" in error)
    return { sentence: error.message, next: String(error.hint), exitCode: Number(error.exitCode) };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    sentence: `this is an error of unloop itself: ${reason.split("\n", 1)[0]}`,
    next: "please report it with the command and, where you can, the file that `unloop capture` writes; UNLOOP_DEBUG=1 prints where it happened",
    exitCode: 4,
  };
}
