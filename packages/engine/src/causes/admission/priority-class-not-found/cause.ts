import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { nearest } from "../../nearest";
import { templateOf } from "../../template";
import { readPriorityClass } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/priority-class-not-found",
  title: "The pod's PriorityClass does not exist",
  needs: ["status"],
  explains: [],
  messages: {
    missing: {
      title: "PriorityClass {name} does not exist",
      explanation:
        "The pods of {workload} ask for priorityClassName {name}, which the cluster does not have, so the API server refuses them. Create it, or use one that exists.",
    },
    similar: {
      title: "PriorityClass {name} does not exist; {similar} does",
      explanation:
        "The pods of {workload} ask for priorityClassName {name}, which the cluster does not have, so the API server refuses them. {similar} exists and was probably meant.",
    },
  },
  wants(context) {
    const refusal = refusalOf(context);
    if (!refusal || !readPriorityClass(refusal.text)) return [];
    return [
      {
        target: { type: "list", kind: "PriorityClass", namespace: "*", fidelity: "metadata" },
        consequence: "names of PriorityClasses are not known, so no similar one can be suggested",
      },
    ];
  },
  find(context) {
    const refusal = refusalOf(context);
    const name = refusal && readPriorityClass(refusal.text);
    if (!refusal || !name) return [];
    const names = context.view.list("PriorityClass").map((one) => one.object.metadata.name ?? "");
    const similar = nearest(name, names)[0] ?? null;
    const template = templateOf(context.case);
    const evidence = [refusal.evidence];
    if (template?.spec.priorityClassName === name) evidence.push(specEvidence(context, `priorityClassName: ${name}`, "spec.template.spec.priorityClassName"));
    return [
      {
        message: similar ? "similar" : "missing",
        args: { name, similar: similar ?? "", workload: context.case.workload.name },
        confidence: sureness(refusal),
        subject: { kind: "PriorityClass", name, similar },
        details: { priorityClass: name },
        evidence,
        edits: edits(context, name, similar),
        next: [
          { why: "the classes that exist", command: "kubectl get priorityclasses" },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};

function edits(context: CauseContext, name: string, similar: string | null): Edit[] {
  const template = templateOf(context.case);
  if (!template || template.spec.priorityClassName !== name) return [{ kind: "manual", title: `create PriorityClass ${name}, or name one that exists` }];
  const path = `${template.pointer}/priorityClassName`;
  const test = { op: "test" as const, path, value: name };
  return [
    {
      kind: "patch",
      title: similar ? `use PriorityClass ${similar}` : "run with the default priority",
      target: template.target,
      patch: similar ? [test, { op: "replace", path, value: similar }] : [test, { op: "remove", path }],
      risk: "restart",
    },
  ];
}
