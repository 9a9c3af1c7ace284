/** dependency/quota-exhausted: licence, plan, rate or connection limit of the other side. */
import type { Cause } from "../../../model/cause";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { targetOf } from "../target";

const id = "dependency/quota-exhausted";

export const cause: Cause = {
  id,
  title: "A limit of the other side is reached",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    host: { title: "{host} refuses: a limit is reached", explanation: "{host} answers that a limit is reached (connections, rate, plan or licence): {line}" },
    told: {
      title: "A limit of the other side is reached",
      explanation: "The other side answers that a limit is reached (connections, rate, plan or licence): {line}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const { host } = signal.subject;
        const setting = settingWith(context, host) ?? context.seen.config.settings.find((s) => s.env === signal.subject.env) ?? null;
        const service = targetOf(context, host ?? null)?.service ?? null;
        return tell(context, signal, {
          message: signal.subject.host ? "host" : "told",
          args: { via: setting ? ` (${describeSource(setting)})` : "" },
          subject: { env: signal.subject.env ?? setting?.env ?? null },
          details: { service: service ? `${service.object.metadata.namespace}/${service.object.metadata.name}` : null },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
