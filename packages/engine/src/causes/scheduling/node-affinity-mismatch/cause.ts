import type { Cause, CauseContext, Edit } from "../../../model/cause";
import type { Node, NodeSelectorTerm } from "../../../model/kubernetes";
import type { Evidence } from "../../../model/report";
import { matchesExpression, nodeTerms } from "../../../scheduling/node-match";
import { objectEvidence, specEvidence } from "../../evidence";
import { templateOf } from "../../template";
import { decisionFor } from "../judge";
import { nearestLabel, showLabels } from "../labels";
import { schedulingWants } from "../wants";

export const cause: Cause = {
  id: "scheduling/node-affinity-mismatch",
  title: "No node satisfies the required node affinity",
  needs: ["status"],
  explains: [],
  messages: {
    rule: {
      title: "No node satisfies the node affinity {rule}",
      explanation: "The pod requires a node where {rule} holds, and there is none ({nodes}). Correct the rule, label a node, or prefer instead of require.",
    },
    told: {
      title: "No node satisfies the pod's node affinity",
      explanation:
        "The scheduler says that no node matches; the pod has no node selector, so the required node affinity of its spec is what closes the nodes. kubectl describe does not show it.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const found = decisionFor(context, "node-affinity");
    if (!found) return [];
    const { pending, decision } = found;
    const terms = nodeTerms(pending.pod.spec ?? {});
    const wrong = terms && brokenRule(terms, pending.world.nodes);
    const evidence: Evidence[] = [];
    if (wrong)
      evidence.push(specEvidence(context, `nodeAffinity requires ${wrong.text}`, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"));
    if (pending.witness) evidence.push(pending.witness);
    const { nodes } = pending.world;
    const shown = wrong ? showLabels(nodes, wrong.key) : [];
    const first = nodes.find((node) => wrong && node.metadata.labels?.[wrong.key] !== undefined);
    if (first) evidence.push(objectEvidence(first, shown.slice(0, 4).join(", "), "metadata.labels"));
    if (!evidence.length) return [];
    const similar = wrong?.operator === "In" && wrong.values[0] ? nearestLabel(nodes, { key: wrong.key, value: wrong.values[0] }) : null;
    return [
      {
        message: wrong ? "rule" : "told",
        args: { rule: wrong?.text ?? "", nodes: shown.length ? shown.slice(0, 4).join(", ") : `no node has the label ${wrong?.key ?? ""}` },
        confidence: decision.confidence,
        subject: { kind: "Node", key: wrong?.key ?? null, similar: similar ? `${similar.key}=${similar.value}` : null },
        details: { rule: wrong?.text ?? null, nodes: pending.message?.nodes ?? (nodes.length || null) },
        evidence,
        edits: wrong && similar ? edits(context, wrong, similar) : [],
        next: [
          wrong
            ? { why: "the labels that the nodes have", command: `kubectl get nodes -L ${wrong.key}` }
            : {
                why: "the required affinity",
                command: `kubectl${pending.pod.metadata.namespace ? ` -n ${pending.pod.metadata.namespace}` : ""} get pod ${pending.pod.metadata.name} -o jsonpath='{.spec.affinity.nodeAffinity}'`,
              },
        ],
      },
    ];
  },
};

interface Rule {
  key: string;
  operator: string;
  values: string[];
  text: string;
  /** JSON pointer below the pod spec. */
  pointer: string;
}
const at = "affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";

/** The requirement that fails in the term that the most nodes nearly satisfy. */
function brokenRule(terms: NodeSelectorTerm[], nodes: Node[]): Rule | null {
  let best: { rule: Rule; failing: number } | null = null;
  terms.forEach((term, index) => {
    const failing = (term.matchExpressions ?? []).flatMap((expression, position) => {
      if (nodes.length && nodes.some((node) => matchesExpression(node.metadata.labels, expression))) return [];
      const values = expression.values ?? [];
      const text = `${expression.key} ${expression.operator}${values.length ? ` [${values.join(", ")}]` : ""}`;
      return [{ key: expression.key, operator: expression.operator, values, text, pointer: `${at}/${index}/matchExpressions/${position}/values/0` }];
    });
    if (failing[0] && (!best || failing.length < best.failing)) best = { rule: failing[0], failing: failing.length };
  });
  if (best) return (best as { rule: Rule }).rule;
  const all = (terms[0]?.matchExpressions ?? []).map(({ key, operator, values }) => ({ key, operator, values: values ?? [] }));
  const first = all[0];
  if (!first) return null;
  // Each requirement holds somewhere, but no node has all of them.
  const text = all.map((one) => `${one.key} ${one.operator}${one.values.length ? ` [${one.values.join(", ")}]` : ""}`).join(" and ");
  return { ...first, operator: all.length > 1 ? "and" : first.operator, text, pointer: "" };
}

function edits(context: CauseContext, rule: Rule, similar: { key: string; value: string }): Edit[] {
  const template = templateOf(context.case);
  if (!template || !rule.pointer || similar.key !== rule.key || rule.values.length !== 1) return [];
  const path = `${template.pointer}/${rule.pointer}`;
  return [
    {
      kind: "patch",
      title: `require ${rule.key}=${similar.value}, which nodes have`,
      target: template.target,
      patch: [
        { op: "test", path, value: rule.values[0] },
        { op: "replace", path, value: similar.value },
      ],
      risk: "restart",
    },
  ];
}
