/** From a kubeconfig user to what every request carries: headers and TLS material. */
import { readFileSync } from "node:fs";
import { SourceError } from "../error";
import { runExecPlugin } from "./exec-plugin";
import type { ClusterAccess } from "./kubeconfig";
import type { ClusterOptions } from "./options";

export interface Credentials {
  headers: Record<string, string | string[]>;
  tls: { ca?: Buffer; cert?: Buffer | string; key?: Buffer | string; servername?: string; rejectUnauthorized?: boolean };
}

/** Reads files and asks login helpers. Errors: credentials-failed, kubeconfig-invalid. */
export async function credentialsOf(access: ClusterAccess, options: ClusterOptions): Promise<Credentials> {
  const { cluster, user } = access;
  const headers: Credentials["headers"] = {};
  const tls: Credentials["tls"] = {};
  tls.ca = fileOrData(cluster.server, cluster.caFile, cluster.caData);
  if (cluster.skipTLSVerify) tls.rejectUnauthorized = false;
  if (cluster.tlsServerName) tls.servername = cluster.tlsServerName;
  if (!user) return { headers, tls };
  tls.cert = fileOrData(cluster.server, user.certFile, user.certData);
  tls.key = fileOrData(cluster.server, user.keyFile, user.keyData);

  // The order of client-go: a token file beats a token, both beat a login helper.
  if (user.tokenFile) headers["authorization"] = `Bearer ${readOrFail(cluster.server, user.tokenFile).toString("utf8").trim()}`;
  else if (user.token) headers["authorization"] = `Bearer ${user.token}`;
  else if (user.username) headers["authorization"] = `Basic ${Buffer.from(`${user.username}:${user.password ?? ""}`).toString("base64")}`;
  else if (user.exec) {
    const login = await runExecPlugin(access, options);
    if (login.token) headers["authorization"] = `Bearer ${login.token}`;
    if (login.cert) tls.cert = login.cert;
    if (login.key) tls.key = login.key;
  } else if (user.authProvider) Object.assign(headers, await authProvider(access));

  if (user.impersonateUser) headers["impersonate-user"] = user.impersonateUser;
  if (user.impersonateUid) headers["impersonate-uid"] = user.impersonateUid;
  if (user.impersonateGroups?.length) headers["impersonate-group"] = user.impersonateGroups;
  for (const [name, values] of Object.entries(user.impersonateExtra ?? {})) headers[`impersonate-extra-${encodeURIComponent(name)}`] = values;
  return { headers, tls };
}

async function authProvider(access: ClusterAccess): Promise<Record<string, string>> {
  const { server } = access.cluster;
  const name: unknown = access.user?.authProvider?.name;
  if (name !== "oidc")
    throw new SourceError("credentials-failed", {
      server,
      reason: `auth-provider ${String(name)} is no longer part of Kubernetes; its exec plugin takes its place`,
    });
  const { OpenIDConnectAuth } = await import("@kubernetes/client-node/dist/oidc_auth.js");
  const options: { headers: Record<string, string> } = { headers: {} };
  try {
    await new OpenIDConnectAuth().applyAuthentication(access.user!, options);
  } catch (error) {
    throw new SourceError("credentials-failed", { server, reason: "the OIDC token could not be refreshed" }, error);
  }
  return options.headers["Authorization"] ? { authorization: options.headers["Authorization"] } : {};
}

function fileOrData(server: string, file: string | undefined, data: string | undefined): Buffer | undefined {
  // Data beats a file (client-go, transport.dataFromSliceOrFile).
  if (data) return Buffer.from(data, "base64");
  return file ? readOrFail(server, file) : undefined;
}
function readOrFail(server: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new SourceError("credentials-failed", { server, reason: `${file} ${code === "ENOENT" ? "does not exist" : `can not be read (${code})`}` }, error);
  }
}
