import type { Cause } from "../../../model/cause";
import { findIllness } from "../ill-node";

export const cause: Cause = {
  id: "node/pid-pressure",
  title: "A node runs out of process ids",
  needs: ["status"],
  explains: ["killed/unattributed"],
  messages: {
    node: {
      title: "Node {node} runs out of process ids",
      explanation: "{node} is under PID pressure ({said}): something there starts more processes than the node allows.",
    },
    evicted: {
      title: "Node {node} ran out of process ids and threw the pod out",
      explanation: "The kubelet of {node} needed process ids and evicted this pod ({container} was using {used}).",
    },
    rejected: {
      title: "Node {node} is under {resource} and did not take the pod in",
      explanation: "The pod was bound to {node}, whose kubelet refuses new pods while it is under {resource}.",
    },
    closed: {
      title: "Node {node} is closed: PID pressure",
      explanation: "The only node that would take the pod is {node}, and its state keeps pods away ({said}). It is opened by itself once the node is well.",
    },
    all: {
      title: "The nodes that would take the pod are closed: PID pressure",
      explanation: "{node}, {others}: every node that would take the pod is closed for its state ({said}). They open by themselves once they are well.",
    },
  },
  find: (context) => findIllness(context, "pid-pressure"),
};
