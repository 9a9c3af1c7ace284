import type { Cause } from "../../../model/cause";
import { findToldIllness } from "../ill-node";

export const cause: Cause = {
  id: "node/runtime-down",
  title: "The container runtime of a node is down",
  needs: ["status"],
  explains: ["node/not-ready", "node/sandbox-failed", "start/runtime-failure"],
  messages: {
    node: {
      title: "The container runtime of node {node} is down",
      explanation: "The kubelet of {node} reports, but its container runtime does not answer ({said}): no container can be started, stopped or seen there.",
    },
    pod: {
      title: "The container runtime of node {node}, where the pod is, is down",
      explanation: "The pod is bound to {node}, whose container runtime does not answer ({said}).",
    },
    told: {
      title: "The container runtime of node {node} does not answer",
      explanation: "The kubelet can not set up the pod because the container runtime does not answer: {said}",
    },
    closed: {
      title: "Node {node} is closed: its container runtime is down",
      explanation: "The only node that would take the pod is {node}, and its state keeps pods away ({said}). It is opened by itself once the node is well.",
    },
    all: {
      title: "The nodes that would take the pod are closed: its container runtime is down",
      explanation: "{node}, {others}: every node that would take the pod is closed for its state ({said}). They open by themselves once they are well.",
    },
  },
  find: (context) => findToldIllness(context, "runtime-down"),
};
