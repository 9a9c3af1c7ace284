/** What a person names on the command line, with kubectl's habits: `TYPE/NAME`, `TYPE NAME` or `NAME`. */
import { CommandError } from "./failure";

export interface Target {
  kind: string | null;
  name: string | null;
}

/** kubectl's singular, plural and short names. */
const kinds: Record<string, readonly string[]> = {
  Pod: ["pod", "pods", "po"],
  Deployment: ["deployment", "deployments", "deploy"],
  StatefulSet: ["statefulset", "statefulsets", "sts"],
  DaemonSet: ["daemonset", "daemonsets", "ds"],
  ReplicaSet: ["replicaset", "replicasets", "rs"],
  Job: ["job", "jobs"],
  CronJob: ["cronjob", "cronjobs", "cj"],
  Node: ["node", "nodes", "no"],
};
const byName = new Map(Object.entries(kinds).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)));

/** kubectl also takes the group: `deployments.apps`, `deployment.v1.apps`. */
function kindOf(type: string): string | null {
  return byName.get(type.toLowerCase().split(".", 1)[0]!) ?? null;
}

/** `names` as given after the flags. Throws {@link CommandError} where they name nothing that can be diagnosed. */
export function parseTarget(names: string[], program = "unloop"): Target {
  const [first, second, ...rest] = names;
  if (first === undefined) return { kind: null, name: null };
  if (rest.length || (second !== undefined && first.includes("/"))) throw new CommandError("target-too-many", { targets: names.join(" ") });
  if (second !== undefined) return { kind: known(first), name: resourceName(second, names, program) };
  const slash = first.indexOf("/");
  if (slash >= 0) return { kind: known(first.slice(0, slash)), name: resourceName(first.slice(slash + 1), names, program) };
  const kind = kindOf(first);
  return kind ? { kind, name: null } : { kind: null, name: resourceName(first, names, program) };
}

function known(type: string): string {
  const kind = kindOf(type);
  if (!kind) throw new CommandError("type-unknown", { type });
  return kind;
}

function resourceName(name: string, names: string[], program: string): string {
  // RFC 1123 subdomain, as the API server checks names; the request path is built of it.
  if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) throw new CommandError("target-invalid", { target: names.join(" "), program });
  return name;
}
