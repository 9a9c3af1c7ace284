/**
 * The kubeconfig as kubectl reads it: `--kubeconfig` alone, else every file of KUBECONFIG, else ~/.kube/config, else the
 * service account of the pod. Files are merged entry by entry, the first that names an entry wins, files that do not exist are
 * skipped, and paths are relative to their file (client-go, tools/clientcmd/loader.go). `KubeConfig` of the official client does none
 * of these, so only its readers of entries are used; they also keep the load small.
 */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { type Cluster, type User, newClusters, newContexts, newUsers } from "@kubernetes/client-node/dist/config_types.js";
import { parse } from "yaml";
import { SourceError } from "../error";
import { inCluster } from "./in-cluster";
import type { ClusterOptions } from "./options";

export interface KubeUser extends User {
  tokenFile?: string;
  impersonateUid?: string;
  impersonateGroups?: string[];
  impersonateExtra?: Record<string, string[]>;
}
/** One context with what it points to. */
export interface ClusterAccess {
  /** Name of the context. */
  context: string;
  /** The context's namespace, `default` where it names none. */
  namespace: string;
  cluster: Cluster;
  user: KubeUser | null;
  /** What a login helper is to be told of this cluster. */
  execConfig?: unknown;
}

type Named = { name: string; [field: string]: unknown };
interface RawConfig {
  clusters: Map<string, Named>;
  users: Map<string, Named>;
  contexts: Map<string, Named>;
  current: string;
}
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads the kubeconfig and picks the context. Errors: kubeconfig-missing, kubeconfig-invalid, context-unknown. */
export function readKubeconfig(options: Pick<ClusterOptions, "kubeconfig" | "context" | "env">): ClusterAccess {
  const env = options.env ?? process.env;
  const home = env["HOME"] || homedir();
  const files = options.kubeconfig ? [options.kubeconfig] : (env["KUBECONFIG"] ?? "").split(delimiter).filter(Boolean);
  if (options.kubeconfig && !existsSync(options.kubeconfig)) throw new SourceError("kubeconfig-missing", { path: options.kubeconfig });
  const candidates = files.length ? files : [join(home, ".kube", "config")];
  const merged: RawConfig = { clusters: new Map(), users: new Map(), contexts: new Map(), current: "" };
  for (const file of candidates) if (existsSync(file)) mergeFile(merged, file);
  if (!merged.contexts.size && !merged.clusters.size) {
    const pod = options.kubeconfig || options.context ? null : inCluster(env);
    if (pod) return pod;
    throw new SourceError("kubeconfig-missing", { path: candidates.join(", ") });
  }
  return pickContext(merged, options.context ?? merged.current, candidates.join(", "));
}

function mergeFile(into: RawConfig, file: string): void {
  const invalid = (reason: string, cause?: unknown): SourceError => new SourceError("kubeconfig-invalid", { path: file, reason }, cause);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw invalid((error as NodeJS.ErrnoException).code ?? "unreadable", error);
  }
  let config: unknown;
  try {
    config = text.trimStart().startsWith("{") ? JSON.parse(text) : parse(text, { maxAliasCount: 100, uniqueKeys: false, logLevel: "error" });
  } catch (error) {
    // The parser's own message may quote the line, and the line may be a token.
    const line = (error as { linePos?: { line: number }[] }).linePos?.[0]?.line;
    throw invalid(`it is not valid YAML${line ? ` (line ${line})` : ""}`);
  }
  if (config === null || config === undefined) return;
  if (!isRecord(config)) throw invalid("it is not a kubeconfig");
  const folder = dirname(resolve(file));
  const entries = (list: unknown): Named[] => (Array.isArray(list) ? list.filter((e): e is Named => isRecord(e) && typeof e["name"] === "string") : []);
  for (const cluster of entries(config["clusters"])) addFirst(into.clusters, cluster, absolute(cluster, "cluster", folder, ["certificate-authority"]));
  for (const user of entries(config["users"]))
    addFirst(into.users, user, absolute(user, "user", folder, ["client-certificate", "client-key", "tokenFile", "token-file"]));
  for (const context of entries(config["contexts"])) addFirst(into.contexts, context, context);
  if (!into.current && typeof config["current-context"] === "string") into.current = config["current-context"];
}

function addFirst(into: Map<string, Named>, entry: Named, value: Named): void {
  if (!into.has(entry.name)) into.set(entry.name, value);
}
function absolute(entry: Named, part: string, folder: string, fields: string[]): Named {
  const inner = entry[part];
  if (!isRecord(inner)) return entry;
  const copy = { ...inner };
  for (const field of fields) {
    const path = copy[field];
    if (typeof path === "string" && path && !isAbsolute(path)) copy[field] = join(folder, path);
  }
  const exec = copy["exec"];
  if (isRecord(exec) && typeof exec["command"] === "string" && /[\\/]/.test(exec["command"]) && !isAbsolute(exec["command"]))
    copy["exec"] = { ...exec, command: join(folder, exec["command"]) };
  return { ...entry, [part]: copy };
}

function pickContext(config: RawConfig, name: string, files: string): ClusterAccess {
  const invalid = (reason: string): SourceError => new SourceError("kubeconfig-invalid", { path: files, reason });
  if (!name) throw invalid("it has no current-context; choose one with --context");
  const raw = config.contexts.get(name);
  if (!raw) throw new SourceError("context-unknown", { name });
  const [context] = newContexts([raw], { onInvalidEntry: "filter" });
  if (!context) throw invalid(`context ${name} is incomplete`);
  const rawCluster = config.clusters.get(context.cluster);
  const [cluster] = rawCluster ? newClusters([rawCluster], { onInvalidEntry: "filter" }) : [];
  if (!rawCluster || !cluster) throw invalid(`context ${name} names a cluster ${context.cluster} that is not there`);
  const rawUser = context.user ? config.users.get(context.user) : undefined;
  if (context.user && !rawUser) throw invalid(`context ${name} names a user ${context.user} that is not there`);
  return {
    context: name,
    namespace: context.namespace || "default",
    cluster,
    user: rawUser ? userOf(rawUser) : null,
    execConfig: execExtension(rawCluster["cluster"]),
  };
}
function userOf(raw: Named): KubeUser {
  const fields = isRecord(raw["user"]) ? raw["user"] : {};
  // The official reader looks for `token-file` and opens it at once; kubectl's field is `tokenFile`.
  const [user] = newUsers([{ ...raw, user: { ...fields, "token-file": undefined } }], { onInvalidEntry: "filter" });
  return {
    ...(user ?? { name: raw.name }),
    tokenFile: (fields["tokenFile"] ?? fields["token-file"]) as string | undefined,
    impersonateUid: fields["as-uid"] as string | undefined,
    impersonateGroups: fields["as-groups"] as string[] | undefined,
    impersonateExtra: fields["as-user-extra"] as Record<string, string[]> | undefined,
  };
}
function execExtension(cluster: unknown): unknown {
  const extensions = isRecord(cluster) ? cluster["extensions"] : undefined;
  if (!Array.isArray(extensions)) return undefined;
  const entry = extensions.find((e) => isRecord(e) && e["name"] === "client.authentication.k8s.io/exec");
  return isRecord(entry) ? entry["extension"] : undefined;
}
