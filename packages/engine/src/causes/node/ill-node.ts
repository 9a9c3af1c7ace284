/** What the causes about the state of a node have in common. */
import type { CauseContext, Finding } from "../../model/cause";
import type { WantTarget } from "../../model/snapshot";
import { eventEvidence, specEvidence } from "../evidence";
import { isNotStarted } from "../told";
import { eviction } from "./eviction";
import { nodeOf } from "./node-of";
import { sandboxTrouble, shortReason } from "./sandbox";
import { type Health, type Illness, closedBy, nodeHealth } from "./health";

/** Findings of one illness: of the node's own Case, and of pods that it keeps from starting or throws out. */
export function findIllness(context: CauseContext, illness: Illness): Finding[] {
  const { case: failing } = context;
  if (failing.scope === "node") {
    const health = nodeHealth(context, failing.workload.name);
    return health?.illness === illness ? [finding(health, "node", "certain")] : [];
  }
  const thrown = eviction(context);
  if (thrown) return thrown.illness === illness ? [{ ...thrown.finding }] : [];
  const closed = closedBy(context);
  if (closed) return closed.illness === illness ? [finding(closed, closed.others.length ? "all" : "closed", closed.node ? "certain" : "likely")] : [];
  const at = failing.pods[0] ? nodeOf(failing.pods[0]) : null;
  const untaken = failing.scope === "pod" && failing.symptom === "Pending" && !failing.pods[0]?.pod.status?.startTime;
  if (at && illness === "not-ready" && untaken && context.view.absent("Node", null, at) === "yes") return [absent(context, at)];
  const health = at ? (nodeHealth(context, at) ?? saidByPod(context, at)) : null;
  if (!health || health.illness !== illness) return [];
  // Pressure alone explains no crash; a node that does not report explains a pod that does not get on.
  const stuck =
    failing.scope === "pod" && isNotStarted(context) && !context.seen.events.all.some((event) => event.type === "Warning" && event.reason.startsWith("Failed"));
  if (illness.endsWith("pressure")) return [];
  return [finding(health, "pod", stuck || failing.symptom === "NodeLost" ? "certain" : "possible")];
}

/** The same, where the kubelet's refusal to set the pod up names the illness before any condition does. */
export function findToldIllness(context: CauseContext, illness: "network-not-ready" | "runtime-down"): Finding[] {
  const trouble = sandboxTrouble(context);
  if (trouble?.fault !== illness) return findIllness(context, illness);
  const node = context.case.pods[0]?.pod.spec?.nodeName ?? null;
  const said = shortReason(trouble.text);
  return [
    {
      message: "told",
      args: { node: node ?? "of the pod", said },
      confidence: "certain",
      subject: { kind: "Node", name: node, node },
      details: { node, said },
      evidence: [eventEvidence(context, trouble.event)],
      next: [{ why: "the node's conditions", command: `kubectl describe node ${node ?? ""}`.trim() }],
    },
  ];
}

/** The node was not seen, but the node controller told its pod. */
function saidByPod(context: CauseContext, node: string): Health | null {
  const event = context.seen.events.all.find((one) => one.reason === "NodeNotReady");
  if (!event || context.case.symptom !== "NodeLost" || context.view.get("Node", null, node)) return null;
  return { node, illness: "not-ready", said: event.message, reason: event.reason, since: event.last, evidence: [eventEvidence(context, event)], others: [] };
}

/** A bound pod that does not start, or whose status is stale: how its node is may be the whole answer. */
export function nodeWants(context: CauseContext): { target: WantTarget; consequence: string }[] {
  const { case: failing } = context;
  const name = failing.pods[0]?.pod.spec?.nodeName;
  if (failing.scope !== "pod" || !name) return [];
  return [{ target: { type: "get", kind: "Node", namespace: "", name }, consequence: `how node ${name} is can't be told` }];
}

/** Bound by hand to a name that no node has; or the node was deleted under its pod. */
function absent(context: CauseContext, node: string): Finding {
  return {
    message: "absent",
    args: { node },
    confidence: "certain",
    subject: { kind: "Node", name: node, node },
    details: { node, reason: "NotFound", since: null, nodes: [node] },
    evidence: [specEvidence(context, `nodeName: ${node}`, "spec.nodeName")],
    edits: [
      { kind: "manual", title: `remove nodeName, or name a node that exists`, note: "the garbage collector deletes such pods, their owner makes them again" },
    ],
    next: [{ why: "the nodes that exist", command: "kubectl get nodes" }],
  };
}

function finding(health: Health, message: string, confidence: "certain" | "likely" | "possible"): Finding {
  const node = health.node ?? "a node";
  return {
    message,
    args: { node, said: health.said ?? health.reason ?? "no reason given", others: health.others.join(", ") },
    confidence,
    subject: { kind: "Node", name: health.node, node: health.node },
    details: { node: health.node, reason: health.reason, since: health.since, nodes: health.node ? [health.node, ...health.others].slice(0, 10) : [] },
    evidence: health.evidence.slice(0, 5),
    edits: health.node ? [{ kind: "manual", title: remedy(health) }] : [],
    next: health.node
      ? [
          { why: "the node's conditions and events", command: `kubectl describe node ${node}` },
          { why: "the kubelet's own log", command: `ssh ${node} journalctl -u kubelet --since -15min` },
        ]
      : [{ why: "the state of the nodes", command: "kubectl get nodes" }],
  };
}

function remedy({ illness, node, reason }: Health): string {
  const at = node!;
  if (illness === "runtime-down") return `start the container runtime on ${at} (systemctl restart containerd)`;
  if (illness === "network-not-ready") return `see why the network plugin's pod does not run on ${at}`;
  if (illness === "disk-pressure") return `free disk on ${at} (images, logs, emptyDirs), or give it more`;
  if (illness === "memory-pressure") return `move pods away from ${at}, or set memory requests that are true`;
  if (illness === "pid-pressure") return `find what starts so many processes on ${at}`;
  return reason === "NodeStatusUnknown" || reason === "NotReady"
    ? `see whether ${at} is up and its kubelet runs (systemctl status kubelet)`
    : `see why the kubelet of ${at} is not ready`;
}
