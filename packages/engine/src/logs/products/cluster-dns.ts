/** CoreDNS: its plugins name themselves. */
import type { Pattern } from "../patterns/pattern";

export const clusterDns: Pattern[] = [
  {
    id: "coredns-loop",
    cause: "app/dns-loop",
    literals: ["plugin/loop"],
    pattern: String.raw`plugin/loop: (?:Loop|Forwarding loop) (?:\(|detected)(?:(?P<address>[\d.]+:\d+))?`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: '[FATAL] plugin/loop: Loop (127.0.0.1:34122 -> :53) detected for zone ".", see the troubleshooting page.',
    negative: "plugin/loop: ready",
  },
  {
    id: "coredns-corefile",
    cause: "config/setting-invalid",
    literals: ["error during parsing", "unknown directive '", "corefile"],
    pattern: String.raw`(?:(?P<path>/?[\w/.-]*[Cc]orefile):(?P<line>\d+) - )?Error during parsing: (?P<reason>[^\n]+)|plugin/(?P<plugin>\w+): (?:Wrong argument count|unexpected line ending|unknown property|Unknown argument|invalid)[^\n]*`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "/etc/coredns/Corefile:6 - Error during parsing: Unknown directive 'kubernets'",
    negative: "corefile read",
  },
];
