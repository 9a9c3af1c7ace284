import type { Cause } from "../../../model/cause";
import { readSecurity } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/pod-security-violated",
  title: "The namespace's Pod Security level refuses the pod",
  needs: ["status"],
  explains: [],
  messages: {
    violated: {
      title: "Pod Security {profile} refuses the pod: {first}",
      explanation:
        "The namespace enforces {profile}, and the pods of {workload} break it: {all}. Set these fields in the pod's securityContext, or run it in a namespace that allows it.",
    },
  },
  wants(context) {
    const refusal = refusalOf(context);
    if (!refusal || !readSecurity(refusal.text)) return [];
    return [
      {
        target: { type: "get", kind: "Namespace", namespace: "", name: context.case.workload.namespace },
        consequence: "which Pod Security level the namespace enforces is not known",
      },
    ];
  },
  find(context) {
    const refusal = refusalOf(context);
    const security = refusal && readSecurity(refusal.text);
    if (!refusal || !security) return [];
    const { namespace, name } = context.case.workload;
    const fields = security.violations.map((one) => one.replace(/ \([\s\S]*$/, ""));
    return [
      {
        message: "violated",
        args: { profile: security.profile, first: fields[0] ?? "it", all: fields.slice(0, 6).join(", ") || security.profile, workload: name },
        confidence: sureness(refusal),
        subject: { kind: "Namespace", namespace, name: namespace, key: fields[0]?.split(" ")[0] ?? null },
        details: { profile: security.profile, level: security.profile.split(":")[0]!, violations: security.violations.slice(0, 8) },
        evidence: [refusal.evidence],
        edits: [{ kind: "manual", title: `make ${name} satisfy ${security.profile}: ${fields.slice(0, 6).join(", ")}` }],
        next: [
          { why: "the level that the namespace enforces", command: `kubectl get namespace ${namespace} --show-labels` },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};
