/** dependency/api-server-unreachable: the Kubernetes API can not be reached from the pod. */
import type { Cause } from "../../../model/cause";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { targetOf } from "../target";

const id = "dependency/api-server-unreachable";

export const cause: Cause = {
  id,
  title: "It can not reach the Kubernetes API",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: {
      title: "The Kubernetes API can not be reached from the pod",
      explanation: "The program calls the Kubernetes API ({host}) and gets no connection: {line}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 2)
      .map((signal) => {
        const { host } = signal.subject;
        const setting = settingWith(context, host) ?? context.seen.config.settings.find((s) => s.env === signal.subject.env) ?? null;
        const service = targetOf(context, host ?? null)?.service ?? null;
        return tell(context, signal, {
          message: "told",
          args: { via: setting ? ` (${describeSource(setting)})` : "" },
          subject: { env: signal.subject.env ?? setting?.env ?? null },
          details: { service: service ? `${service.object.metadata.namespace}/${service.object.metadata.name}` : null },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
