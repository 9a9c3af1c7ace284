import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { objectEvidence, specEvidence } from "../../evidence";
import { kubectlName, templateOf } from "../../template";
import { decisionFor } from "../judge";
import { type Label, nearestLabel } from "../labels";
import { schedulingWants } from "../wants";

export const cause: Cause = {
  id: "scheduling/node-selector-mismatch",
  title: "No node has the label that the node selector asks for",
  needs: ["status"],
  explains: [],
  messages: {
    similar: {
      title: "No node has the label {label}; {similar} exists",
      explanation: "The pod's nodeSelector asks for {label}, which no node carries. {node} carries {similar}, which was probably meant.",
    },
    missing: {
      title: "No node has the label {label}",
      explanation: "The pod's nodeSelector asks for {label}, which no node carries. Correct the selector, or give the label to the node that is meant.",
    },
    combined: {
      title: "No single node has all labels of the node selector: {label}",
      explanation: "Each label of the pod's nodeSelector is on some node, but none has all of them. {node} lacks only {label}.",
    },
    told: {
      title: "No node matches the node selector",
      explanation: "The scheduler says that no node matches the pod's node selector or affinity. The pod's spec tells which label it asks for.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const found = decisionFor(context, "node-selector");
    if (!found) return [];
    const { pending, decision } = found;
    const selector = Object.entries(pending.pod.spec?.nodeSelector ?? {}).map(([key, value]): Label => ({ key, value }));
    const { nodes } = pending.world;
    const absent = selector.filter(({ key, value }) => nodes.length > 0 && !nodes.some((node) => node.metadata.labels?.[key] === value));
    const lacking = nearestGap(decision.fits);
    const wrong = absent.length ? absent : lacking.length ? lacking : selector;
    const first = wrong[0];
    const similar = first && absent.length ? nearestLabel(nodes, first) : null;
    const holder = similar ? nodes.find((node) => node.metadata.labels?.[similar.key] === similar.value) : (decision.fits[0]?.node ?? undefined);
    const label = wrong.map(show).join(", ");
    const evidence: Evidence[] = [];
    if (selector.length) evidence.push(specEvidence(context, `nodeSelector: ${selector.map(show).join(", ")}`, "spec.nodeSelector"));
    if (pending.witness) evidence.push(pending.witness);
    if (holder) {
      const shown = similar ? `${similar.key}=${similar.value}` : wrong.map(({ key }) => `${key}=${holder.metadata.labels?.[key] ?? "(absent)"}`).join(", ");
      evidence.push(objectEvidence(holder, `${holder.metadata.name}: ${shown}`, "metadata.labels"));
    }
    if (!evidence.length) return [];
    return [
      {
        message: !first ? "told" : similar ? "similar" : absent.length || !lacking.length ? "missing" : "combined",
        args: { label, similar: similar ? show(similar) : "", node: holder?.metadata.name ?? "a node" },
        confidence: decision.confidence,
        subject: { kind: "Node", key: first?.key ?? null, similar: similar ? show(similar) : null },
        details: { label: label || null, selector: selector.map(show), nodes: pending.message?.nodes ?? (nodes.length || null) },
        evidence,
        edits: first ? edits(context, first, similar) : [],
        next: [{ why: "the labels that the nodes have", command: "kubectl get nodes --show-labels" }],
      } satisfies Finding,
    ];
  },
};

const show = ({ key, value }: Label): string => `${key}=${value}`;
const escape = (key: string): string => key.replace(/~/g, "~0").replace(/\//g, "~1");

/** The labels that the nearest node lacks. */
function nearestGap(fits: { obstacles: { predicate: string }[] }[]): Label[] {
  const gaps = fits.flatMap((fit) =>
    fit.obstacles.flatMap((one) => (one.predicate === "node-selector" ? [(one as unknown as { labels: { key: string; wanted: string }[] }).labels] : [])),
  );
  const nearest = gaps.sort((a, b) => a.length - b.length)[0];
  return (nearest ?? []).map(({ key, wanted }) => ({ key, value: wanted }));
}

function edits(context: CauseContext, wrong: Label, similar: Label | null): Edit[] {
  const template = templateOf(context.case);
  const label: Edit = { kind: "command", title: `give a node the label ${show(wrong)}`, command: `kubectl label node <node> ${show(wrong)}`, risk: "none" };
  if (!template || template.spec.nodeSelector?.[wrong.key] !== wrong.value) return [label];
  const path = `${template.pointer}/nodeSelector/${escape(wrong.key)}`;
  const test = { op: "test" as const, path, value: wrong.value };
  if (!similar) return [label];
  return [
    {
      kind: "patch",
      title: `select ${show(similar)} instead of ${show(wrong)}`,
      target: template.target,
      patch:
        similar.key === wrong.key
          ? [test, { op: "replace", path, value: similar.value }]
          : [test, { op: "remove", path }, { op: "add", path: `${template.pointer}/nodeSelector/${escape(similar.key)}`, value: similar.value }],
      risk: "restart",
      note: `of ${kubectlName(template.target)}`,
    },
    label,
  ];
}
