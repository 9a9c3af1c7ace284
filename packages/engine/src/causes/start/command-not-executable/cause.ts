/** start/command-not-executable: the command is there and may not be run. */
import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { templateOf } from "../../template";
import { imageOf, lastRunEvidence, signalEvidence, signalsOf, whoOf } from "../../told";
import { specEvidence } from "../../evidence";
import { startFailureOf } from "../start-failure";

const id = "start/command-not-executable";

export const cause: Cause = {
  id,
  title: "The command may not be executed",
  needs: [],
  explains: ["app/exited-without-reason", "app/file-permission-denied", "killed/unattributed"],
  messages: {
    permission: {
      title: "{path} is not executable",
      explanation: "{who} never started: {path} is there, but it lacks the x bit, or the user of the container may not enter its directory.",
    },
    directory: {
      title: "{path} is a directory, not a program",
      explanation: "{who} never started: its command names a directory. The program's name is missing at the end.",
    },
    mounted: {
      title: "{path} comes from a volume and is not executable",
      explanation:
        "{who} never started: {path} stands in volume {volume}, whose files are not executable. defaultMode 0555 makes them so, or let sh run the file.",
    },
    "exit-code": {
      title: "{who} ends with 126: a command may not be executed",
      explanation: "Exit code 126 comes from a shell that finds a command and may not run it. The log that would name it was not seen.",
    },
  },
  find(context) {
    const failure = startFailureOf(context, id);
    const signal = signalsOf(context, id)[0];
    const last = context.seen.status.last;
    const path = failure?.named ?? signal?.subject.path ?? null;
    if (!failure && !signal) {
      if (last?.exitCode !== 126 || context.seen.logs.reading !== null) return [];
      return [
        {
          message: "exit-code",
          args: { who: whoOf(context) },
          confidence: "possible",
          subject: { image: imageOf(context) },
          details: { exitCode: 126 },
          evidence: [lastRunEvidence(context)!],
        },
      ];
    }
    const evidence = failure ? [failure.evidence] : [...signalEvidence(context, signal!), ...[lastRunEvidence(context)].filter((e) => e !== null)];
    const pod = context.case.pods[0];
    const mount = path ? pod?.spec?.volumeMounts?.find((m) => path === m.mountPath || path.startsWith(`${m.mountPath.replace(/\/$/, "")}/`)) : undefined;
    const volume = mount && pod?.pod.spec?.volumes?.find((v) => v.name === mount.name);
    const mounted = volume && (volume.configMap || volume.secret || volume.projected);
    if (mounted) evidence.push(specEvidence(context, `volume ${volume.name} is mounted on ${mount.mountPath}`, `spec.volumes[${volume.name}]`));
    return [
      {
        message: failure && /is a directory/i.test(failure.text) ? "directory" : mounted ? "mounted" : "permission",
        args: { path: path ?? "the command", who: whoOf(context), volume: volume?.name ?? "" },
        confidence: failure ? "certain" : signal!.confidence,
        subject: { path, image: imageOf(context) },
        details: { exitCode: last?.exitCode ?? null },
        evidence,
        edits: [
          mounted
            ? makeExecutable(context, volume.name)
            : { kind: "manual", title: `chmod +x ${path ?? "the command"} when the image is built, or run it through sh` },
        ],
      },
    ];
  },
};

/** Files of these volumes have mode 0644 unless defaultMode says otherwise. */
const executable = 0o555;

function makeExecutable(context: CauseContext, volume: string): Edit {
  const title = `Set defaultMode: 0555 on volume ${volume}`;
  const template = templateOf(context.case);
  const index = template?.spec.volumes?.findIndex((v) => v.name === volume) ?? -1;
  const source = template?.spec.volumes?.[index];
  const field = source?.configMap ? "configMap" : source?.secret ? "secret" : null;
  if (!template || !source || !field) return { kind: "manual", title };
  const at = `${template.pointer}/volumes/${index}`;
  const before = source[field]!.defaultMode;
  return {
    kind: "patch",
    title,
    target: template.target,
    patch: [
      { op: "test", path: `${at}/name`, value: volume },
      ...(before === undefined ? [] : [{ op: "test" as const, path: `${at}/${field}/defaultMode`, value: before }]),
      { op: before === undefined ? "add" : "replace", path: `${at}/${field}/defaultMode`, value: executable },
    ],
    risk: "restart",
  };
}
