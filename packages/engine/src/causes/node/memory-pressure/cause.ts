import type { Cause } from "../../../model/cause";
import { findIllness } from "../ill-node";

export const cause: Cause = {
  id: "node/memory-pressure",
  title: "A node runs out of memory",
  needs: ["status"],
  explains: ["killed/unattributed"],
  messages: {
    node: {
      title: "Node {node} runs out of memory",
      explanation: "{node} is under memory pressure ({said}): it takes no new pods without guarantees and throws out those that use more than they asked for.",
    },
    evicted: {
      title: "Node {node} ran out of memory and threw the pod out",
      explanation:
        "The kubelet of {node} needed memory and evicted this pod: container {container} was using {used} with a request of {requested}. Set a request that is true, so that the scheduler leaves room for it.",
    },
    rejected: {
      title: "Node {node} is under {resource} and did not take the pod in",
      explanation: "The pod was bound to {node}, whose kubelet refuses such pods while it is under {resource}.",
    },
    closed: {
      title: "Node {node} is closed: memory pressure",
      explanation: "The only node that would take the pod is {node}, and its state keeps pods away ({said}). It is opened by itself once the node is well.",
    },
    all: {
      title: "The nodes that would take the pod are closed: memory pressure",
      explanation: "{node}, {others}: every node that would take the pod is closed for its state ({said}). They open by themselves once they are well.",
    },
  },
  find: (context) => findIllness(context, "memory-pressure"),
};
