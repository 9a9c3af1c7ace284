import type { Cause } from "../../../model/cause";
import { findToldIllness } from "../ill-node";

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
  find: (context) => findToldIllness(context, "network-not-ready"),
};
