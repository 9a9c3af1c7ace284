/** dependency/version-mismatch: client, server or library versions do not fit. */
import type { Cause } from "../../../model/cause";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { targetOf } from "../target";

const id = "dependency/version-mismatch";

export const cause: Cause = {
  id,
  title: "Client and server versions do not fit",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: { title: "Versions of the two sides do not fit", explanation: "The program and what it talks to do not speak the same version: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
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
