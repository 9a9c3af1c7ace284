import type { Cause, CauseContext, Edit } from "../../../model/cause";
import type { PodAffinityTerm } from "../../../model/kubernetes";
import type { Evidence } from "../../../model/report";
import { selects } from "../../../model/view";
import type { AffinityObstacle } from "../../../scheduling/topology";
import { specEvidence } from "../../evidence";
import { templateOf } from "../../template";
import { decisionFor } from "../judge";
import { schedulingWants } from "../wants";

type Rule = AffinityObstacle["rule"];

export const cause: Cause = {
  id: "scheduling/pod-affinity-conflict",
  title: "A required rule between pods keeps it from every node",
  needs: ["status"],
  explains: [],
  messages: {
    itself: {
      title: "Its anti-affinity allows one replica per {topology}, and there is no {topology} left",
      explanation:
        "The pod requires a {topology} without a pod of the same labels; {holders} hold one each. Use fewer replicas, add a node, or prefer instead of require the anti-affinity.",
    },
    apart: {
      title: "Its anti-affinity keeps it away from {holders}",
      explanation: "The pod requires a {topology} without pods that match {selector}; {holders} are on every {topology} that would take it.",
    },
    existing: {
      title: "Anti-affinity of {holders} keeps the pod away",
      explanation: "Running pods ({holders}) require that no pod with such labels comes near them, and they are on every {topology} that would take it.",
    },
    together: {
      title: "Its affinity wants a pod that matches {selector}, and none runs where it could go",
      explanation:
        "The pod requires a {topology} on which a pod with {selector} runs. There is none that it could join: the other pod is missing, elsewhere, or has other labels.",
    },
    told: {
      title: "{rule} rules keep the pod from every node",
      explanation: "The scheduler says that the nodes that would take the pod are closed by {rule} rules between pods.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const found = decisionFor(context, "pod-affinity");
    if (!found) return [];
    const { pending, decision } = found;
    const obstacles = decision.fits.flatMap((fit) => fit.obstacles.flatMap((one) => (one.predicate === "pod-affinity" ? [one] : [])));
    const said = decision.reason?.rule;
    const rule: Rule = obstacles[0]?.rule ?? (said === "affinity" || said === "existing-anti-affinity" ? said : "anti-affinity");
    const own = pending.pod.spec?.affinity;
    const terms = (rule === "affinity" ? own?.podAffinity : own?.podAntiAffinity)?.requiredDuringSchedulingIgnoredDuringExecution;
    const term = terms?.find((one) => !obstacles[0] || one.topologyKey === obstacles[0].topologyKey) ?? terms?.[0];
    const holders = [...new Set(obstacles.flatMap((one) => one.pods))].sort();
    const itself = rule === "anti-affinity" && term !== undefined && selects(term.labelSelector, pending.pod.metadata.labels);
    const evidence: Evidence[] = pending.witness ? [pending.witness] : [];
    if (term)
      evidence.push(
        specEvidence(
          context,
          `${rule === "affinity" ? "podAffinity" : "podAntiAffinity"} requires per ${term.topologyKey}: ${showSelector(term)}`,
          "spec.affinity",
        ),
      );
    if (!evidence.length) return [];
    const message =
      !term && !holders.length ? "told" : rule === "existing-anti-affinity" ? "existing" : rule === "affinity" ? "together" : itself ? "itself" : "apart";
    return [
      {
        message,
        args: {
          rule: rule === "affinity" ? "affinity" : "anti-affinity",
          topology: (term?.topologyKey ?? obstacles[0]?.topologyKey ?? "node").replace(/^kubernetes\.io\/hostname$/, "node"),
          holders: holders.length ? holders.slice(0, 4).join(", ") : "its siblings",
          selector: term ? showSelector(term) : "",
        },
        confidence: decision.confidence,
        subject: {
          kind: context.case.workload.kind,
          namespace: context.case.workload.namespace,
          name: context.case.workload.name,
          key: term?.topologyKey ?? null,
        },
        details: {
          rule,
          topologyKey: term?.topologyKey ?? null,
          selector: term ? showSelector(term) : null,
          pods: holders.slice(0, 10),
          nodes: pending.message?.nodes ?? null,
        },
        evidence,
        edits: rule === "existing-anti-affinity" ? [] : edits(context, rule),
      },
    ];
  },
};

function showSelector(term: PodAffinityTerm): string {
  const labels = Object.entries(term.labelSelector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const expressions = (term.labelSelector?.matchExpressions ?? []).map((one) => `${one.key} ${one.operator}${one.values ? ` [${one.values.join(", ")}]` : ""}`);
  return [...labels, ...expressions].join(", ") || "any pod";
}

/** Prefer instead of require: the rule keeps its wish and no longer keeps the pod waiting. */
function edits(context: CauseContext, rule: Rule): Edit[] {
  const template = templateOf(context.case);
  const part = rule === "affinity" ? "podAffinity" : "podAntiAffinity";
  const terms = template?.spec.affinity?.[part]?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!template || !terms?.length) return [];
  const base = `${template.pointer}/affinity/${part}`;
  const preferred = terms.map((term) => ({ weight: 100, podAffinityTerm: term }));
  const there = (template.spec.affinity?.[part] as { preferredDuringSchedulingIgnoredDuringExecution?: unknown[] } | undefined)
    ?.preferredDuringSchedulingIgnoredDuringExecution;
  return [
    {
      kind: "patch",
      title: `prefer the ${rule === "affinity" ? "affinity" : "anti-affinity"} instead of requiring it`,
      target: template.target,
      patch: [
        { op: "test", path: `${base}/requiredDuringSchedulingIgnoredDuringExecution`, value: terms },
        { op: "remove", path: `${base}/requiredDuringSchedulingIgnoredDuringExecution` },
        { op: "add", path: `${base}/preferredDuringSchedulingIgnoredDuringExecution`, value: [...(there ?? []), ...preferred] },
      ],
      risk: "restart",
      note: rule === "affinity" ? undefined : "two replicas may then share a node; fewer replicas or one more node keep the rule",
    },
  ];
}
