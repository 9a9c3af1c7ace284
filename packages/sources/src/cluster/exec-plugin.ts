/** Login helpers of the kubeconfig (`users[].user.exec`): aws, gke-gcloud-auth-plugin, kubelogin and the like. */
import { type SpawnOptions, spawn } from "node:child_process";
import { ExecAuth } from "@kubernetes/client-node/dist/exec_auth.js";
import { admit } from "@unloop/engine/scrub/index";
import { SourceError } from "../error";
import type { ClusterAccess } from "./kubeconfig";
import { type ClusterOptions, defaultTimeouts } from "./options";

export interface Login {
  token?: string;
  cert?: string;
  key?: string;
}
interface ExecSpec {
  apiVersion?: string;
  command?: string;
  args?: string[] | null;
  env?: { name: string; value: string }[] | null;
  installHint?: string;
  interactiveMode?: "Never" | "IfAvailable" | "Always";
  provideClusterInfo?: boolean;
}
const interactiveTimeoutMs = 120_000;

/** Runs the helper once. The official client knows the protocol, but sets no KUBERNETES_EXEC_INFO, gives no terminal and waits for ever. */
export async function runExecPlugin(access: ClusterAccess, options: ClusterOptions): Promise<Login> {
  const exec = access.user!.exec as ExecSpec;
  const { server } = access.cluster;
  const command = exec.command ?? "";
  const interactive = exec.interactiveMode !== "Never" && process.stdin.isTTY === true;
  const failed = (reason: string, cause?: unknown): SourceError => new SourceError("credentials-failed", { server, reason }, cause);
  if (exec.interactiveMode === "Always" && !interactive) throw failed(`${command} wants to ask for input, and there is no terminal`);

  let timedOut = false;
  const auth = new ExecAuth();
  const start = (file: string, args: readonly string[] | undefined, spawnOptions: SpawnOptions) => {
    const child = spawn(file, args ?? [], { ...spawnOptions, stdio: [interactive ? "inherit" : "ignore", "pipe", "pipe"], signal: options.signal });
    const limit = interactive ? interactiveTimeoutMs : (options.timeoutMs ?? defaultTimeouts.timeoutMs);
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
      // A child of the helper may hold the pipes open after it is gone.
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, limit);
    child.on("exit", () => clearTimeout(timer)).on("error", () => clearTimeout(timer));
    if (interactive) child.stderr?.on("data", (text: Buffer | string) => options.onLoginText?.(String(text)));
    return child;
  };
  (auth as unknown as { execFn: typeof start }).execFn = start;

  const env = [...(exec.env ?? []), { name: "KUBERNETES_EXEC_INFO", value: JSON.stringify(execInfo(access, exec, interactive)) }];
  const request: { headers: Record<string, string>; cert?: string; key?: string } = { headers: {} };
  try {
    await auth.applyAuthentication({ ...access.user!, authProvider: undefined, exec: { ...exec, env } }, request);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (timedOut) throw failed(`${command} did not end in time`);
    throw failed(reasonOf(error, command, exec.installHint), error);
  }
  const token = request.headers["Authorization"]?.replace(/^Bearer /, "");
  if (!token && !request.cert) throw failed(`${command} printed no credential`);
  return { token, cert: request.cert, key: request.key };
}

function reasonOf(error: unknown, command: string, installHint?: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return `the login helper ${command} is not installed${installHint ? `; ${oneLine(installHint)}` : ""}`;
  if (code === "EACCES") return `the login helper ${command} may not be run`;
  if (error instanceof SyntaxError || error instanceof TypeError) return `${command} printed no credential`;
  return oneLine(message) ? `${command}: ${oneLine(message)}` : `${command} failed without saying why`;
}
/** The last line that says something, since helpers print warnings first. */
function oneLine(text: string): string {
  const lines = admit(text, { bytes: 4096 })
    .text.split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return (lines.at(-1) ?? "").slice(0, 300);
}

/** client-go, plugin/pkg/client/auth/exec: the cluster is told only where the kubeconfig asks for it. */
function execInfo(access: ClusterAccess, exec: ExecSpec, interactive: boolean): unknown {
  const { cluster } = access;
  const told = {
    server: cluster.server,
    "tls-server-name": cluster.tlsServerName,
    "insecure-skip-tls-verify": cluster.skipTLSVerify || undefined,
    "certificate-authority-data": cluster.caData,
    "proxy-url": cluster.proxyUrl,
    config: access.execConfig,
  };
  return { kind: "ExecCredential", apiVersion: exec.apiVersion, spec: { interactive, ...(exec.provideClusterInfo ? { cluster: told } : {}) } };
}
