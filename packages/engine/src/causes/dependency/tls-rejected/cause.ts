/** dependency/tls-rejected: certificate not trusted, expired, wrong name, protocol mismatch. */
import type { Cause } from "../../../model/cause";
import { describeSource, settingEvidence, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { partnerOf, serviceName } from "../partner";

const id = "dependency/tls-rejected";

export const cause: Cause = {
  id,
  title: "TLS with the other side fails",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    host: {
      title: "TLS with {host} fails",
      explanation: "The program reaches {host} and does not accept its certificate, or the two do not agree on a protocol: {line}",
    },
    told: {
      title: "TLS with the other side fails",
      explanation: "The program does not accept the certificate of the other side, or the two do not agree on a protocol: {line}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const partner = partnerOf(context, signal);
        const { host, port } = partner;
        const { setting } = partner;
        return tell(context, signal, {
          message: host ? "host" : "told",
          args: { host, via: setting ? ` (${describeSource(setting)})` : "" },
          subject: { host, port, env: signal.subject.env ?? setting?.env ?? null },
          details: { service: serviceName(partner) },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
