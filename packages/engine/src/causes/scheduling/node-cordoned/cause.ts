import type { Cause } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { isControlPlane } from "../../../scheduling/node-match";
import { objectEvidence } from "../../evidence";
import { decisionFor } from "../judge";
import { schedulingWants } from "../wants";

export const cause: Cause = {
  id: "scheduling/node-cordoned",
  title: "The nodes that would take the pod are cordoned",
  needs: ["status"],
  explains: [],
  messages: {
    one: {
      title: "Node {node} is cordoned",
      explanation:
        "{node} would take the pod, but it is marked unschedulable: somebody cordoned it, or a drain was not undone. The pod waits until it is uncordoned or another node fits.",
    },
    several: {
      title: "All nodes that would take the pod are cordoned: {node}",
      explanation: "Every node that the pod may use is marked unschedulable: cordoned by hand, or left behind by a drain or an upgrade.",
    },
    told: {
      title: "{count} of {total} nodes are cordoned",
      explanation: "The scheduler skips {count} of {total} nodes because they are marked unschedulable, and no other node fits.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const found = decisionFor(context, "unschedulable");
    if (!found) return [];
    const { pending, decision } = found;
    // Where labels were not seen, the table of the nodes still shows which are cordoned.
    const cordoned = context.view.list("Node").filter((one) => one.object.spec?.unschedulable || /SchedulingDisabled/.test(one.row?.["STATUS"] ?? ""));
    const workers = cordoned.filter((one) => !isControlPlane(one.object) && !/control-plane|master/.test(one.row?.["ROLES"] ?? ""));
    const nodes = decision.fits.length ? decision.fits.map((fit) => fit.node) : (workers.length ? workers : cordoned).map((one) => one.object);
    const names = nodes.map((node) => node.metadata.name ?? "");
    const evidence: Evidence[] = pending.witness ? [pending.witness] : [];
    for (const node of nodes.slice(0, 2)) evidence.push(objectEvidence(node, `${node.metadata.name}: SchedulingDisabled`, "spec.unschedulable"));
    if (!evidence.length) return [];
    return [
      {
        message: names.length === 1 ? "one" : names.length ? "several" : "told",
        args: {
          node: names.slice(0, 5).join(", "),
          count: decision.reason?.count ?? names.length,
          total: pending.message?.nodes ?? pending.world.nodes.length,
        },
        confidence: decision.confidence,
        subject: { kind: "Node", name: names[0] ?? null, node: names[0] ?? null },
        details: { nodes: names.slice(0, 10) },
        evidence,
        edits: names[0]
          ? [{ kind: "command", title: `uncordon ${names[0]}`, command: `kubectl uncordon ${names[0]}`, risk: "none", note: "if its maintenance is over" }]
          : [],
        next: [{ why: "which nodes are cordoned", command: "kubectl get nodes" }],
      },
    ];
  },
};
