/** start/command-not-found: the command, its interpreter, or a command inside a script is not in the image. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { containerIn, templateOf } from "../../template";
import { imageOf, lastRunEvidence, signalEvidence, signalsOf, whoOf } from "../../told";
import { startFailureOf } from "../start-failure";

const id = "start/command-not-found";
/** Shells that small images lack; all have sh. */
const otherShells = new Set(["bash", "/bin/bash", "/usr/bin/bash", "zsh", "/bin/zsh", "ash", "/bin/ash", "dash", "/bin/dash"]);

/** The runtime found the file and the kernel did not find what runs it: a missing command never gets as far as a log. */
const interpreter = /^exec \/\S{1,400}: no such file or directory/;

export const cause: Cause = {
  id,
  title: "The command is not in the image",
  needs: [],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed"],
  messages: {
    missing: {
      title: "Command {path} is not in the image",
      explanation:
        "{who} never started: image {image} has no {path}. Either the command is misspelt, or the image is not the one that the command was written for.",
    },
    hidden: {
      title: "Command {path} is hidden by a volume",
      explanation: "{who} never started: {path} is not there. A volume is mounted on {mount} and hides what the image holds in that directory.",
    },
    "one-word": {
      title: "The command is written as one word: {path}",
      explanation: '{who} never started: a command is a list of words, and no program has the name "{path}". Each word must be an item of its own.',
    },
    unexpanded: {
      title: "Variable in the command is not set: {path}",
      explanation:
        "{who} never started: the command holds {path}, and Kubernetes replaces that only where the container's env has the variable. It does not know variables of the image or of a shell.",
    },
    empty: { title: "Image {image} has no command", explanation: "{who} can not be created: neither the image nor the pod says what to run." },
    log: {
      title: "{path} is not in the image",
      explanation: "{who} ended because it calls {path} and image {image} does not have it (or has it somewhere else).",
    },
    interpreter: {
      title: "The interpreter of {path} is not in the image",
      explanation:
        "{path} is there, but what its first line (#!) names is not in image {image}, or that line ends in a carriage return; for a binary, its loader is missing (built for glibc, run on musl, or the reverse).",
    },
    "exit-code": {
      title: "{who} ends with 127: a command was not found",
      explanation:
        "Exit code 127 comes from a shell that does not find a command, or from a program whose libraries are missing. The log that would name it was not seen.",
    },
  },
  find(context) {
    const failure = startFailureOf(context, id);
    if (failure) return [fromRuntime(context, failure.named, failure.evidence)];
    const signal = signalsOf(context, id)[0];
    if (signal) {
      const hidden = interpreter.test(signal.lines[0]?.text ?? "");
      const path = signal.subject.path ?? signal.subject.name ?? "a command";
      return [
        {
          message: hidden ? "interpreter" : "log",
          args: { path, who: whoOf(context), image: imageOf(context) ?? "" },
          confidence: signal.confidence,
          subject: { ...signal.subject, path, image: imageOf(context) },
          details: { ...signal.details, exitCode: context.seen.status.last?.exitCode ?? null },
          evidence: [...signalEvidence(context, signal), ...[lastRunEvidence(context)].filter((e) => e !== null)],
          edits: [{ kind: "manual", title: `Install ${hidden ? "the interpreter of " : ""}${path} in the image, or call what the image has` }],
        },
      ];
    }
    const last = context.seen.status.last;
    if (last?.exitCode !== 127 || context.seen.logs.reading !== null) return [];
    return [
      {
        message: "exit-code",
        args: { who: whoOf(context) },
        confidence: "possible",
        subject: { image: imageOf(context) },
        details: { exitCode: 127 },
        evidence: [lastRunEvidence(context)!],
      },
    ];
  },
};

function fromRuntime(context: CauseContext, path: string | null, told: Finding["evidence"][number]): Finding {
  const image = imageOf(context) ?? "";
  const args = { path: path ?? "", image: image || "the image", who: whoOf(context), mount: "" };
  const base = { confidence: "certain" as const, subject: { path, image: image || null }, details: { exitCode: context.seen.status.last?.exitCode ?? null } };
  if (path === null) return { ...base, message: "empty", args, evidence: [told], edits: [{ kind: "manual", title: "Set command in the container's spec" }] };
  const container = context.case.pods[0]?.spec ?? null;
  const written = specEvidence(
    context,
    `command: ${JSON.stringify([...(container?.command ?? []), ...(container?.args ?? [])]).slice(0, 200)}`,
    `spec.containers[${container?.name}].command`,
  );
  const evidence = container?.command || container?.args ? [told, written] : [told];
  if (/\$[({]\w+[)}]/.test(path))
    return {
      ...base,
      message: "unexpanded",
      args,
      evidence,
      edits: [{ kind: "manual", title: `Set the variable of ${path} in env, or write the command out` }],
    };
  if (/\s/.test(path.trim())) return { ...base, message: "one-word", args, evidence, edits: edits(context, path, path.trim().split(/\s+/)) };
  const mount = container?.volumeMounts?.find((m) => path.startsWith(`${m.mountPath.replace(/\/$/, "")}/`) && !m.subPath);
  if (mount)
    return {
      ...base,
      message: "hidden",
      args: { ...args, mount: mount.mountPath },
      evidence: [
        ...evidence,
        specEvidence(context, `volume ${mount.name} is mounted on ${mount.mountPath}`, `spec.containers[${container!.name}].volumeMounts`),
      ],
      edits: [{ kind: "manual", title: `Mount volume ${mount.name} elsewhere than on ${mount.mountPath}` }],
    };
  return {
    ...base,
    message: "missing",
    args,
    evidence,
    edits: otherShells.has(path) ? edits(context, path, [path.startsWith("/") ? "/bin/sh" : "sh"]) : edits(context, path, null),
  };
}

/** Puts `words` in the place of the word `wrong`; a manual edit where that place is in the image. */
function edits(context: CauseContext, wrong: string, words: string[] | null): Edit[] {
  const template = templateOf(context.case);
  const found = template && containerIn(template, context.case.container?.name);
  const field = found?.container.command?.[0] === wrong ? "command" : !found?.container.command && found?.container.args?.[0] === wrong ? "args" : null;
  if (!words || !found || !field)
    return [{ kind: "manual", title: `Correct the command of ${context.case.container?.name ?? "the container"}, or use an image that has ${wrong}` }];
  const before = found.container[field]!;
  const after = [...words, ...before.slice(1)];
  return [
    {
      kind: "patch",
      title: `Run ${after.slice(0, 3).join(" ").slice(0, 60)}`,
      target: template.target,
      patch: [
        { op: "test", path: `${found.pointer}/${field}`, value: before },
        { op: "replace", path: `${found.pointer}/${field}`, value: after },
      ],
      risk: "restart",
    },
  ];
}
