/** config/setting-missing: the application says that a setting or variable is absent or empty. */
import type { Cause } from "../../../model/cause";
import type { CauseContext, Edit } from "../../../model/cause";
import type { LogSignal, SettingSource } from "../../../model/observation";
import { nearest } from "../../../routine/config";
import { specEvidence } from "../../evidence";
import { settingEvidence, tell, type Told } from "../../from-log";
import { signalsOf } from "../../told";
import { lacksBase } from "../relative-url";

/** `Broker:ApiKey`, `broker.api-key` and `BROKER__APIKEY` are one setting. */
function flat(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
const reference = /\$\(([A-Za-z_][A-Za-z0-9_]{0,100})\)/;

/** A literal `$(VAR)` in a value: the variable is defined after it, in another container, or not at all. */
function unresolved(settings: SettingSource[]): { setting: SettingSource; name: string; isLater: boolean } | null {
  for (const [index, setting] of settings.entries()) {
    const name = setting.from.kind === "literal" ? reference.exec(setting.value ?? "")?.[1] : undefined;
    if (!name) continue;
    const at = settings.findIndex((s) => s.env === name);
    if (at < 0 || at > index) return { setting, name, isLater: at > index };
  }
  return null;
}

function join(context: CauseContext, signal: LogSignal): Told {
  const named = signal.subject.env ?? signal.subject.name ?? null;
  const { settings, references } = context.seen.config;
  const literal = unresolved(settings);
  const tellsLiteral =
    signal.lines.some((line) => reference.test(line.text)) || (literal !== null && (!named || named === literal.name || named === literal.setting.env));
  if (literal && tellsLiteral)
    return {
      message: "unresolved",
      args: { text: `$(${literal.name})`, env: literal.setting.env },
      confidence: "certain",
      subject: { env: literal.setting.env, similar: null },
      details: { refersTo: literal.name, definedLater: literal.isLater },
      evidence: [settingEvidence(context, literal.setting)],
    };
  if (!named) return {};
  const own = settings.find((s) => s.env === named) ?? settings.find((s) => flat(s.env) === flat(named));
  const optional = references.find((r) => r.env !== null && flat(r.env) === flat(named) && (r.object === "no" || r.keyExists === "no"));
  if (optional) {
    const source = optional.object === "no" ? `${optional.kind} ${optional.name}` : `key ${optional.key} of ${optional.kind} ${optional.name}`;
    return {
      message: "optional",
      args: { env: optional.env, source },
      confidence: "certain",
      subject: {
        env: optional.env,
        kind: optional.kind,
        name: optional.name,
        key: optional.key,
        similar: optional.similar[0] ?? optional.similarKeys[0] ?? null,
      },
      evidence: [specEvidence(context, `${optional.env} from ${source}, optional: ${optional.optional}`, optional.path)],
    };
  }
  const env = own?.env ?? named;
  const near = own
    ? null
    : (nearest(
        named,
        settings.map((s) => s.env),
      )[0] ?? null);
  return {
    message: near ? "similar" : "env",
    args: { env },
    subject: { env, ...(own?.from.name ? { kind: own.from.kind, name: own.from.name, key: own.from.key } : {}), similar: near },
    evidence: own
      ? [settingEvidence(context, own)]
      : near
        ? [
            settingEvidence(
              context,
              settings.find((s) => s.env === near)!,
            ),
          ]
        : [],
    edits: rename(context, near, named),
  };
}

function rename(context: CauseContext, near: string | null, named: string): Edit[] {
  return near
    ? [{ kind: "manual", title: `rename the variable ${near} to ${named} in ${context.case.workload.kind.toLowerCase()}/${context.case.workload.name}` }]
    : [];
}

const id = "config/setting-missing";

export const cause: Cause = {
  id,
  title: "A setting that the program needs is missing",
  needs: ["log"],
  explains: [
    "app/exited-without-reason",
    "app/exited-cleanly",
    "killed/unattributed",
    "probe/application-unhealthy",
    "app/uncaught-exception",
    "dependency/name-not-resolved",
    "dependency/refused",
  ],
  messages: {
    optional: {
      title: "{env} is not set: {source} does not exist",
      explanation: "The program needs {env}. It should come from {source}, which is not there; the reference is optional, so the pod starts without it.",
    },
    similar: {
      title: "{env} is not set; {similar} is",
      explanation: "The program needs {env} and does not have it. The pod sets {similar}: it was probably meant.",
    },
    unresolved: {
      title: "{env} was never filled in",
      explanation: "The value holds {text} as it stands: Kubernetes only fills in variables that are defined before it in the list.",
    },
    env: { title: "{env} is not set", explanation: "The program needs {env}, and the pod does not set it (or sets it to nothing)." },
    base: {
      title: "The address before a path is not set",
      explanation: "The program builds a URL from a path alone, so the setting that should hold its server's address is missing: {line}",
    },
    told: { title: "A setting is missing", explanation: "The program says that something it needs is not set: {line}" },
  },
  find(context) {
    const told = signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, join(context, signal)));
    if (told.length) return told;
    return signalsOf(context, "config/setting-invalid")
      .filter(lacksBase)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: "base", confidence: "likely" }));
  },
};
