/** dependency/credentials-rejected: the host answers and rejects user, password, token or key. */
import type { Cause } from "../../../model/cause";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { targetOf } from "../target";

const id = "dependency/credentials-rejected";

export const cause: Cause = {
  id,
  title: "The other side rejects its credentials",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    user: {
      title: "{user} is rejected: wrong user or password",
      explanation:
        "The other side answers and does not accept the credentials of {user}. The password in use is not the one that it knows, or the user does not exist there.",
    },
    host: {
      title: "{host} rejects the credentials",
      explanation: "{host} answers and does not accept the credentials that the program sends: wrong, expired or missing.",
    },
    told: { title: "The credentials are rejected", explanation: "The other side answers and does not accept the credentials that the program sends: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const { host } = signal.subject;
        const setting = settingWith(context, host) ?? context.seen.config.settings.find((s) => s.env === signal.subject.env) ?? null;
        const service = targetOf(context, host ?? null)?.service ?? null;
        return tell(context, signal, {
          message: signal.details.user ? "user" : signal.subject.host ? "host" : "told",
          args: { via: setting ? ` (${describeSource(setting)})` : "" },
          subject: { env: signal.subject.env ?? setting?.env ?? null },
          details: { service: service ? `${service.object.metadata.namespace}/${service.object.metadata.name}` : null },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
