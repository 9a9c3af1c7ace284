import type { Cause, Edit } from "../../../model/cause";
import { eventEvidence, specEvidence } from "../../evidence";
import { type SandboxFault, sandboxTrouble, shortReason } from "../sandbox";

export const cause: Cause = {
  id: "node/sandbox-failed",
  title: "The pod's sandbox can not be created on its node",
  needs: ["status"],
  explains: [],
  messages: {
    addresses: {
      title: "Node {node} has no address left for the pod",
      explanation:
        "The network plugin of {node} could not give the pod an address: {said} The subnet or the node's pool is used up; free addresses, or make the pool larger.",
    },
    plugin: {
      title: "Node {node} lacks a network plugin that its configuration names",
      explanation:
        "The runtime of {node} was told to call a network plugin that is not in its folder: {said} Install the plugin's binaries, or correct the configuration in /etc/cni/net.d.",
    },
    network: {
      title: "The network of the pod can not be set up on node {node}",
      explanation: "The sandbox of the pod could not be joined to the network on {node}: {said} The network plugin's own pod and log on that node tell more.",
    },
    handler: {
      title: "Node {node} does not have the runtime that RuntimeClass {class} asks for",
      explanation:
        "The pod's runtimeClassName is {class}, and the container runtime of {node} knows no such handler: {said} Configure it on the nodes, or keep such pods to nodes that have it.",
    },
    pause: {
      title: "Node {node} can not get the pause image of the sandbox",
      explanation: "Before any container runs the runtime needs its pause image, and {node} could not get it: {said}",
    },
    other: {
      title: "The pod's sandbox can not be created on node {node}",
      explanation: "The container runtime of {node} could not make the sandbox in which the containers run: {said}",
    },
  },
  find(context) {
    const trouble = sandboxTrouble(context);
    if (!trouble || trouble.fault === "memory" || trouble.fault === "runtime-down" || trouble.fault === "network-not-ready") return [];
    const first = context.case.pods[0]!.pod;
    const node = first.spec?.nodeName ?? null;
    const runtimeClass = first.spec?.runtimeClassName ?? null;
    const handler = /no runtime for "([^"]{1,100})"/.exec(trouble.text)?.[1] ?? runtimeClass;
    const evidence = [eventEvidence(context, trouble.event)];
    if (trouble.fault === "handler" && runtimeClass) evidence.push(specEvidence(context, `runtimeClassName: ${runtimeClass}`, "spec.runtimeClassName"));
    return [
      {
        message: trouble.fault,
        args: { node: node ?? "the node", said: shortReason(trouble.text), class: runtimeClass ?? handler ?? "" },
        confidence: trouble.event.count > 1 || trouble.event.combined ? "certain" : "likely",
        subject: { kind: trouble.fault === "handler" ? "RuntimeClass" : "Node", name: trouble.fault === "handler" ? (runtimeClass ?? handler) : node, node },
        details: { node, fault: trouble.fault, said: shortReason(trouble.text), handler: trouble.fault === "handler" ? handler : null },
        evidence,
        edits: edits(trouble.fault, node, handler),
        next: [
          {
            why: "whether other pods of that node have the same trouble",
            command: `kubectl get pods -A -o wide --field-selector spec.nodeName=${node ?? "<node>"}`,
          },
        ],
      },
    ];
  },
};

function edits(fault: SandboxFault, node: string | null, handler: string | null): Edit[] {
  const at = node ?? "the node";
  if (fault === "addresses") return [{ kind: "manual", title: `free addresses, or give ${at} a larger pool` }];
  if (fault === "handler") return [{ kind: "manual", title: `configure the runtime handler ${handler ?? ""} on ${at}, or drop runtimeClassName` }];
  if (fault === "plugin" || fault === "network") return [{ kind: "manual", title: `see the network plugin's pod and log on ${at}` }];
  return [];
}
