import type { Cause } from "../../../model/cause";
import { secondsBetween } from "../../../detect/time";
import { specEvidence, statusEvidence } from "../../evidence";

/** Queues hold pods back on purpose, sometimes for hours. */
const queues = /^(?:kueue\.x-k8s\.io|jobset\.x-k8s\.io|scheduling\.volcano\.sh|yunikorn\.apache\.org)\//;
const patience = 900;

export const cause: Cause = {
  id: "scheduling/gated",
  title: "Scheduling gates hold the pod back",
  needs: ["status"],
  explains: [],
  messages: {
    gated: {
      title: "Nobody has removed the scheduling gate {gate}",
      explanation:
        "The pod carries the scheduling gate {gate}, so the scheduler does not look at it. That is on purpose as long as the controller that removes the gate is at work; if none is, it waits for ever.",
    },
  },
  find(context) {
    const first = context.case.pods[0];
    if (context.case.scope !== "pod" || !first || first.pod.spec?.nodeName) return [];
    const gates = (first.pod.spec?.schedulingGates ?? []).map((gate) => gate.name);
    const condition = first.pod.status?.conditions?.find((one) => one.type === "PodScheduled" && one.reason === "SchedulingGated");
    if (!gates.length && !condition && first.seen.row?.["STATUS"] !== "SchedulingGated") return [];
    const age = secondsBetween(first.pod.metadata.creationTimestamp, context.view.snapshot.takenAt);
    const queued = gates.some((gate) => queues.test(gate));
    const evidence = [];
    if (gates.length) evidence.push(specEvidence(context, `schedulingGates: ${gates.join(", ")}`, "spec.schedulingGates"));
    if (condition?.message) evidence.push(statusEvidence(context, condition.message, "conditions[PodScheduled].message"));
    if (!evidence.length) evidence.push(statusEvidence(context, "SchedulingGated", "phase"));
    return [
      {
        message: "gated",
        args: { gate: gates.join(", ") || "that its spec names" },
        confidence: !queued && age !== null && age > patience ? "likely" : "possible",
        subject: { kind: "Pod", namespace: first.pod.metadata.namespace ?? null, name: first.pod.metadata.name ?? null, key: gates[0] ?? null },
        details: { gates },
        evidence,
        edits: [{ kind: "manual", title: "start the controller that removes the gate, or create the pods without it" }],
      },
    ];
  },
};
