import type { Cause, CauseContext } from "../../../model/cause";
import type { ResourceQuota } from "../../../model/kubernetes";
import { objectEvidence } from "../../evidence";
import { type Quota, readQuota } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/quota-exceeded",
  title: "The namespace's quota is used up",
  needs: ["status"],
  explains: [],
  messages: {
    over: {
      title: "ResourceQuota {quota} is used up: {resource} {used} of {limited}, {requested} more wanted",
      explanation:
        "The API server refuses new pods of {workload}: they ask for {requested} {resource}, and {used} of the {limited} that ResourceQuota {quota} allows in this namespace are taken. Free some, ask for less, or raise the quota.",
    },
  },
  wants(context) {
    const refusal = refusalOf(context);
    if (!refusal || !readQuota(refusal.text)) return [];
    return [
      {
        target: { type: "list", kind: "ResourceQuota", namespace: context.case.workload.namespace, fidelity: "full" },
        consequence: "how much of the quota is used now is not known",
      },
    ];
  },
  find(context) {
    const refusal = refusalOf(context);
    const quota = refusal && readQuota(refusal.text);
    if (!refusal || !quota) return [];
    const { namespace, name } = context.case.workload;
    const first = quota.over[0] ?? { resource: "", requested: "", used: "", limited: "" };
    const object = context.view.get("ResourceQuota", namespace, quota.quota)?.object as ResourceQuota | undefined;
    const now = object && (object.status?.used?.[first.resource] ?? null);
    const evidence = [refusal.evidence];
    if (object && now !== null)
      evidence.push(
        objectEvidence(object, `${first.resource}: ${now} of ${object.status?.hard?.[first.resource] ?? first.limited} used`, `status.used[${first.resource}]`),
      );
    return [
      {
        message: "over",
        args: { quota: quota.quota, resource: first.resource, used: first.used, limited: first.limited, requested: first.requested, workload: name },
        confidence: sureness(refusal),
        subject: { kind: "ResourceQuota", namespace, name: quota.quota, key: first.resource || null },
        details: {
          quota: quota.quota,
          resource: first.resource,
          requested: first.requested,
          used: first.used,
          limit: first.limited,
          resources: quota.over.map((one) => one.resource),
        },
        evidence,
        edits: edits(context, quota),
        next: [
          { why: "what the quota allows and what is used", command: `kubectl -n ${namespace} describe resourcequota ${quota.quota}` },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};

function edits(context: CauseContext, { quota, over }: Quota) {
  const which = over.map((one) => one.resource).join(", ");
  return [
    {
      kind: "manual" as const,
      title: `raise ${which} in ResourceQuota ${quota}, ask for less, or free what others in ${context.case.workload.namespace} hold`,
    },
  ];
}
