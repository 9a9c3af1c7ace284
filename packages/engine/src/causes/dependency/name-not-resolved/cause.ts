/** dependency/name-not-resolved: DNS has no such name. */
import type { Cause, CauseContext } from "../../../model/cause";
import { objectEvidence, specEvidence } from "../../evidence";
import { waitEvidence, waitWants } from "../waiting";
import { addressText, joinedCalls, type Joined } from "../target";
import { atMost, describeSource, settingEvidence, settingWith, tell, type Told } from "../../from-log";

/**
 * Why a Service that exists has no name for this pod: its pods' resolver is the node's, it stands for a name outside, or DNS did not answer.
 * Source: kubelet dns.go, which treats ClusterFirst on the host's network as Default.
 */
function ofExisting(context: CauseContext, { target, signal }: Joined): Told | null {
  const service = target?.service?.object;
  if (!service) return null;
  const external = service.spec?.type === "ExternalName" ? service.spec.externalName : undefined;
  if (external)
    return {
      message: "external",
      args: { external },
      confidence: signal.confidence,
      details: { externalName: external },
      evidence: [objectEvidence(service, `type ExternalName, externalName ${external}`)],
    };
  const spec = context.case.pods[0]?.pod.spec;
  const policy = spec?.dnsPolicy ?? "ClusterFirst";
  if (spec && (policy === "Default" || policy === "None" || (spec.hostNetwork && policy === "ClusterFirst"))) {
    const text = policy === "ClusterFirst" ? "hostNetwork: true, dnsPolicy: ClusterFirst" : `dnsPolicy: ${policy}`;
    return { message: "resolver", args: { text }, confidence: "certain", evidence: [specEvidence(context, text, "spec.dnsPolicy")] };
  }
  if (service.spec?.clusterIP === undefined) return null;
  return { message: "there", confidence: atMost(signal.confidence, "likely") };
}

const id = "dependency/name-not-resolved";

export const cause: Cause = {
  id,
  title: "A host name that it calls does not exist",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    similar: {
      title: "No Service {host}; there is {similar}",
      explanation: "The program calls {host}{via}, and the cluster has no such name. There is {similar}: it was probably meant.",
    },
    absent: { title: "There is no Service {host}", explanation: "The program calls {host}{via}, and no Service has that name in namespace {namespace}." },
    external: {
      title: "{external}, for which Service {host} stands, can not be resolved",
      explanation: "The program calls {host}{via}. That Service only stands for {external}, and DNS knows no such name.",
    },
    resolver: {
      title: "The pod does not ask the cluster's DNS for {host}",
      explanation: "The program calls {host}{via}, and the Service exists. With {text} the pod uses the node's own resolver, which knows no Services.",
    },
    there: {
      title: "{host} can not be resolved although the Service exists",
      explanation: "The program looks up {host}{via}. The Service exists, so DNS did not answer (or the Service is younger than the lookup).",
    },
    told: { title: "{host} can not be resolved", explanation: "The program looks up {host}{via}, and DNS knows no such name, or does not answer." },
    unnamed: { title: "A host name can not be resolved", explanation: "The program looks up a name that DNS does not know: {line}" },
  },
  wants(context) {
    return [
      ...waitWants(context),
      {
        target: { type: "list", kind: "NetworkPolicy", namespace: context.case.workload.namespace, fidelity: "full" },
        consequence: "whether a NetworkPolicy keeps DNS away is not known",
      },
    ];
  },
  find(context) {
    return joinedCalls(context)
      .filter((joined) => joined.verdict === "name-not-resolved")
      .slice(0, 2)
      .map((joined) => {
        const { host, port, target, similarName, signal } = joined;
        const setting = settingWith(context, host);
        const isAbsent = target?.exists === "no";
        const [similar, elsewhere] = similarName?.split(".") ?? [];
        const near = similar && target ? context.view.get("Service", elsewhere ?? target.namespace, similar) : null;
        const existing = ofExisting(context, joined);
        return tell(context, signal, {
          message: !host ? "unnamed" : isAbsent ? (similarName ? "similar" : "absent") : (existing?.message ?? "told"),
          args: { address: addressText(joined), via: setting ? ` (${describeSource(setting)})` : "", namespace: target?.namespace, ...existing?.args },
          confidence: isAbsent ? "certain" : (existing?.confidence ?? signal.confidence),
          subject: { host, port, env: setting?.env ?? signal.subject.env ?? null, similar: similarName },
          details: { service: target?.exists ?? "unknown", ...existing?.details },
          evidence: [
            ...waitEvidence(context, signal),
            ...(existing?.evidence ?? []),
            ...(setting ? [settingEvidence(context, setting)] : []),
            ...(near ? [objectEvidence(near.object, `Service ${similar} exists in namespace ${elsewhere ?? target!.namespace}`)] : []),
          ],
        });
      });
  },
};
