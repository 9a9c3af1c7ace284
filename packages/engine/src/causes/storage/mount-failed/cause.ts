import type { Cause, CauseContext, Finding } from "../../../model/cause";
import { eventEvidence } from "../../evidence";
import { type MountTrouble, mountTroubles, whyNot } from "../mounts";

/** Troubles that have a cause of their own, or pass by themselves. */
const others =
  /^(?:configmap|secret) "[^"]{1,253}" not found|^secrets? "|^configmaps? "|non-existent (?:secret|config) key|^object "[^"]{1,260}"\/"[^"]{1,253}" not registered|failed to sync (?:configmap|secret) cache|failed to fetch token|hostPath type check failed|^Multi-Attach error|^references non-existent|^couldn't (?:get|propagate)/;

export const cause: Cause = {
  id: "storage/mount-failed",
  title: "The volume can not be attached or mounted",
  needs: ["status"],
  explains: [],
  messages: {
    driver: {
      title: "Storage driver {driver} is not on node {node}",
      explanation:
        "Volume {volume} needs the CSI driver {driver}, and the kubelet of {node} knows no such driver: it is not installed, its pod on that node does not run, or the name is spelt otherwise.",
    },
    helper: {
      title: "Node {node} lacks the program that mounts {volume}",
      explanation:
        "The kubelet calls a mount helper of the node (such as mount.nfs or mount.cifs), and {node} does not have it. Install the client package on the nodes (nfs-common, cifs-utils).",
    },
    path: {
      title: "{path} for volume {volume} does not exist on node {node}",
      explanation: "The local volume {volume} points to {path}, and the node {node} has nothing there: the disk is not mounted, or the path is wrong.",
    },
    failed: {
      title: "Volume {volume} can not be mounted: {why}",
      explanation: "The kubelet of {node} could not give the pod its volume {volume}, and tries again: {why}",
    },
    attach: {
      title: "Volume {volume} can not be attached to node {node}: {why}",
      explanation: "The storage system refuses to attach volume {volume} to {node}, and Kubernetes tries again: {why}",
    },
    timeout: {
      title: "Volume {volume} is not ready after minutes",
      explanation:
        "The kubelet of {node} waits for volume {volume} and nothing says why: the storage driver has not answered, or the volume was never attached.",
    },
  },
  find(context) {
    const troubles = mountTroubles(context);
    const trouble = troubles.find((one) => !others.test(one.error) && !isSummary(one));
    if (trouble) return [told(context, trouble)];
    // The summary alone says only that it takes long; beside any other trouble it is that one's echo.
    const slow = troubles.length && troubles.every(isSummary) ? troubles[0]! : null;
    return slow ? [told(context, slow)] : [];
  },
};

function isSummary({ error }: MountTrouble): boolean {
  return error.startsWith("Unable to attach or mount volumes");
}

function told(context: CauseContext, trouble: MountTrouble): Finding {
  const { error, event } = trouble;
  const node = context.case.pods[0]?.pod.spec?.nodeName ?? null;
  const namespace = context.case.workload.namespace;
  const driver = /driver name (\S{1,253}) not found in the list of registered CSI drivers/.exec(error)?.[1];
  const path = /path "([^"]{1,1000})" does not exist/.exec(error)?.[1];
  const helper = /need a \/sbin\/mount\.<type> helper|mount\.\w+: (?:command )?not found|executable file not found in \$PATH/.test(error);
  const message = isSummary(trouble)
    ? "timeout"
    : driver
      ? "driver"
      : path
        ? "path"
        : helper
          ? "helper"
          : event.reason === "FailedAttachVolume"
            ? "attach"
            : "failed";
  const subject = trouble.claim
    ? { kind: "PersistentVolumeClaim", namespace, name: trouble.claim }
    : trouble.inline
      ? { kind: context.case.workload.kind, namespace, name: trouble.volume }
      : { kind: "PersistentVolume", name: trouble.volume };
  const server = trouble.inline?.nfs?.server ?? (trouble.volume ? context.view.get("PersistentVolume", null, trouble.volume)?.object.spec?.nfs?.server : null);
  return {
    message,
    args: { volume: trouble.volume ?? "of the pod", node: node ?? "the node", driver: driver ?? "", path: path ?? "", why: whyNot(error) },
    confidence: message === "timeout" ? "possible" : "certain",
    subject: { ...subject, path: path ?? null, node, host: server ?? null },
    details: { volume: trouble.volume, claim: trouble.claim, driver: driver ?? null, why: whyNot(error) },
    evidence: [eventEvidence(context, event)],
    edits: edits(message, node, driver, path),
    next: [
      {
        why: "the events of the pod, as they go on",
        command: `kubectl${namespace ? ` -n ${namespace}` : ""} events --for pod/${context.case.pods[0]?.pod.metadata.name ?? ""}`,
      },
    ],
  };
}

function edits(message: string, node: string | null, driver: string | undefined, path: string | undefined): Finding["edits"] {
  const at = node ?? "the node";
  if (message === "driver") return [{ kind: "manual", title: `install CSI driver ${driver} or start its pod on ${at}` }];
  if (message === "helper") return [{ kind: "manual", title: `install the mount helper on ${at} (nfs-common, cifs-utils)` }];
  if (message === "path") return [{ kind: "manual", title: `mount the disk at ${path} on ${at}, or correct the volume's path` }];
  return [];
}
