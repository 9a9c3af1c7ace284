import type { Cause } from "../../../model/cause";
import { eventEvidence, specEvidence } from "../../evidence";
import { mountTroubles } from "../mounts";

/** Kubernetes pkg/volume/hostpath: `hostPath type check failed: <path> is not a directory|file|socket file|character device|block device`. */
const check = /hostPath type check failed: (\S{1,1000}) is not a (directory|file|socket file|character device|block device)/;

export const cause: Cause = {
  id: "storage/host-path-type",
  title: "The path on the node is not what the hostPath volume expects",
  needs: ["status"],
  explains: ["storage/mount-failed"],
  messages: {
    type: {
      title: "{path} on node {node} is not a {type}",
      explanation:
        "The hostPath volume {volume} demands that {path} is a {type} on the node, and the kubelet finds none: it is absent there, or something else. Put it on the node, correct the path or type, or keep the pod to nodes that have it.",
    },
  },
  find(context) {
    const trouble = mountTroubles(context).find((one) => check.test(one.error));
    const found = trouble && check.exec(trouble.error);
    if (!trouble || !found) return [];
    const [, path, type] = found;
    const node = context.case.pods[0]?.pod.spec?.nodeName ?? null;
    const declared = trouble.inline?.hostPath;
    const evidence = [eventEvidence(context, trouble.event)];
    if (declared?.path)
      evidence.push(specEvidence(context, `hostPath: ${declared.path}, type ${declared.type ?? "any"}`, `spec.volumes[${trouble.volume}].hostPath`));
    return [
      {
        message: "type",
        args: { path: path!, node: node ?? "of the pod", type: type!, volume: trouble.volume ?? "" },
        confidence: "certain",
        subject: { path: path!, node },
        details: { path: path!, type: type!, volume: trouble.volume },
        evidence,
        edits: [
          {
            kind: "manual",
            title:
              type === "directory" ? `create ${path} on the node, or use type DirectoryOrCreate` : `put the ${type} ${path} on the node, or correct the path`,
            note: type === "directory" ? "DirectoryOrCreate hides a missing disk: an empty directory is made" : undefined,
          },
        ],
        next: node ? [{ why: `what is at ${path}`, command: `kubectl debug node/${node} -it --image=busybox -- ls -ld /host${path}` }] : [],
      },
    ];
  },
};
