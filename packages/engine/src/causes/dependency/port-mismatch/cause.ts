/** dependency/port-mismatch: the Service or pod is there and listens on another port. */
import type { Cause } from "../../../model/cause";
import { objectEvidence } from "../../evidence";
import { addressText, joinedCalls } from "../target";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";

const id = "dependency/port-mismatch";

export const cause: Cause = {
  id,
  title: "The other side listens on another port",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    service: {
      title: "{host} listens on {similar}, not on {port}",
      explanation: "The program calls {address}{via}. {host} is there and its endpoints are ready, but it offers port {similar}.",
    },
    named: {
      title: "Service {host} leads to a port that its pods do not have",
      explanation: "The program calls {address}{via}. The Service has ports {ports}, and no pod behind it has a port of that name, so nothing answers.",
    },
  },
  find(context) {
    return joinedCalls(context)
      .filter((joined) => joined.verdict === "port-mismatch")
      .slice(0, 1)
      .map((joined) => {
        const { host, port, similarPort, signal } = joined;
        const target = joined.target!;
        const setting = settingWith(context, String(port)) ?? settingWith(context, host);
        const ports = (target.service!.object.spec?.ports ?? []).map((p) => `${p.port}→${p.targetPort ?? p.port}`).join(", ");
        return tell(context, signal, {
          message: similarPort === null ? "named" : "service",
          args: { ports, address: addressText(joined), via: setting ? ` (${describeSource(setting)})` : "", host: host ?? target.name },
          confidence: joined.isInferred ? "likely" : "certain",
          subject: { host: host ?? target.name, port, similar: similarPort, env: setting?.env ?? null },
          details: { service: `${target.namespace}/${target.name}`, ports },
          evidence: [
            objectEvidence(target.service!.object, `Service ${target.name} has ports ${ports}`, "spec.ports"),
            ...(setting ? [settingEvidence(context, setting)] : []),
          ],
        });
      });
  },
};
