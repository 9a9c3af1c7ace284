/** With whom a program spoke that was answered and rejected, and which of its settings the rejection is about. */
import type { CauseContext, Finding } from "../../model/cause";
import type { LogSignal, SettingSource } from "../../model/observation";
import type { SeenObject } from "../../model/snapshot";
import type { Service } from "../../model/kubernetes";
import { settingEvidence, settingWith, tell } from "../from-log";
import { fromLines, targetOf } from "./target";

export interface Partner {
  host: string | null;
  port: number | null;
  /** The setting that holds the host, or that the log names. */
  setting: SettingSource | null;
  service: SeenObject<Service> | null;
}

/** Host, port and Service behind a signal, also where the host stands in a line beside the key line. */
export function partnerOf(context: CauseContext, signal: LogSignal): Partner {
  const { host, port } = fromLines(context, signal);
  const setting = settingWith(context, host) ?? context.seen.config.settings.find((s) => s.env === signal.subject.env) ?? null;
  return { host, port, setting, service: targetOf(context, host)?.service ?? null };
}

/** `namespace/name` of the partner's Service. */
export function serviceName({ service }: Pick<Partner, "service">): string | null {
  return service ? `${service.object.metadata.namespace}/${service.object.metadata.name}` : null;
}

const credential = /(?:pass(?:word|wd|phrase)?|pwd|token|secret|api_?key|access_?key|credentials?)$/i;

/** The only setting that is a password, token or key by its name; null where there are several or none. */
export function credentialOf(context: CauseContext): SettingSource | null {
  const found = context.seen.config.settings.filter((s) => credential.test(s.env));
  return found.length === 1 ? found[0]! : null;
}

/** Tells a cause of the other side by the log's own words, joined to the setting and the Service that they name. */
export function tellOfOtherSide(context: CauseContext, signal: LogSignal, message: string): Finding {
  const host = signal.subject.host ?? null;
  const setting = settingWith(context, host) ?? context.seen.config.settings.find((s) => s.env === signal.subject.env) ?? null;
  return tell(context, signal, {
    message,
    subject: { env: signal.subject.env ?? setting?.env ?? null },
    details: { service: serviceName({ service: targetOf(context, host)?.service ?? null }) },
    evidence: setting ? [settingEvidence(context, setting)] : [],
  });
}
