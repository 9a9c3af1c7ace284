/** app/exited-cleanly: the program ends with 0 and is started again, because Kubernetes keeps what should run for ever. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import { logEvidence, specEvidence } from "../../evidence";
import { imageOf, lastRunEvidence, whoOf } from "../../told";

/** Base images whose command is a shell: without a terminal it ends at once. */
const shellImages = /(?:^|\/)(?:busybox|alpine|ubuntu|debian|centos|fedora|rockylinux|almalinux|amazonlinux|bash|python|node)(?:[:@]|$)/;
const shells = /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|ash|zsh|dash|python3?|node|irb)$/;
/** Commands that start a service in the background and return. */
const starters = /\b(?:service \S+ (?:re)?start|systemctl (?:re)?start|\w+ctl (?:-k )?start|nginx|apache2|httpd|\w+d -D|nohup .{1,200}&)\s*$/;

export const cause: Cause = {
  id: "app/exited-cleanly",
  title: "The program ends without an error, and is started again",
  needs: ["status"],
  explains: ["app/exited-without-reason"],
  messages: {
    batch: {
      title: "{who} does its work and ends (exit code 0)",
      explanation:
        "The program ends by itself without an error{after}, and restartPolicy Always starts it again. If it is meant to end, it belongs into a Job or CronJob; if it is a server, its command does not keep it in the foreground.",
    },
    shell: {
      title: "{who} runs only a shell, which ends at once (exit code 0)",
      explanation: "Without a terminal or a script a shell has nothing to do and ends with exit code 0. The container needs a command that goes on.",
    },
    background: {
      title: "{who} starts its program in the background and ends (exit code 0)",
      explanation: "The command starts a service in the background and returns, and the container ends with it. Run the program itself in the foreground.",
    },
    told: {
      title: "{who} was told to stop and ended in order (exit code 0)",
      explanation:
        "The log shows an orderly stop: something told the program to end. No event tells who did; a liveness probe whose event is gone is the usual one.",
    },
  },
  find(context) {
    const { status, probes, logs } = context.seen;
    const last = status.last;
    if (!last || last.exitCode !== 0 || last.reason === "OOMKilled" || last.synthetic || probes.killedBy || status.disruption) return [];
    if (context.case.container?.type === "init" || !restarts(context)) return [];
    const told = logs.reading?.stoppedInOrder ?? false;
    // A liveness probe ends a program that handles SIGTERM with 0 as well, and its events may be gone.
    const killers = probes.probes.filter(
      (p) => p.probe !== "readiness" && (last.ranForSeconds === null || last.ranForSeconds >= p.budgetSeconds - 2 * (p.spec.periodSeconds ?? 10)),
    );
    const suspect = killers.length > 0 && (!context.seen.events.seen || context.seen.events.unhealthy.some((u) => u.probe !== "readiness"));
    const words = commandOf(context);
    const kind = told
      ? "told"
      : words.length <= 1 && (words[0] ? shells.test(words[0]) : shellImages.test(imageOf(context) ?? ""))
        ? "shell"
        : starters.test(words.join(" ").slice(0, 400))
          ? "background"
          : "batch";
    return [
      {
        message: kind,
        args: { who: whoOf(context), after: last.ranForSeconds === null ? "" : ` after ${last.ranForSeconds} s` },
        confidence:
          told || suspect || logs.reading?.kind === "told"
            ? "possible"
            : (logs.reading && !killers.length && context.case.scope !== "log") || kind === "shell"
              ? "certain"
              : "likely",
        subject: { path: words[0] ?? null },
        details: { exitCode: 0, afterSeconds: last.ranForSeconds, command: words.join(" ").slice(0, 200) || null },
        evidence: evidenceOf(context, words),
        edits: editsOf(kind),
      },
    ];
  },
};

function restarts(context: CauseContext): boolean {
  const pod = context.case.pods[0];
  // A bare log that somebody pastes is of a program that should go on.
  if (!pod?.pod.spec) return context.seen.status.restarts > 0 || context.case.scope === "log";
  const policy = pod.spec?.restartPolicy ?? pod.pod.spec.restartPolicy ?? "Always";
  return policy === "Always";
}
function commandOf(context: CauseContext): string[] {
  const spec = context.case.pods[0]?.spec;
  return [...(spec?.command ?? []), ...(spec?.args ?? [])];
}
function evidenceOf(context: CauseContext, words: string[]): Finding["evidence"] {
  const name = context.case.container?.name;
  const tail = context.seen.logs.reading?.tail.at(-1);
  return [
    lastRunEvidence(context)!,
    ...(tail ? [logEvidence(context, tail)] : []),
    ...(words.length ? [specEvidence(context, `command: ${JSON.stringify(words).slice(0, 240)}`, `spec.containers[${name}].command`)] : []),
    ...(context.case.pods[0]?.pod.spec ? [specEvidence(context, "restartPolicy: Always", "spec.restartPolicy")] : []),
  ];
}
function editsOf(kind: string): Edit[] {
  if (kind === "shell") return [{ kind: "manual", title: "Give the container a command that goes on (for trying things out: sleep infinity)" }];
  if (kind === "background") return [{ kind: "manual", title: "Run the program itself in the foreground (nginx -g 'daemon off;', httpd -D FOREGROUND, no &)" }];
  return kind === "told" ? [] : [{ kind: "manual", title: "If it is meant to end, make it a Job or a CronJob" }];
}
