import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { templateOf } from "../../template";
import { readMustSpecify } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/limits-required",
  title: "A quota demands requests or limits that the pod does not have",
  needs: ["status"],
  explains: [],
  messages: {
    required: {
      title: "ResourceQuota {quota} demands {resources}, which the pod does not set",
      explanation:
        "The namespace has a quota for {resources}, so every container must say how much it takes; those of {workload} do not, and the API server refuses its pods. Set them, or give the namespace defaults by a LimitRange.",
    },
  },
  find(context) {
    const refusal = refusalOf(context);
    const must = refusal && readMustSpecify(refusal.text);
    if (!refusal || !must) return [];
    const { namespace, name } = context.case.workload;
    const template = templateOf(context.case);
    const bare = (template?.spec.containers ?? [])
      .filter((container) => !must.resources.every((one) => isSet(container.resources, one)))
      .map((container) => container.name);
    const evidence = [refusal.evidence];
    if (bare.length)
      evidence.push(specEvidence(context, `containers without ${must.resources.join(", ")}: ${bare.join(", ")}`, "spec.template.spec.containers"));
    return [
      {
        message: "required",
        args: { quota: must.quota, resources: must.resources.join(", "), workload: name },
        confidence: sureness(refusal),
        subject: { kind: "ResourceQuota", namespace, name: must.quota, key: must.resources[0] ?? null },
        details: { quota: must.quota, resource: must.resources[0] ?? null, resources: must.resources, containers: bare },
        evidence,
        edits: edits(context, must.resources),
        next: [{ why: "the refusal itself", command: showCommand(context) }],
      },
    ];
  },
};

type Resources = { limits?: Record<string, unknown>; requests?: Record<string, unknown> } | undefined;
/** `limits.cpu`, `requests.memory`; a bare `cpu` is the request. A limit stands for a request that is not set. */
function isSet(resources: Resources, wanted: string): boolean {
  const [list, resource] = wanted.startsWith("limits.") ? ["limits", wanted.slice(7)] : ["requests", wanted.replace(/^requests\./, "")];
  return resources?.limits?.[resource] !== undefined || (list === "requests" && resources?.requests?.[resource] !== undefined);
}
function edits(context: CauseContext, resources: string[]): Edit[] {
  const { kind, namespace, name } = context.case.workload;
  const part = (list: string): string =>
    resources
      .filter((one) => (list === "limits") === one.startsWith("limits."))
      .map((one) => `${one.replace(/^(?:limits|requests)\./, "")}=<amount>`)
      .join(",");
  const flags = [part("requests") && `--requests=${part("requests")}`, part("limits") && `--limits=${part("limits")}`].filter(Boolean).join(" ");
  return [
    {
      kind: "manual",
      title: `set ${resources.join(", ")} on every container of ${kind.toLowerCase()} ${name}`,
      note: `kubectl -n ${namespace} set resources ${kind.toLowerCase()}/${name} ${flags}`,
    },
  ];
}
