/** Access from inside a pod, by its service account (client-go, rest/config.go InClusterConfig). */
import { existsSync, readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import type { ClusterAccess } from "./kubeconfig";

const defaultFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** null outside a pod. `folder` is where the service account is mounted. */
export function inCluster(env: Record<string, string | undefined>, folder = defaultFolder): ClusterAccess | null {
  const host = env["KUBERNETES_SERVICE_HOST"];
  const port = env["KUBERNETES_SERVICE_PORT"];
  const tokenFile = `${folder}/token`;
  if (!host || !port || !existsSync(tokenFile)) return null;
  const namespaceFile = `${folder}/namespace`;
  return {
    context: "in-cluster",
    namespace: existsSync(namespaceFile) ? readFileSync(namespaceFile, "utf8").trim() || "default" : "default",
    cluster: { name: "in-cluster", server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`, caFile: `${folder}/ca.crt`, skipTLSVerify: false },
    user: { name: "service-account", tokenFile },
  };
}
