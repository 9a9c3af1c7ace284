/** dependency/name-not-resolved: DNS has no such name. */
import type { Cause } from "../../../model/cause";
import { objectEvidence } from "../../evidence";
import { addressText, joinedCalls } from "../target";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";

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
    told: { title: "{host} can not be resolved", explanation: "The program looks up {host}{via}, and DNS knows no such name, or does not answer." },
    unnamed: { title: "A host name can not be resolved", explanation: "The program looks up a name that DNS does not know: {line}" },
  },
  wants({ case: failing }) {
    return [
      {
        target: { type: "list", kind: "NetworkPolicy", namespace: failing.workload.namespace, fidelity: "full" },
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
        const near = similarName && target ? context.view.get("Service", target.namespace, similarName) : null;
        return tell(context, signal, {
          message: !host ? "unnamed" : isAbsent ? (similarName ? "similar" : "absent") : "told",
          args: { address: addressText(joined), via: setting ? ` (${describeSource(setting)})` : "", namespace: target?.namespace },
          confidence: isAbsent ? "certain" : signal.confidence,
          subject: { host, port, env: setting?.env ?? signal.subject.env ?? null, similar: similarName },
          details: { service: target?.exists ?? "unknown" },
          evidence: [
            ...(setting ? [settingEvidence(context, setting)] : []),
            ...(near ? [objectEvidence(near.object, `Service ${similarName} exists in namespace ${target!.namespace}`)] : []),
          ],
        });
      });
  },
};
