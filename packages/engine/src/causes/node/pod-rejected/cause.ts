import type { Cause, CauseContext } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { formatQuantity } from "../../../scheduling/quantity";
import { eventEvidence, statusEvidence } from "../../evidence";
import { nodeOf } from "../node-of";

/** Reasons with which a kubelet refuses a pod that was bound to its node. Source: kubernetes pkg/kubelet/lifecycle/predicate.go and handlers.go. */
const rejection =
  /^(?:OutOf\S{1,100}|NodeAffinity|NodeName|NodePorts|TaintToleration|TopologyAffinityError|SMTAlignmentError|UnexpectedAdmissionError|PodOSNotSupported|PodOSSelectorNodeLabelDoesNotMatch|InvalidNodeInfo|UnexpectedPredicateFailureType|VolumeAttachmentLimitExceeded|PodLevelResourcesNotSupported|SupplementalGroupsPolicyNotSupported|PodFeatureUnsupported|InitContainerRestartPolicyForbidden|MatchNodeSelector|HostName|PodToleratesNodeTaints)$/;

export const cause: Cause = {
  id: "node/pod-rejected",
  title: "The node refused a pod that was bound to it",
  needs: ["status"],
  explains: [],
  messages: {
    resource: {
      title: "Node {node} refused the pod: not enough {resource} ({requested} wanted, {available} left)",
      explanation:
        "The pod was bound to {node}, whose kubelet found less {resource} than the pod asks for and refused it. That happens to pods with a fixed nodeName, to static pods, and when two schedulers or a restarted kubelet see different numbers. Such a pod never starts: it has to be made anew.",
    },
    labels: {
      title: "Node {node} refused the pod: it does not match the pod's selector or affinity",
      explanation:
        "The pod was bound to {node}, and the kubelet checked its node selector and affinity again: the node's labels changed since, or nodeName was set by hand. Such a pod never starts: it has to be made anew.",
    },
    device: {
      title: "Node {node} refused the pod: its devices could not be allocated",
      explanation:
        "The pod was bound to {node}, and a device or resource manager there could not serve it: {said} This is usual after a restart of the node, before its device plugin has registered.",
    },
    other: {
      title: "Node {node} refused the pod: {reason}",
      explanation: "The pod was bound to {node}, and its kubelet refused it: {said} Such a pod never starts: it has to be made anew.",
    },
  },
  find(context) {
    const told = rejectionOf(context);
    if (!told) return [];
    const { reason, text, evidence } = told;
    const pod = context.case.pods[0];
    const node = pod ? nodeOf(pod) : null;
    const amounts = /resource: ([^,]{1,100}), requested: (\d{1,20}), used: (\d{1,20}), capacity: (\d{1,20})/.exec(text);
    const resource = amounts?.[1] ?? /^OutOf(\S+)$/.exec(reason)?.[1] ?? null;
    const show = (value: number): string => formatQuantity(resource ?? "", resource === "cpu" ? value / 1000 : value);
    const [requested, used, capacity] = amounts ? amounts.slice(2).map(Number) : [];
    const free = used === undefined || capacity === undefined ? null : Math.max(0, capacity - used);
    const message = resource
      ? "resource"
      : /^(?:NodeAffinity|MatchNodeSelector)$/.test(reason)
        ? "labels"
        : reason === "UnexpectedAdmissionError"
          ? "device"
          : "other";
    return [
      {
        message,
        args: {
          node: node ?? "of the pod",
          reason,
          said: text || reason,
          resource: resource ?? "",
          requested: requested === undefined ? "more" : show(requested),
          available: free === null ? "less" : show(free),
        },
        confidence: "certain",
        subject: { kind: "Node", name: node, node, key: resource },
        details: {
          reason,
          resource,
          requested: requested === undefined ? null : show(requested),
          available: free === null ? null : show(free),
          capacity: capacity === undefined ? null : show(capacity),
        },
        evidence,
        edits: [
          {
            kind: "manual",
            title:
              context.case.workload.kind === "Pod"
                ? "delete the pod and create it again, without nodeName so that the scheduler chooses"
                : "delete the refused pod; its owner makes a new one",
          },
        ],
        next: [{ why: "what the node has left", command: `kubectl describe node ${node ?? ""}`.trim() }],
      },
    ];
  },
};

interface Rejection {
  reason: string;
  text: string;
  evidence: Evidence[];
}
function rejectionOf(context: CauseContext): Rejection | null {
  const { status, events } = context.seen;
  if (context.case.scope !== "pod") return null;
  const reason = [status.podReason, context.case.symptom].find((one) => one && rejection.test(one));
  if (!reason) return null;
  if (status.podMessage) return { reason, text: status.podMessage, evidence: [statusEvidence(context, `${reason}: ${status.podMessage}`, "message")] };
  const event = events.all.find((one) => one.reason === reason);
  return event
    ? { reason, text: event.message, evidence: [eventEvidence(context, event)] }
    : { reason, text: "", evidence: [statusEvidence(context, reason, "reason")] };
}
