import type { Cause, CauseContext, Edit } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { type Taint, isControlPlaneTaint, showTaint, untolerated } from "../../../scheduling/node-match";
import { objectEvidence, specEvidence } from "../../evidence";
import { templateOf } from "../../template";
import { decisionFor } from "../judge";
import { schedulingWants } from "../wants";

export const cause: Cause = {
  id: "scheduling/taint-not-tolerated",
  title: "The nodes that would take the pod have a taint that it does not tolerate",
  needs: ["status"],
  explains: [],
  messages: {
    seen: {
      title: "Node {node} has the taint {taint}, which the pod does not tolerate",
      explanation: "{node} would take the pod but for its taint {taint}. If the pod belongs there it needs a toleration; if the taint is left over, remove it.",
    },
    reserved: {
      title: "Only control-plane nodes are left, and the pod does not tolerate {taint}",
      explanation:
        "Every other node is excluded, and {node} is kept for the control plane by its taint {taint}. Add a worker, or remove the taint where the cluster is meant to have just this node.",
    },
    named: {
      title: "{count} of {total} nodes have the taint {taint}, which the pod does not tolerate",
      explanation:
        "The scheduler skips {count} of {total} nodes for their taint {taint}. If the pod belongs there it needs a toleration; if the taint is left over, remove it.",
    },
    told: {
      title: "{count} of {total} nodes have a taint that the pod does not tolerate",
      explanation:
        "The scheduler skips {count} of {total} nodes for taints; since Kubernetes 1.34 its message does not say which. The nodes tell: compare their taints with the pod's tolerations.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const found = decisionFor(context, "taint");
    if (!found) return [];
    const { pending, decision } = found;
    const fit = decision.fits.find((one) => taintOf(one, decision.taint)) ?? decision.fits[0];
    const taint: Taint | null = (fit && taintOf(fit, decision.taint)) ?? decision.reason?.taint ?? null;
    const node = fit?.node;
    const tolerations = pending.pod.spec?.tolerations;
    const evidence: Evidence[] = [];
    if (node && taint) evidence.push(objectEvidence(node, `${node.metadata.name}: taint ${showTaint(taint)}`, "spec.taints"));
    if (pending.witness) evidence.push(pending.witness);
    if (pending.spec !== "none") {
      const own = (tolerations ?? [])
        .filter((one) => !one.key?.startsWith("node.kubernetes.io/"))
        .map((one) => `${one.key ?? "*"}${one.value ? `=${one.value}` : ""}${one.effect ? `:${one.effect}` : ""}`);
      evidence.push(specEvidence(context, `tolerations: ${own.length ? own.join(", ") : "none of its own"}`, "spec.tolerations"));
    }
    const shown = taint ? showTaint(taint) : "";
    const reserved = taint !== null && isControlPlaneTaint(taint.key);
    return [
      {
        message: reserved && node ? "reserved" : node && taint ? "seen" : taint ? "named" : "told",
        args: {
          node: node?.metadata.name ?? "",
          taint: shown,
          count: decision.reason?.count ?? decision.fits.length,
          total: pending.message?.nodes ?? pending.world.nodes.length,
        },
        confidence: taint || decision.confidence !== "certain" ? decision.confidence : "likely",
        subject: { kind: "Node", name: node?.metadata.name ?? null, node: node?.metadata.name ?? null, key: taint?.key ?? null },
        details: { taint: shown || null, nodes: decision.fits.map((one) => one.node.metadata.name ?? "").slice(0, 10) },
        evidence,
        edits: taint ? edits(context, taint, node?.metadata.name ?? null) : [],
        next: [{ why: "the taints of all nodes", command: "kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints" }],
      },
    ];

    function taintOf(at: { node: Parameters<typeof untolerated>[1] }, key: string | undefined): Taint | null {
      const all = untolerated(pending.pod.spec?.tolerations, at.node);
      return all.find((one) => one.key === key) ?? all[0] ?? null;
    }
  },
};

function edits(context: CauseContext, taint: Taint, node: string | null): Edit[] {
  const found: Edit[] = [];
  const template = templateOf(context.case);
  const toleration = {
    key: taint.key,
    operator: taint.value ? "Equal" : "Exists",
    ...(taint.value ? { value: taint.value } : {}),
    ...(taint.effect ? { effect: taint.effect } : {}),
  };
  if (template)
    found.push({
      kind: "patch",
      title: `tolerate ${showTaint(taint)}`,
      target: template.target,
      patch: [
        template.spec.tolerations
          ? { op: "add", path: `${template.pointer}/tolerations/-`, value: toleration }
          : { op: "add", path: `${template.pointer}/tolerations`, value: [toleration] },
      ],
      risk: "restart",
      note: "only if the pod belongs on such a node",
    });
  if (node)
    found.push({
      kind: "command",
      title: `remove the taint from ${node}`,
      command: `kubectl taint node ${node} ${taint.key}${taint.effect ? `:${taint.effect}` : ""}-`,
      risk: "none",
      note: "only if nothing else relies on it",
    });
  return found;
}
