import type { Cause } from "../../../model/cause";
import { findIllness } from "../ill-node";

export const cause: Cause = {
  id: "node/disk-pressure",
  title: "A node runs out of disk",
  needs: ["status"],
  explains: ["killed/unattributed", "app/disk-full"],
  messages: {
    node: {
      title: "Node {node} runs out of disk",
      explanation:
        "{node} is under disk pressure ({said}): it takes no new pods and throws out those that use the most. Free images, logs and emptyDirs, or give it more disk.",
    },
    evicted: {
      title: "Node {node} ran out of {resource} and threw the pod out",
      explanation:
        "The kubelet of {node} needed {resource} and evicted this pod: container {container} was using {used} with a request of {requested}. Free disk there, and set an ephemeral-storage request and limit.",
    },
    rejected: {
      title: "Node {node} is under {resource} and did not take the pod in",
      explanation: "The pod was bound to {node}, whose kubelet refuses new pods while it is under {resource}.",
    },
    closed: {
      title: "Node {node} is closed: disk pressure",
      explanation: "The only node that would take the pod is {node}, and its state keeps pods away ({said}). It is opened by itself once the node is well.",
    },
    all: {
      title: "The nodes that would take the pod are closed: disk pressure",
      explanation: "{node}, {others}: every node that would take the pod is closed for its state ({said}). They open by themselves once they are well.",
    },
  },
  find: (context) => findIllness(context, "disk-pressure"),
};
