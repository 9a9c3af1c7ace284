import type { Cause } from "../../../model/cause";
import { readPolicy } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/policy-denied",
  title: "A ValidatingAdmissionPolicy refuses the pod",
  needs: ["status"],
  explains: [],
  messages: {
    denied: {
      title: "ValidatingAdmissionPolicy {policy} denies the pod: {said}",
      explanation: "The cluster's policy {policy} refuses the pods of {workload}: {said}. Satisfy it, or change the policy or its binding.",
    },
  },
  find(context) {
    const refusal = refusalOf(context);
    const denial = refusal && readPolicy(refusal.text);
    if (!refusal || !denial) return [];
    const said = denial.said.length > 160 ? `${denial.said.slice(0, 159)}…` : denial.said;
    return [
      {
        message: "denied",
        args: { policy: denial.policy, said, workload: context.case.workload.name },
        confidence: sureness(refusal),
        subject: { kind: "ValidatingAdmissionPolicy", name: denial.policy },
        details: { policy: denial.policy, binding: denial.binding, said },
        evidence: [refusal.evidence],
        edits: [{ kind: "manual", title: `satisfy policy ${denial.policy}: ${said}` }],
        next: [
          { why: "what the policy checks", command: `kubectl get validatingadmissionpolicy ${denial.policy} -o yaml` },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};
