import type { Cause } from "../../../model/cause";
import type { LimitRange } from "../../../model/kubernetes";
import { objectEvidence } from "../../evidence";
import { readRange } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/limit-range-violated",
  title: "The pod is outside the namespace's LimitRange",
  needs: ["status"],
  explains: [],
  messages: {
    bound: {
      title: "A LimitRange allows {bound} {allowed} {resource} per {type}; the pod has {given}",
      explanation:
        "The namespace's LimitRange sets a {bound} of {allowed} {resource} per {type}, and the {field} of the pods of {workload} is {given}. Bring it inside the range, or change the range.",
    },
    unset: {
      title: "A LimitRange allows {bound} {allowed} {resource} per {type}; the pod sets no {field}",
      explanation:
        "The namespace's LimitRange sets a {bound} of {allowed} {resource} per {type}, and the pods of {workload} do not say how much they take. Set a {field} inside the range.",
    },
    ratio: {
      title: "A LimitRange allows {resource} limits of at most {allowed} times the request",
      explanation:
        "The pods of {workload} have a {resource} limit that is {given} times their request; the LimitRange allows {allowed}. Raise the request or lower the limit.",
    },
  },
  wants(context) {
    const refusal = refusalOf(context);
    if (!refusal || !readRange(refusal.text)) return [];
    return [
      {
        target: { type: "list", kind: "LimitRange", namespace: context.case.workload.namespace, fidelity: "full" },
        consequence: "which LimitRange refuses the pod is not known",
      },
    ];
  },
  find(context) {
    const refusal = refusalOf(context);
    const range = refusal && readRange(refusal.text);
    if (!refusal || !range) return [];
    const { namespace, name } = context.case.workload;
    const objects = context.view.list("LimitRange", namespace).map((one) => one.object as LimitRange);
    const list = range.bound === "minimum" ? "min" : range.bound === "maximum" ? "max" : "maxLimitRequestRatio";
    const object =
      objects.find((one) => one.spec?.limits?.some((limit) => limit.type === range.type && limit[list]?.[range.resource] !== undefined)) ??
      (objects.length === 1 ? objects[0] : undefined);
    const evidence = [refusal.evidence];
    if (object)
      evidence.push(objectEvidence(object, `${object.metadata.name}: ${list} ${range.resource} per ${range.type} is ${range.allowed}`, "spec.limits"));
    const field = range.field ?? "limit";
    return [
      {
        message: range.bound === "ratio" ? "ratio" : range.given ? "bound" : "unset",
        args: {
          bound: range.bound,
          allowed: range.allowed,
          resource: range.resource,
          type: range.type.toLowerCase(),
          given: range.given ?? "none",
          field,
          workload: name,
        },
        confidence: sureness(refusal),
        subject: { kind: "LimitRange", namespace, name: object?.metadata.name ?? null, key: range.resource },
        details: { resource: range.resource, bound: range.bound, allowed: range.allowed, limit: range.allowed, requested: range.given, field },
        evidence,
        edits: [
          {
            kind: "manual",
            title: `set the ${range.resource} ${field} of ${name} to ${range.bound === "minimum" ? "at least" : "at most"} ${range.allowed}, or change the LimitRange`,
          },
        ],
        next: [
          { why: "what the namespace allows", command: `kubectl -n ${namespace} describe limitrange` },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};
