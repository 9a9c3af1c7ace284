/** Which proxy leads to the API server: `proxy-url` of the kubeconfig, else the environment as Go's net/http reads it. */
import { BlockList, isIP, isIPv6 } from "node:net";

/** URL of the proxy, or null for a direct connection. */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Record<string, string | undefined>): string | null {
  if (proxyUrl) return proxyUrl;
  const name = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const proxy = env[name] || env[name.toLowerCase()];
  if (!proxy || bypasses(server, env["NO_PROXY"] || env["no_proxy"] || "")) return null;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

/** True for localhost and for what NO_PROXY names: hosts, `.domain`, addresses, CIDR, `*`, each with an optional port (golang.org/x/net/http/httpproxy). */
function bypasses(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  if (isLoopback(server)) return true;
  for (const raw of noProxy.split(",")) {
    const entry = raw.trim().toLowerCase();
    if (!entry) continue;
    if (entry === "*") return true;
    if (entry.includes("/")) {
      if (inRange(host, entry)) return true;
      continue;
    }
    const [, name = entry, entryPort] = /^\[?([^\]]*?)\]?(?::(\d{1,5}))?$/.exec(isIPv6(entry) ? `[${entry}]` : entry) ?? [];
    if (entryPort && entryPort !== port) continue;
    const plain = name.replace(/^\*?\./, "");
    if (host === name || (name !== plain ? host.endsWith(`.${plain}`) : host === plain || (!isIP(plain) && host.endsWith(`.${plain}`)))) return true;
  }
  return false;
}
export function isLoopback(server: URL): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, "");
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
function inRange(host: string, range: string): boolean {
  const [network = "", bits = ""] = range.split("/");
  const family = (address: string): "ipv4" | "ipv6" | null => (isIP(address) === 4 ? "ipv4" : isIP(address) === 6 ? "ipv6" : null);
  const networkFamily = family(network);
  const hostFamily = family(host);
  if (!networkFamily || hostFamily !== networkFamily || !/^\d{1,3}$/.test(bits) || Number(bits) > (networkFamily === "ipv4" ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), networkFamily);
  return list.check(host, hostFamily);
}
