import type { Cause } from "../../../model/cause";
import { findIllness, nodeWants } from "../ill-node";

export const cause: Cause = {
  id: "node/not-ready",
  title: "A node does not report to the cluster",
  needs: ["status"],
  explains: ["scheduling/taint-not-tolerated", "killed/unattributed"],
  messages: {
    node: {
      title: "Node {node} is not ready",
      explanation:
        "The cluster has lost the node {node} or its kubelet is not ready ({said}). Its pods count as not ready and are moved away after five minutes; what runs there may still run, unseen.",
    },
    pod: {
      title: "Node {node}, where the pod is, is not ready",
      explanation: "The pod is bound to {node}, and that node does not report ({said}): nothing that the cluster shows of the pod is of now.",
    },
    absent: {
      title: "Node {node}, to which the pod is bound, does not exist",
      explanation: "The pod's nodeName is {node}, and the cluster has no such node: it was written by hand, or the node was deleted. No kubelet takes the pod.",
    },
    closed: {
      title: "Node {node} is closed: not ready",
      explanation: "The only node that would take the pod is {node}, and its state keeps pods away ({said}). It is opened by itself once the node is well.",
    },
    all: {
      title: "The nodes that would take the pod are closed: not ready",
      explanation: "{node}, {others}: every node that would take the pod is closed for its state ({said}). They open by themselves once they are well.",
    },
  },
  wants: nodeWants,
  find: (context) => findIllness(context, "not-ready"),
};
