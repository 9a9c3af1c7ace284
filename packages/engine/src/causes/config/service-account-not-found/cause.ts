import type { Cause, CauseContext, Edit } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { readServiceAccount } from "../../admission/grammar";
import { refusalOf, showCommand } from "../../admission/refusal";
import { eventEvidence, specEvidence } from "../../evidence";
import { nearest } from "../../nearest";
import { templateOf } from "../../template";

/** A token is fetched when the pod is set up: the account was there when the pod was created and is gone now. */
const tokenOf = /serviceaccounts? "([^"]{1,253})" not found/;

export const cause: Cause = {
  id: "config/service-account-not-found",
  title: "The pod's ServiceAccount does not exist",
  needs: ["status"],
  explains: ["storage/mount-failed"],
  messages: {
    missing: {
      title: "ServiceAccount {name} does not exist",
      explanation:
        "The pods of {workload} run as ServiceAccount {name}, which namespace {namespace} does not have, so the API server refuses to create them. Create it, or use one that exists.",
    },
    similar: {
      title: "ServiceAccount {name} does not exist; {similar} does",
      explanation:
        "The pods of {workload} run as ServiceAccount {name}, which namespace {namespace} does not have, so the API server refuses to create them. {similar} exists and was probably meant.",
    },
    gone: {
      title: "ServiceAccount {name} was deleted while the pod was being set up",
      explanation:
        "The kubelet can not fetch a token for the pod: its ServiceAccount {name} is not there any more. Create it again; the kubelet tries again by itself.",
    },
  },
  wants(context) {
    const told = fromRefusal(context) ?? fromToken(context);
    const namespace = told?.namespace ?? context.case.workload.namespace;
    const target = { type: "list" as const, kind: "ServiceAccount", namespace, fidelity: "metadata" as const };
    return told ? [{ target, consequence: "names of ServiceAccounts are not known, so no similar one can be suggested" }] : [];
  },
  find(context) {
    const told = fromRefusal(context) ?? fromToken(context);
    if (!told) return [];
    const { name } = told;
    const { workload } = context.case;
    const namespace = told.namespace ?? workload.namespace;
    if (context.view.get("ServiceAccount", namespace, name)) return [];
    const names = context.view.list("ServiceAccount", namespace).map((one) => one.object.metadata.name ?? "");
    const similar =
      nearest(
        name,
        names.filter((one) => one !== "default"),
      )[0] ?? null;
    const template = templateOf(context.case);
    const evidence = [told.evidence];
    if (template?.spec.serviceAccountName === name)
      evidence.push(specEvidence(context, `serviceAccountName: ${name}`, "spec.template.spec.serviceAccountName"));
    return [
      {
        message: told.gone ? "gone" : similar ? "similar" : "missing",
        args: { name, namespace, similar: similar ?? "", workload: workload.name },
        confidence: "certain",
        subject: { kind: "ServiceAccount", namespace, name, similar },
        details: { serviceAccount: name },
        evidence,
        edits: edits(context, namespace, name, similar),
        next: [
          { why: "the accounts that exist", command: `kubectl -n ${namespace} get serviceaccounts` },
          { why: "the refusal itself", command: showCommand(context) },
        ],
      },
    ];
  },
};

interface Told {
  name: string;
  namespace: string | null;
  evidence: Evidence;
  gone: boolean;
}
function fromRefusal(context: CauseContext): Told | null {
  const refusal = refusalOf(context);
  const account = refusal && readServiceAccount(refusal.text);
  return refusal && account ? { ...account, evidence: refusal.evidence, gone: false } : null;
}
function fromToken(context: CauseContext): Told | null {
  if (context.case.scope !== "pod") return null;
  const event = context.seen.events.all.find((one) => one.reason === "FailedMount" && /failed to fetch token/.test(one.message) && tokenOf.test(one.message));
  return event ? { name: tokenOf.exec(event.message)![1]!, namespace: null, evidence: eventEvidence(context, event), gone: true } : null;
}

function edits(context: CauseContext, namespace: string, name: string, similar: string | null): Edit[] {
  const found: Edit[] = [
    {
      kind: "command",
      title: `create ServiceAccount ${name}`,
      command: `kubectl -n ${namespace} create serviceaccount ${name}`,
      risk: "none",
      note: "it has no permissions until a Role is bound to it",
    },
  ];
  const template = templateOf(context.case);
  if (!similar || template?.spec.serviceAccountName !== name) return found;
  const path = `${template.pointer}/serviceAccountName`;
  // The API server copies the name to the deprecated field `serviceAccount`; both must agree.
  const copy =
    (template.spec as { serviceAccount?: string }).serviceAccount === name
      ? [{ op: "replace" as const, path: `${template.pointer}/serviceAccount`, value: similar }]
      : [];
  return [
    {
      kind: "patch",
      title: `run as ServiceAccount ${similar}`,
      target: template.target,
      patch: [{ op: "test", path, value: name }, { op: "replace", path, value: similar }, ...copy],
      risk: "restart",
    },
    ...found,
  ];
}
