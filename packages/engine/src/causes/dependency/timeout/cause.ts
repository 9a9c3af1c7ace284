/** dependency/timeout: no answer: network policy, firewall, security group, wrong address. */
import type { Cause } from "../../../model/cause";
import { objectEvidence } from "../../evidence";
import { addressText, joinedCalls } from "../target";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";

const id = "dependency/timeout";

export const cause: Cause = {
  id,
  title: "The other side does not answer",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    policy: {
      title: "NetworkPolicy {policy} keeps it from {address}",
      explanation: "The program calls {address}{via} and gets no answer. NetworkPolicy {policy} ({direction}) does not allow it, so the packets are dropped.",
    },
    told: {
      title: "{address} does not answer",
      explanation:
        "The program calls {address}{via} and gets no answer: the packets are dropped on the way (network policy, firewall, security group), or the address is wrong.",
    },
    unnamed: { title: "A call is not answered in time", explanation: "The program waits for an answer that does not come: {line}" },
  },
  wants({ case: failing, seen }) {
    const isAsked = (seen.logs.reading?.signals ?? []).some((s) => s.cause === "dependency/timeout" || s.cause === "dependency/name-not-resolved");
    return isAsked
      ? [
          {
            target: { type: "list", kind: "NetworkPolicy", namespace: failing.workload.namespace, fidelity: "full" },
            consequence: "whether a NetworkPolicy drops the packets is not known",
          },
        ]
      : [];
  },
  find(context) {
    return joinedCalls(context)
      .filter((joined) => joined.verdict === "timeout")
      .slice(0, 2)
      .map((joined) => {
        const { host, port, signal, blocked } = joined;
        const setting = settingWith(context, host);
        const policy = blocked?.policy.object.metadata.name ?? null;
        return tell(context, signal, {
          message: policy ? "policy" : host || port ? "told" : "unnamed",
          args: { address: addressText(joined), via: setting ? ` (${describeSource(setting)})` : "", policy, direction: blocked?.direction },
          confidence: policy ? "certain" : signal.confidence,
          subject: {
            host,
            port,
            env: setting?.env ?? signal.subject.env ?? null,
            ...(policy ? { kind: "NetworkPolicy", namespace: blocked!.policy.object.metadata.namespace ?? null, name: policy } : {}),
          },
          details: { policy, direction: blocked?.direction ?? null },
          evidence: [
            ...(blocked
              ? [
                  objectEvidence(
                    blocked.policy.object,
                    `NetworkPolicy ${policy} selects the pod for ${blocked.direction} and has no rule for ${addressText(joined)}`,
                  ),
                ]
              : []),
            ...(setting ? [settingEvidence(context, setting)] : []),
          ],
        });
      });
  },
};
