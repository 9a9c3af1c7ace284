import type { Cause } from "../../../model/cause";
import { eventEvidence } from "../../evidence";
import { findIllness } from "../ill-node";
import { sandboxTrouble, shortReason } from "../sandbox";

export const cause: Cause = {
  id: "node/network-not-ready",
  title: "The network plugin of a node is not ready",
  needs: ["status"],
  explains: ["node/sandbox-failed"],
  messages: {
    node: {
      title: "The network plugin of node {node} is not ready",
      explanation: "The kubelet of {node} can not give pods a network ({said}): its network plugin is not installed, not configured yet, or its pod fails.",
    },
    pod: {
      title: "The network plugin of node {node}, where the pod is, is not ready",
      explanation: "The pod is bound to {node}, which can not give it a network ({said}).",
    },
    told: {
      title: "The network plugin of node {node} is not ready",
      explanation: "The kubelet can not set up the pod because the node has no working network plugin: {said}",
    },
    closed: {
      title: "Node {node} is closed: its network is not ready",
      explanation: "The only node that would take the pod is {node}, and its state keeps pods away ({said}). It is opened by itself once the node is well.",
    },
    all: {
      title: "The nodes that would take the pod are closed: its network is not ready",
      explanation: "{node}, {others}: every node that would take the pod is closed for its state ({said}). They open by themselves once they are well.",
    },
  },
  find(context) {
    const trouble = sandboxTrouble(context);
    if (trouble?.fault !== "network-not-ready") return findIllness(context, "network-not-ready");
    const node = context.case.pods[0]?.pod.spec?.nodeName ?? null;
    return [
      {
        message: "told",
        args: { node: node ?? "of the pod", said: shortReason(trouble.text) },
        confidence: "certain",
        subject: { kind: "Node", name: node, node },
        details: { node, said: shortReason(trouble.text) },
        evidence: [eventEvidence(context, trouble.event)],
        next: [{ why: "the node's conditions", command: `kubectl describe node ${node ?? ""}`.trim() }],
      },
    ];
  },
};
