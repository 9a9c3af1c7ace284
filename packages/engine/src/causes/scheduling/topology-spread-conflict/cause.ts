import type { Cause, CauseContext, Edit } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { specEvidence } from "../../evidence";
import { templateOf } from "../../template";
import { decisionFor } from "../judge";
import { schedulingWants } from "../wants";

export const cause: Cause = {
  id: "scheduling/topology-spread-conflict",
  title: "A topology spread constraint keeps the pod from every node",
  needs: ["status"],
  explains: [],
  messages: {
    skew: {
      title: "Spreading over {key} with maxSkew {skew} leaves no node for the pod",
      explanation:
        "The pod may only go where its {key} has fewest replicas, and no node there takes it; everywhere else the skew would exceed {skew}. Open such a node, raise maxSkew, or use whenUnsatisfiable: ScheduleAnyway.",
    },
    label: {
      title: "No usable node has the label {key} that the pod spreads over",
      explanation: "The pod spreads over {key} with whenUnsatisfiable: DoNotSchedule, and the nodes that would take it do not have that label.",
    },
    told: {
      title: "A topology spread constraint keeps the pod from the nodes",
      explanation:
        "The scheduler says that the nodes that would take the pod break its topology spread constraint. Raise maxSkew, use ScheduleAnyway, or open a node in the domain with the fewest replicas.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const found = decisionFor(context, "topology-spread");
    if (!found) return [];
    const { pending, decision } = found;
    const obstacle = decision.fits.flatMap((fit) => fit.obstacles.flatMap((one) => (one.predicate === "topology-spread" ? [one] : [])))[0];
    const constraints = (pending.pod.spec?.topologySpreadConstraints ?? []).filter((one) => one.whenUnsatisfiable !== "ScheduleAnyway");
    const constraint = constraints.find((one) => !obstacle || one.topologyKey === obstacle.topologyKey) ?? constraints[0];
    const key = constraint?.topologyKey ?? obstacle?.topologyKey ?? null;
    const skew = constraint?.maxSkew ?? obstacle?.maxSkew ?? null;
    const evidence: Evidence[] = pending.witness ? [pending.witness] : [];
    if (key) evidence.push(specEvidence(context, `topologySpreadConstraints: ${key}, maxSkew ${skew ?? 1}, DoNotSchedule`, "spec.topologySpreadConstraints"));
    if (!evidence.length) return [];
    const label = obstacle ? obstacle.domain === null : decision.reason?.rule === "missing-label";
    return [
      {
        message: !key ? "told" : label ? "label" : "skew",
        args: { key: key ?? "", skew: skew ?? 1 },
        confidence: decision.confidence,
        subject: { kind: context.case.workload.kind, namespace: context.case.workload.namespace, name: context.case.workload.name, key },
        details: { topologyKey: key, maxSkew: skew, domain: obstacle?.domain ?? null, here: obstacle?.here ?? null, fewest: obstacle?.fewest ?? null },
        evidence,
        edits: key ? edits(context, key) : [],
        next: key ? [{ why: "the domains of the nodes", command: `kubectl get nodes -L ${key}` }] : [],
      },
    ];
  },
};

function edits(context: CauseContext, key: string): Edit[] {
  const template = templateOf(context.case);
  const index = template?.spec.topologySpreadConstraints?.findIndex((one) => one.topologyKey === key && one.whenUnsatisfiable === "DoNotSchedule") ?? -1;
  if (!template || index < 0) return [];
  const path = `${template.pointer}/topologySpreadConstraints/${index}/whenUnsatisfiable`;
  return [
    {
      kind: "patch",
      title: "prefer the spread instead of requiring it",
      target: template.target,
      patch: [
        { op: "test", path, value: "DoNotSchedule" },
        { op: "replace", path, value: "ScheduleAnyway" },
      ],
      risk: "restart",
    },
  ];
}
