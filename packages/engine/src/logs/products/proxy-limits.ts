/** What proxies and their init containers need of the node: file handles and packet filter tables. */
import type { Pattern } from "../patterns/pattern";

export const proxyLimits: Pattern[] = [
  {
    id: "haproxy-file-handles",
    cause: "app/os-limit",
    literals: ["cannot raise fd limit", "fd limit"],
    pattern: String.raw`Cannot raise FD limit to (?P<wanted>\d+), limit is (?P<found>\d+)|FD limit \((?P<found2>\d+)\) too low for`,
    confidence: "certain",
    product: true,
    fatal: true,
    details: { limit: "nofile" },
    positive: "[lb.main()] Cannot raise FD limit to 80035, limit is 65536.",
    negative: "fd limit 1024",
  },
  {
    id: "iptables-table",
    cause: "start/security-denied",
    literals: ["initialize iptables table", "initialize table '", "initialize ip6tables table", "initialize table `"],
    pattern: String.raw`(?:can't|unable to) initialize (?:ip6?tables )?table [${"`"}']\w+'`,
    confidence: "likely",
    fatal: true,
    details: { capability: "NET_ADMIN" },
    positive: "iptables-restore: unable to initialize table 'nat'",
    negative: "unable to initialize table 'orders",
  },
];
