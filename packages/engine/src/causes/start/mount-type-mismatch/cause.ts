/** start/mount-type-mismatch: a file is mounted on a directory or the reverse, or a subPath is not in its volume. */
import type { Volume, VolumeMount } from "../../../model/kubernetes";
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { nearest } from "../../nearest";
import { containerIn, templateOf } from "../../template";
import { whoOf } from "../../told";
import { startFailureOf } from "../start-failure";

const id = "start/mount-type-mismatch";

export const cause: Cause = {
  id,
  title: "A mount does not fit what it is mounted on",
  needs: ["status"],
  explains: ["app/exited-without-reason", "config/file-missing", "start/runtime-failure", "killed/unattributed"],
  messages: {
    "directory-on-file": {
      title: "Volume {volume} is mounted on the file {path}",
      explanation:
        "{who} never started: a volume is a directory and {path} is a file in the image. To put one file there, the mount needs subPath with the file's key.",
    },
    mismatch: {
      title: "The mount on {path} does not fit what is there",
      explanation:
        "{who} never started: a file is to be mounted on a directory, or a directory on a file, at {path}. The mount's source and the path in the image must be of one kind.",
    },
    "subpath-missing": {
      title: "subPath {subPath} is not in volume {volume}",
      explanation: "{who} never started: the mount on {path} asks for {subPath} of volume {volume}, and the volume has no such file or directory.",
    },
    "subpath-changed": {
      title: "The file that {path} is mounted from has changed under it",
      explanation:
        "{who} can not restart: the ConfigMap or Secret behind the subPath mount on {path} was changed while the pod lived. A new pod mounts it afresh.",
    },
    "read-only": {
      title: "{path} can not be made: it lies in a read-only mount",
      explanation:
        "{who} never started: the mount point {path} does not exist and lies inside another mount that is read-only. Mount it outside, or let the outer volume hold the path.",
    },
  },
  find(context) {
    const failure = startFailureOf(context, id);
    return failure ? [finding(context, failure.text, failure.named, failure.evidence)] : [];
  },
};

function finding(context: CauseContext, text: string, named: string | null, told: Finding["evidence"][number]): Finding {
  const pod = context.case.pods[0];
  const mounts = pod?.spec?.volumeMounts ?? [];
  const normal = named && !named.startsWith("/") ? `/${named}` : named;
  const mount =
    mounts.find((m) => m.mountPath === normal || m.mountPath.replace(/\/$/, "") === normal) ??
    (/volumeMount "/.test(text) ? mounts.find((m) => m.name === named && m.subPath) : undefined) ??
    (/SubPath/.test(text) ? mounts.find((m) => (m.subPath ?? m.subPathExpr) === named) : undefined);
  const volume = pod?.pod.spec?.volumes?.find((v) => v.name === mount?.name) ?? null;
  const path = mount?.mountPath ?? normal;
  const keys = keysOf(context, volume);
  const similar = mount?.subPath && keys ? (nearest(mount.subPath, keys)[0] ?? null) : null;
  const changed = /volume-subpaths\//.test(text) && /no such file or directory/.test(text);
  const lacksSubPath =
    Boolean(mount?.subPath && keys && !keys.includes(mount.subPath)) || /(?:create subPath directory|prepare subPath) for|SubPath/.test(text);
  const message = /read-only file system/.test(text)
    ? "read-only"
    : lacksSubPath
      ? "subpath-missing"
      : changed
        ? "subpath-changed"
        : mount && !mount.subPath && /not a directory/i.test(text)
          ? "directory-on-file"
          : "mismatch";
  return {
    message,
    args: {
      path: path ?? "its path",
      volume: volume?.name ?? mount?.name ?? "of the mount",
      subPath: mount?.subPath ?? mount?.subPathExpr ?? "",
      who: whoOf(context),
    },
    confidence: "certain",
    subject: {
      path,
      name: volume?.configMap?.name ?? volume?.secret?.secretName ?? null,
      kind: volume?.configMap ? "ConfigMap" : volume?.secret ? "Secret" : null,
      similar,
    },
    details: { volume: volume?.name ?? null, subPath: mount?.subPath ?? null },
    evidence: [
      told,
      ...(mount ? [specEvidence(context, describe(mount), `spec.containers[${context.case.container?.name}].volumeMounts[${mount.mountPath}]`)] : []),
    ],
    edits: mount ? edits(context, mount, message, keys, similar) : [{ kind: "manual", title: "Mount a file on a file and a directory on a directory" }],
  };
}

function describe(mount: VolumeMount): string {
  return `mountPath: ${mount.mountPath}${mount.subPath ? `, subPath: ${mount.subPath}` : ""} (volume ${mount.name})`;
}

/** File names that a ConfigMap or Secret volume has; null where they are not known. */
function keysOf(context: CauseContext, volume: Volume | null): string[] | null {
  const source = volume?.configMap ?? volume?.secret;
  if (!volume || !source) return null;
  if (source.items) return source.items.map((item) => item.path ?? item.key);
  const [kind, name] = volume.configMap ? ["ConfigMap", volume.configMap.name] : ["Secret", volume.secret!.secretName];
  return context.view.get(kind, context.case.workload.namespace, name ?? "")?.keys ?? null;
}

function edits(context: CauseContext, mount: VolumeMount, message: string, keys: string[] | null, similar: string | null): Edit[] {
  if (message === "subpath-changed")
    return [
      {
        kind: "command",
        title: "Make a new pod",
        command: `kubectl -n ${context.case.workload.namespace} delete pod ${context.case.pods[0]?.pod.metadata.name ?? ""}`,
        risk: "restart",
      },
    ];
  const file = mount.mountPath.split("/").at(-1)!;
  const wanted =
    message === "directory-on-file"
      ? keys === null || keys.includes(file)
        ? file
        : keys.length === 1
          ? keys[0]!
          : null
      : message === "subpath-missing"
        ? similar
        : null;
  const template = templateOf(context.case);
  const found = template && containerIn(template, context.case.container?.name);
  const index = found?.container.volumeMounts?.findIndex((m) => m.mountPath === mount.mountPath) ?? -1;
  if (!wanted || !found || index < 0)
    return [{ kind: "manual", title: wanted ? `Set subPath: ${wanted} on the mount of ${mount.mountPath}` : `Correct the mount on ${mount.mountPath}` }];
  const at = `${found.pointer}/volumeMounts/${index}`;
  return [
    {
      kind: "patch",
      title: `Mount the file ${wanted} of volume ${mount.name} (subPath)`,
      target: template.target,
      patch: [
        { op: "test", path: `${at}/mountPath`, value: mount.mountPath },
        mount.subPath ? { op: "replace", path: `${at}/subPath`, value: wanted } : { op: "add", path: `${at}/subPath`, value: wanted },
      ],
      risk: "restart",
    },
  ];
}
