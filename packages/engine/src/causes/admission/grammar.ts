/** The API server's refusals, taken apart. Sources: kubernetes plugin/pkg/admission/{resourcequota,limitranger,priority}, pod-security-admission, apiserver admission/plugin/{webhook,policy}. */

export interface Quota {
  quota: string;
  /** One entry a resource that is over, in the order of the message. */
  over: { resource: string; requested: string; used: string; limited: string }[];
}
export function readQuota(text: string): Quota | null {
  const found = /exceeded quota: ([^,]{1,253}), requested: (.{1,2000}), used: (.{1,2000}), limited: (.{1,2000})/i.exec(text);
  if (!found) return null;
  const [requested, used, limited] = [pairs(found[2]!), pairs(found[3]!), pairs(found[4]!)];
  // One resource alone may come without its name in the later lists.
  const of = (amounts: Map<string, string>, text: string, resource: string): string =>
    amounts.get(resource) ?? (text.includes("=") ? "" : text.trim().replace(/\.$/, ""));
  const over = [...requested].map(([resource, amount]) => ({
    resource,
    requested: amount,
    used: of(used, found[3]!, resource),
    limited: of(limited, found[4]!, resource),
  }));
  return { quota: found[1]!.trim(), over };
}
function pairs(text: string): Map<string, string> {
  return new Map(
    text.split(",").flatMap((part) => {
      const at = part.lastIndexOf("=");
      return at > 0
        ? [
            [
              part.slice(0, at).trim(),
              part
                .slice(at + 1)
                .trim()
                .replace(/\.$/, ""),
            ] as const,
          ]
        : [];
    }),
  );
}

export interface MustSpecify {
  quota: string;
  resources: string[];
}
/** Since 1.24 the message may name containers: `limits.cpu for: web,proxy; requests.cpu for: web`. */
export function readMustSpecify(text: string): MustSpecify | null {
  const found = /failed quota: ([^:]{1,253}): must specify ([^\n]{1,2000})/.exec(text);
  if (!found) return null;
  const resources = found[2]!.split(";").flatMap((group) => group.replace(/ for: .*$/, "").split(","));
  return { quota: found[1]!.trim(), resources: [...new Set(resources.map((one) => one.trim()).filter(Boolean))] };
}

export interface RangeViolation {
  bound: "minimum" | "maximum" | "ratio";
  resource: string;
  /** Container, Pod or PersistentVolumeClaim. */
  type: string;
  allowed: string;
  field: string | null;
  given: string | null;
}
export function readRange(text: string): RangeViolation | null {
  const usage =
    /(minimum|maximum) (\S{1,100}) usage per (Container|Pod|PersistentVolumeClaim) is ([^\s,]{1,60}?)(?:, but (request|limit) is ([^\s,\]]{1,60})|\. +No (limit|request) is specified)/.exec(
      text,
    );
  if (usage)
    return {
      bound: usage[1] as "minimum",
      resource: usage[2]!,
      type: usage[3]!,
      allowed: usage[4]!,
      field: usage[5] ?? usage[7] ?? null,
      given: usage[6]?.replace(/\.$/, "") ?? null,
    };
  const ratio =
    /(\S{1,100}) max limit to request ratio per (Container|Pod) is ([^\s,]{1,60}), but (?:provided ratio is ([^\s,\]]{1,60})|no (?:request|limit) is specified)/.exec(
      text,
    );
  return ratio ? { bound: "ratio", resource: ratio[1]!, type: ratio[2]!, allowed: ratio[3]!, field: "ratio", given: ratio[4] ?? null } : null;
}

export interface Security {
  /** `restricted:latest`, or the name of the older mechanism. */
  profile: string;
  violations: string[];
}
export function readSecurity(text: string): Security | null {
  const found = /violates PodSecurity "([^"]{1,100})": ([\s\S]{1,6000})/.exec(text);
  if (found) return { profile: found[1]!, violations: splitViolations(found[2]!) };
  const older = /unable to validate against any (pod security policy|security context constraint): ?([\s\S]{0,6000})/.exec(text);
  return older ? { profile: older[1]!, violations: [older[2]!.trim()].filter(Boolean) } : null;
}
/** Violations are joined by `, `, and their parentheses hold commas of their own. */
function splitViolations(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")") depth = Math.max(0, depth - 1);
    else if (text[at] === "," && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.filter(Boolean);
}

export interface Denial {
  webhook: string;
  said: string | null;
}
export function readDenial(text: string): Denial | null {
  const found = /admission webhook "([^"]{1,253})" denied the request(?:: ([\s\S]{1,4000})| without explanation)?/.exec(text);
  return found ? { webhook: found[1]!, said: found[2]?.trim() ?? null } : null;
}

export interface Unreachable {
  webhook: string;
  /** The Service or host that was called; null where the message has no URL. */
  host: string | null;
  service: { name: string; namespace: string } | null;
  port: number | null;
  why: string;
}
export function readUnreachable(text: string): Unreachable | null {
  const found = /failed (?:to call|calling) (?:admission )?webhook "([^"]{1,253})"(?:: failed to call webhook)?: ([\s\S]{1,4000})/.exec(text);
  if (!found) return null;
  const rest = found[2]!;
  const url = /(?:Post|Get) "?https?:\/\/([^/":?\s]{1,253})(?::(\d{1,5}))?[^"\s]*"?: ?([\s\S]*)/.exec(rest);
  const host = url?.[1] ?? null;
  const inCluster = host ? /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc/.exec(host) : null;
  return {
    webhook: found[1]!,
    host,
    service: inCluster ? { name: inCluster[1]!, namespace: inCluster[2]! } : null,
    port: url?.[2] ? Number(url[2]) : null,
    why: (url?.[3] || rest).trim(),
  };
}

export interface PolicyDenial {
  policy: string;
  binding: string | null;
  said: string;
}
export function readPolicy(text: string): PolicyDenial | null {
  const found = /(?:Validating|Mutating)AdmissionPolicy '([^']{1,253})'(?: with binding '([^']{1,253})')? denied request: ([\s\S]{1,4000})/.exec(text);
  return found ? { policy: found[1]!, binding: found[2] ?? null, said: found[3]!.trim() } : null;
}

export function readPriorityClass(text: string): string | null {
  return /no PriorityClass with name (\S{1,253}) was found/.exec(text)?.[1] ?? null;
}

export function readServiceAccount(text: string): { namespace: string; name: string } | null {
  const found = /error looking up service account ([^/\s]{1,253})\/([^:\s]{1,253}): /.exec(text);
  return found ? { namespace: found[1]!, name: found[2]! } : null;
}

export interface Invalid {
  /** Kind and name as in the message. */
  object: string;
  field: string | null;
  said: string;
}
/** `Pod "x" is invalid: spec.containers[0].image: Required value`; several fields stand in brackets. */
export function readInvalid(text: string): Invalid | null {
  const found = /([A-Z]\w{1,40}(?:\.\S{1,100})? "[^"]{0,253}") is invalid: ([\s\S]{1,4000})/.exec(text);
  if (!found) return null;
  const said = found[2]!.trim().replace(/^\[/, "");
  return { object: found[1]!, field: /^([a-zA-Z][\w.[\]/-]{0,200}): /.exec(said)?.[1] ?? null, said };
}

/** Source: kubernetes plugin/pkg/admission/runtimeclass. */
export function readRuntimeClass(text: string): string | null {
  return /pod rejected: RuntimeClass "([^"]{1,253})" not found/.exec(text)?.[1] ?? null;
}
