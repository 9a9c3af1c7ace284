import type { Cause, CauseContext, Finding } from "../../../model/cause";
import { objectEvidence } from "../../evidence";
import { type Unreachable, readUnreachable } from "../grammar";
import { refusalOf, showCommand, sureness } from "../refusal";

export const cause: Cause = {
  id: "admission/webhook-unreachable",
  title: "An admission webhook does not answer",
  needs: ["status"],
  explains: [],
  messages: {
    service: {
      title: "Admission webhook {webhook} does not answer: {why}",
      explanation:
        "The API server must ask {webhook} at {host} before it creates a pod, and gets no answer ({why}). As its failurePolicy is Fail, no such pod is created until {host} answers again.",
    },
    told: {
      title: "Admission webhook {webhook} could not be called: {why}",
      explanation:
        "The API server must ask {webhook} before it creates a pod, and could not ({why}). No such pod is created until the webhook answers again, or its configuration is changed.",
    },
  },
  wants(context) {
    const refusal = refusalOf(context);
    const service = (refusal && readUnreachable(refusal.text))?.service;
    if (!service) return [];
    const target = { namespace: service.namespace, fidelity: "full" as const, type: "list" as const };
    return [
      {
        target: { type: "get", kind: "Service", namespace: service.namespace, name: service.name },
        consequence: `whether the Service ${service.name} behind the webhook exists is not known`,
      },
      { target: { ...target, kind: "EndpointSlice" }, consequence: `whether anything stands behind Service ${service.name} is not known` },
    ];
  },
  find(context) {
    const refusal = refusalOf(context);
    const call = refusal && readUnreachable(refusal.text);
    if (!refusal || !call) return [];
    const why = reasonOf(call);
    const backing = call.service ? context.graph.resolve(`${call.service.name}.${call.service.namespace}`, call.service.namespace) : null;
    const evidence = [refusal.evidence];
    if (backing?.service && backing.ready === 0)
      evidence.push(objectEvidence(backing.service.object, `Service ${backing.name}: no ready endpoint`, "endpoints"));
    return [
      {
        message: call.host ? "service" : "told",
        args: { webhook: call.webhook, host: call.host ?? "", why },
        confidence: sureness(refusal),
        subject: { kind: "webhook", name: call.webhook, host: call.host, port: call.port },
        details: {
          webhook: call.webhook,
          service: call.service?.name ?? null,
          serviceNamespace: call.service?.namespace ?? null,
          why,
          ready: backing?.ready ?? null,
        },
        evidence,
        edits: edits(call),
        next: next(context, call),
      } satisfies Finding,
    ];
  },
};

/** The end of Go's chain of errors: what really happened. */
function reasonOf({ why }: Unreachable): string {
  const known =
    /connection refused|no such host|no endpoints available for service "[^"]{1,100}"|service "[^"]{1,100}" not found|i\/o timeout|context deadline exceeded|x509: [^\n]{1,120}|no route to host|EOF|connection reset by peer|tls: [^\n]{1,100}/.exec(
      why,
    )?.[0];
  return known ?? (why.length > 120 ? `${why.slice(0, 119)}…` : why);
}
function edits(call: Unreachable): Finding["edits"] {
  const where = call.service ? `Service ${call.service.namespace}/${call.service.name}` : (call.host ?? call.webhook);
  return [
    {
      kind: "manual",
      title: `bring ${where} back, or delete the webhook's configuration if what it belonged to is gone`,
      note: "failurePolicy: Ignore lets pods through while it is down, unchecked",
    },
  ];
}
function next(context: CauseContext, call: Unreachable): Finding["next"] {
  const steps = [
    {
      why: "the webhook's configuration",
      command: `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o yaml | grep -B 20 ${call.webhook}`,
    },
  ];
  if (call.service) steps.unshift({ why: "what stands behind the webhook", command: `kubectl -n ${call.service.namespace} get service,endpointslices,pods` });
  return [...steps, { why: "the refusal itself", command: showCommand(context) }];
}
