/** config/setting-invalid: a setting is there and the application rejects its value. */
import type { Cause } from "../../../model/cause";
import type { CauseContext } from "../../../model/cause";
import type { LogSignal, SettingSource } from "../../../model/observation";
import { describeSource, settingEvidence, tell } from "../../from-log";
import { signalsOf } from "../../told";

function flat(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The setting that the log names, or the only one that holds the rejected value. */
function settingOf(context: CauseContext, signal: LogSignal): SettingSource | null {
  const { settings } = context.seen.config;
  const named = signal.subject.env ?? signal.subject.key ?? signal.subject.name;
  const byName = named ? (settings.find((s) => s.env === named) ?? settings.find((s) => flat(s.env) === flat(named))) : undefined;
  if (byName) return byName;
  const value = signal.details.value;
  if (typeof value !== "string" || value.length < 1) return null;
  const exact = settings.filter((s) => s.value === value);
  return exact.length === 1 ? exact[0]! : null;
}

const id = "config/setting-invalid";

export const cause: Cause = {
  id,
  title: "The program rejects a setting's value",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    env: { title: "{env} has a value that the program rejects", explanation: "The program reads {env}{from} and can not use its value: {line}" },
    path: { title: "{path} can not be read as configuration", explanation: "The program can not use its configuration file {path}: {line}" },
    told: { title: "A setting's value is rejected", explanation: "The program rejects a value of its configuration: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const setting = settingOf(context, signal);
        const env = setting?.env ?? signal.subject.env ?? null;
        return tell(context, signal, {
          message: env ? "env" : signal.subject.path ? "path" : "told",
          args: { env, from: setting?.from.name ? ` (${describeSource(setting)})` : "" },
          confidence:
            setting && signal.confidence === "likely" && setting.value !== null && signal.details.value === setting.value ? "certain" : signal.confidence,
          subject: { env, ...(setting?.from.name ? { kind: setting.from.kind, name: setting.from.name, key: setting.from.key } : {}) },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
