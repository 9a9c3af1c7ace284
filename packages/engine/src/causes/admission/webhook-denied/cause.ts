import type { Cause } from "../../../model/cause";
import { readDenial } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/webhook-denied",
  title: "An admission webhook refuses the pod",
  needs: ["status"],
  explains: [],
  messages: {
    denied: {
      title: "Admission webhook {webhook} denies the pod: {said}",
      explanation:
        "Before a pod is created the API server asks the webhook {webhook}, and it said no to the pods of {workload}: {said}. Satisfy its rule, or ask its owners for an exception.",
    },
    silent: {
      title: "Admission webhook {webhook} denies the pod without a reason",
      explanation:
        "Before a pod is created the API server asks the webhook {webhook}, and it said no to the pods of {workload} without an explanation. Its own log tells why.",
    },
  },
  find(context) {
    const refusal = refusalOf(context);
    const denial = refusal && readDenial(refusal.text);
    if (!refusal || !denial) return [];
    const said = denial.said && denial.said.length > 160 ? `${denial.said.slice(0, 159)}…` : denial.said;
    return [
      {
        message: said ? "denied" : "silent",
        args: { webhook: denial.webhook, said: said ?? "", workload: context.case.workload.name },
        confidence: sureness(refusal),
        subject: { kind: "webhook", name: denial.webhook },
        details: { webhook: denial.webhook, said },
        evidence: [refusal.evidence],
        edits: [
          { kind: "manual", title: said ? `satisfy ${denial.webhook}, or get an exception from it` : `see in the log of ${denial.webhook} what it wants` },
        ],
        next: [
          { why: "who runs that webhook and what it covers", command: "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations" },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};
