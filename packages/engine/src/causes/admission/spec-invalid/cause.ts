import type { Cause } from "../../../model/cause";
import { readInvalid } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/spec-invalid",
  title: "The API server holds the pod's spec for invalid",
  needs: ["status"],
  explains: [],
  messages: {
    field: {
      title: "The pod's spec is invalid: {field}",
      explanation:
        "The API server refuses the pods of {workload}: {said}. The template was accepted, so something changed the pod on its way (a webhook, a default) or the pod alone is checked for this.",
    },
    told: {
      title: "The pod's spec is invalid",
      explanation: "The API server refuses the pods of {workload}: {said}.",
    },
  },
  find(context) {
    const refusal = refusalOf(context);
    const invalid = refusal && readInvalid(refusal.text);
    if (!refusal || !invalid) return [];
    const said = invalid.said.length > 160 ? `${invalid.said.slice(0, 159)}…` : invalid.said;
    return [
      {
        message: invalid.field ? "field" : "told",
        args: { field: invalid.field ?? "", said, workload: context.case.workload.name },
        confidence: sureness(refusal),
        subject: { kind: context.case.workload.kind, namespace: context.case.workload.namespace, name: context.case.workload.name, path: invalid.field },
        details: { field: invalid.field, said, object: invalid.object },
        evidence: [refusal.evidence],
        edits: [
          {
            kind: "manual",
            title: `correct ${invalid.field ?? "the pod template"} of ${context.case.workload.kind.toLowerCase()} ${context.case.workload.name}`,
          },
        ],
        next: [{ why: "the refusal itself", command: showCommand(context) }],
      },
    ];
  },
};
