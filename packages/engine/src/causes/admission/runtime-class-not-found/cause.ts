import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { nearest } from "../../nearest";
import { templateOf } from "../../template";
import { readRuntimeClass } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/runtime-class-not-found",
  title: "The pod's RuntimeClass does not exist",
  needs: ["status"],
  explains: [],
  messages: {
    missing: {
      title: "RuntimeClass {name} does not exist",
      explanation:
        "The pods of {workload} ask for runtimeClassName {name}, which the cluster does not have, so the API server refuses them. Create it, or use one that exists.",
    },
    similar: {
      title: "RuntimeClass {name} does not exist; {similar} does",
      explanation:
        "The pods of {workload} ask for runtimeClassName {name}, which the cluster does not have, so the API server refuses them. {similar} exists and was probably meant.",
    },
  },
  wants(context) {
    const refusal = refusalOf(context);
    if (!refusal || !readRuntimeClass(refusal.text)) return [];
    return [
      {
        target: { type: "list", kind: "RuntimeClass", namespace: "*", fidelity: "metadata" },
        consequence: "names of RuntimeClasses are not known, so no similar one can be suggested",
      },
    ];
  },
  find(context) {
    const refusal = refusalOf(context);
    const name = refusal && readRuntimeClass(refusal.text);
    if (!refusal || !name) return [];
    const names = context.view.list("RuntimeClass").map((one) => one.object.metadata.name ?? "");
    const similar = nearest(name, names)[0] ?? null;
    const template = templateOf(context.case);
    const evidence = [refusal.evidence];
    if (template?.spec.runtimeClassName === name) evidence.push(specEvidence(context, `runtimeClassName: ${name}`, "spec.template.spec.runtimeClassName"));
    return [
      {
        message: similar ? "similar" : "missing",
        args: { name, similar: similar ?? "", workload: context.case.workload.name },
        confidence: sureness(refusal),
        subject: { kind: "RuntimeClass", name, similar },
        details: { runtimeClass: name },
        evidence,
        edits: edits(context, name, similar),
        next: [
          { why: "the classes that exist", command: "kubectl get runtimeclasses" },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};

function edits(context: CauseContext, name: string, similar: string | null): Edit[] {
  const template = templateOf(context.case);
  if (!template || template.spec.runtimeClassName !== name) return [{ kind: "manual", title: `create RuntimeClass ${name}, or name one that exists` }];
  const path = `${template.pointer}/runtimeClassName`;
  const test = { op: "test" as const, path, value: name };
  return [
    {
      kind: "patch",
      title: similar ? `use RuntimeClass ${similar}` : "run with the default runtime",
      target: template.target,
      patch: similar ? [test, { op: "replace", path, value: similar }] : [test, { op: "remove", path }],
      risk: "restart",
    },
  ];
}
