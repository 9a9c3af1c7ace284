/** dependency/credentials-rejected: the host answers and rejects user, password, token or key. */
import type { Cause } from "../../../model/cause";
import { describeSource, settingEvidence, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { credentialOf, partnerOf, serviceName } from "../partner";

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
        const partner = partnerOf(context, signal);
        const { host, port } = partner;
        const isWhole = signal.subject.env || partner.setting?.value?.includes("@");
        const setting = (isWhole ? partner.setting : null) ?? credentialOf(context) ?? partner.setting;
        return tell(context, signal, {
          message: signal.details.user ? "user" : host ? "host" : "told",
          args: { host, via: setting ? ` (${describeSource(setting)})` : "" },
          subject: {
            host,
            port,
            env: signal.subject.env ?? setting?.env ?? null,
            ...(setting?.from.name ? { kind: setting.from.kind, name: setting.from.name, key: setting.from.key } : {}),
          },
          details: { service: serviceName(partner) },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
