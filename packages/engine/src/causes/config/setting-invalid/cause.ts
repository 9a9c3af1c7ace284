/** config/setting-invalid: a setting is there and the application rejects its value. */
import type { Cause, CauseContext } from "../../../model/cause";
import type { LogSignal, SettingSource } from "../../../model/observation";
import { describeSource, settingEvidence, tell } from "../../from-log";
import { signalsOf } from "../../told";
import { lacksBase } from "../relative-url";

function flat(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The setting that the log names, or the only one that holds the rejected value. */
function settingOf(context: CauseContext, signal: LogSignal): SettingSource | null {
  const { settings } = context.seen.config;
  const named = signal.subject.env ?? signal.subject.key ?? signal.subject.name;
  const byName = named ? (settings.find((s) => s.env === named) ?? settings.find((s) => flat(s.env) === flat(named))) : undefined;
  if (byName) return byName;
  const values = rejectedValues(signal);
  const exact = settings.filter((s) => s.value !== null && values.includes(s.value));
  return exact.length === 1 ? exact[0]! : null;
}

const quoted = /'([^']{1,200})'|"([^"]{1,200})"|`([^`]{1,200})`/g;
/** A runtime names no setting, but quotes what it could not use: `invalid literal for int() with base 10: 'lots'`. */
function rejectedValues(signal: LogSignal): string[] {
  const { value } = signal.details;
  if (typeof value === "string" && value) return [value];
  return [...(signal.lines[0]?.text.slice(0, 2000) ?? "").matchAll(quoted)].map((m) => m[1] ?? m[2] ?? m[3]!);
}

const id = "config/setting-invalid";
const rejects = /\b(?:invalid|illegal|received|expected|must be|should be|(?:not|cannot|unable to|failed to) (?:be )?(?:pars|convert)\w*)\b/i;

/** An exception that rejects a value and quotes exactly what one setting holds is about that setting. */
function quotedByExceptions(context: CauseContext): LogSignal[] {
  return signalsOf(context, "app/uncaught-exception")
    .filter((signal) => {
      const text = signal.lines[0]?.text ?? "";
      const setting = rejects.test(text) ? settingOf(context, { ...signal, subject: {}, details: {} }) : null;
      return setting?.value !== undefined && setting?.value !== null && setting.value.length > 2;
    })
    .map((signal) => ({ ...signal, subject: {}, details: {}, confidence: "likely" }));
}

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
    const told = signalsOf(context, id);
    return (told.length ? told : quotedByExceptions(context))
      .filter((signal) => !lacksBase(signal))
      .slice(0, 1)
      .map((signal) => {
        const setting = settingOf(context, signal);
        const env = setting?.env ?? signal.subject.env ?? null;
        return tell(context, signal, {
          message: env ? "env" : signal.subject.path ? "path" : "told",
          args: { env, from: setting?.from.name ? ` (${describeSource(setting)})` : "" },
          confidence:
            told.length && setting && signal.confidence === "likely" && setting.value !== null && rejectedValues(signal).includes(setting.value)
              ? "certain"
              : signal.confidence,
          subject: { env, ...(setting?.from.name ? { kind: setting.from.kind, name: setting.from.name, key: setting.from.key } : {}) },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
