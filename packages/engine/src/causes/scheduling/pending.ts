/** A pod that no node has taken yet: what the scheduler said about it, and what is known of the nodes. */
import type { CauseContext } from "../../model/cause";
import type { Node, PersistentVolume, Pod } from "../../model/kubernetes";
import type { SeenEvent } from "../../model/observation";
import type { Evidence } from "../../model/report";
import { hasSpec } from "../../model/view";
import { type SchedulerMessage, parseSchedulerMessage } from "../../scheduling/message";
import type { World } from "../../scheduling/node-fit";
import { eventEvidence, statusEvidence } from "../evidence";
import { oncePerCase } from "../once";

export interface Pending {
  pod: Pod;
  /** `full`: YAML or API. `described`: kubectl describe, which shows selector and tolerations, but no affinity. `none`: a table row. */
  spec: "full" | "described" | "none";
  /** Its owner is a DaemonSet: each of its pods is meant for one node. */
  ofDaemonSet: boolean;
  message: SchedulerMessage | null;
  witness: Evidence | null;
  world: World;
  /** Whether `world.nodes` are all nodes of the cluster, as far as that can be known. */
  allNodes: boolean;
}

function readPendingPod(context: CauseContext): Pending | null {
  const { case: failing, view } = context;
  const first = failing.pods[0];
  if (failing.scope !== "pod" || !first) return null;
  const { pod, seen } = first;
  const phase = pod.status?.phase ?? seen.row?.["STATUS"];
  if (pod.spec?.nodeName || pod.metadata.deletionTimestamp || (phase && phase !== "Pending")) return null;
  if (pod.spec?.schedulingGates?.length) return null;
  const { message, witness } = schedulerSays(context);
  const spec = seen.fidelity === "full" ? "full" : hasSpec(seen) && pod.spec ? "described" : "none";
  const { nodes, allNodes } = knownNodes(context, message);
  const pods = view.list("Pod").filter((one) => hasSpec(one));
  return {
    pod,
    spec,
    ofDaemonSet: failing.workload.kind === "DaemonSet" || (pod.metadata.ownerReferences ?? []).some((owner) => owner.kind === "DaemonSet"),
    message,
    witness,
    allNodes,
    world: {
      nodes,
      pods: pods.map((one) => one.object),
      allPods: view.complete("Pod", "*") && view.list("Pod").every((one) => hasSpec(one)),
      volumes: boundVolumes(context, pod),
    },
  };
}
/** The Case's pod, where it waits for a node; null where it has one, is finished, or is held back by gates. */
export const pendingPod = oncePerCase(readPendingPod);

/** The condition is always fresh; the event keeps the text of its first occurrence (events.k8s.io series). */
function schedulerSays(context: CauseContext): { message: SchedulerMessage | null; witness: Evidence | null } {
  for (const { pod } of context.case.pods.slice(0, 3)) {
    const condition = pod.status?.conditions?.find((one) => one.type === "PodScheduled" && one.status === "False");
    const message = condition?.message ? parseSchedulerMessage(condition.message) : null;
    if (message) return { message, witness: statusEvidence(context, condition!.message!, "conditions[PodScheduled].message") };
  }
  for (const event of schedulerEvents(context)) {
    const message = parseSchedulerMessage(event.message);
    if (message) return { message, witness: eventEvidence(context, event) };
  }
  return { message: null, witness: null };
}
export function schedulerEvents(context: CauseContext): SeenEvent[] {
  return context.seen.events.all.filter((event) => event.reason === "FailedScheduling");
}

/** Nodes of which labels are known: a table row of `kubectl get nodes` alone tells nothing about fit. */
function knownNodes(context: CauseContext, message: SchedulerMessage | null): { nodes: Node[]; allNodes: boolean } {
  const listed = context.view.list("Node");
  const known = listed.filter((one) => hasSpec(one) || one.object.metadata.labels !== undefined);
  const nodes = known.map((one) => one.object);
  const complete = context.view.complete("Node", "*") || context.view.complete("Node", null) || (message?.nodes != null && message.nodes === nodes.length);
  return { nodes, allNodes: nodes.length > 0 && known.length === listed.length && complete };
}

function boundVolumes(context: CauseContext, pod: Pod): PersistentVolume[] {
  const claims = (pod.spec?.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []);
  return claims.flatMap((name) => {
    const claim = context.view.get("PersistentVolumeClaim", pod.metadata.namespace, name)?.object;
    const volume = claim?.spec?.volumeName ? context.view.get("PersistentVolume", null, claim.spec.volumeName) : null;
    return volume && hasSpec(volume) ? [volume.object] : [];
  });
}
