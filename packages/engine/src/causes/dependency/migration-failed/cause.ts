/** dependency/migration-failed: a schema migration or version check at start fails. */
import type { Cause } from "../../../model/cause";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { targetOf } from "../target";

const id = "dependency/migration-failed";

export const cause: Cause = {
  id,
  title: "A schema migration at start fails",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    name: { title: "Migration {name} failed", explanation: "The program migrates its database at start, and migration {name} fails: {line}" },
    told: { title: "A database migration failed", explanation: "The program migrates (or checks) its database schema at start, and that fails: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const { host } = signal.subject;
        const setting = settingWith(context, host) ?? context.seen.config.settings.find((s) => s.env === signal.subject.env) ?? null;
        const service = targetOf(context, host ?? null)?.service ?? null;
        return tell(context, signal, {
          message: signal.subject.name ? "name" : "told",
          args: { via: setting ? ` (${describeSource(setting)})` : "" },
          subject: { env: signal.subject.env ?? setting?.env ?? null },
          details: { service: service ? `${service.object.metadata.namespace}/${service.object.metadata.name}` : null },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
