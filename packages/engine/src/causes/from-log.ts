/** From what the log reader tells to findings: the key line as evidence, joined to the setting that it is about. */
import type { CauseContext, Edit, Finding } from "../model/cause";
import type { LogSignal, SettingSource } from "../model/observation";
import type { Confidence, Detail, Evidence, NextStep, Subject } from "../model/report";
import { logEvidence, specEvidence, statusEvidence } from "./evidence";

const order: Confidence[] = ["possible", "likely", "certain"];
export function atMost(confidence: Confidence, limit: Confidence): Confidence {
  return order.indexOf(confidence) <= order.indexOf(limit) ? confidence : limit;
}

/**
 * How far the status bears out what the log says: a container that the kernel killed for memory did not end by its own error, one that a
 * probe killed may only have complained, and a running one has not ended at all.
 */
export function trust(context: CauseContext, confidence: Confidence): Confidence {
  const { status, probes, logs } = context.seen;
  if (status.last?.reason === "OOMKilled") return "possible";
  if (context.case.scope !== "log" && logs.log?.run === "current") return atMost(confidence, "likely");
  if (probes.killedBy) return atMost(confidence, "likely");
  if (status.last?.exitCode === 0 && context.case.container?.type !== "init") return atMost(confidence, "likely");
  return confidence;
}

/** The environment variable or key whose value holds this text, e.g. the host of a connection string. */
export function settingWith(context: CauseContext, text: string | null | undefined): SettingSource | null {
  if (!text || text.length < 3) return null;
  return context.seen.config.settings.find((s) => s.value?.includes(text)) ?? null;
}

/** Where a setting comes from, in words: `env DB_HOST`, `key db-host of ConfigMap api-settings (env DB_HOST)`. */
export function describeSource(setting: SettingSource): string {
  return setting.from.name ? `key ${setting.from.key} of ${setting.from.kind} ${setting.from.name} (env ${setting.env})` : `env ${setting.env}`;
}

export function settingEvidence(context: CauseContext, setting: SettingSource): Evidence {
  const text = setting.value === null ? `${setting.env} from ${describeSource(setting)}` : `${setting.env}=${setting.value}`;
  return specEvidence(context, text, setting.path);
}

export interface Told {
  message?: string;
  args?: Record<string, string | number | null | undefined>;
  confidence?: Confidence;
  subject?: Partial<Subject>;
  details?: Record<string, Detail>;
  evidence?: Evidence[];
  edits?: Edit[];
  next?: NextStep[];
}

/** One finding from one signal; `more` is what a cause adds by its joins. */
export function tell(context: CauseContext, signal: LogSignal, more: Told = {}): Finding {
  const subject = { ...signal.subject, ...more.subject };
  const details = { ...signal.details, ...more.details };
  const args: Record<string, string | number> = {};
  for (const [name, value] of Object.entries({ ...details, ...subject, ...more.args }))
    if (typeof value === "string" || typeof value === "number") args[name] = value;
  args.line ??= signal.lines[0]?.text.slice(0, 160) ?? "";
  const { last } = context.seen.status;
  const contradicted =
    last?.reason === "OOMKilled" ? [statusEvidence(context, `reason OOMKilled, exit code ${last.exitCode}`, "lastState.terminated.reason")] : [];
  const lines = signal.lines.map((line) => logEvidence(context, line));
  return {
    message: more.message ?? "told",
    args,
    confidence: trust(context, more.confidence ?? signal.confidence),
    subject,
    details,
    evidence: [...lines.slice(0, 1), ...(more.evidence ?? []), ...contradicted, ...lines.slice(1)].slice(0, 5),
    edits: more.edits,
    next: more.next,
  };
}
