/** HAProxy: the first [ALERT] tells; "Error(s) found in configuration file" is the shell. */
import type { Pattern } from "../patterns/pattern";

export const haproxy: Pattern[] = [
  {
    id: "haproxy-file-missing",
    cause: "config/file-missing",
    literals: [
      "unable to stat ssl certificate",
      "unable to load ssl certificate",
      "failed to open the file",
      "cannot open configuration file",
      "unable to open",
    ],
    pattern: String.raw`unable to (?:stat|load) SSL certificate (?:from )?file '(?P<path>[^']+)'[^\n]*(?:No such file|doesn't exist)|(?:[Cc]annot|[Cc]ould not|failed to) open (?:the )?(?:configuration )?file(?:/directory)? '?(?P<path2>/[^\s':]+)'? ?:? ?(?:\()?No such file`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive:
      "[ALERT] (1) : config : parsing [/etc/lb.cfg:9] : 'bind :8443' : unable to stat SSL certificate from file '/certs/a.pem' : No such file or directory.",
    negative: "unable to stat ssl certificate from file '/certs/a.pem' : Permission denied",
  },
  {
    id: "haproxy-certificate",
    cause: "app/certificate-invalid",
    literals: ["unable to load ssl private key", "unable to load certificate", "no start line", "inconsistencies between private key and certificate"],
    pattern: String.raw`unable to load (?:SSL private key|certificate)s? (?:from (?:PEM )?file|into) '(?P<path>[^']+)'|inconsistencies between private key and certificate loaded from PEM file '(?P<path2>[^']+)'`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "'bind :8443' : inconsistencies between private key and certificate loaded from PEM file '/certs/a.pem'.",
    negative: "no start line",
  },
  {
    id: "haproxy-bind-privileged",
    cause: "app/port-privileged",
    literals: ["cannot bind socket (permission denied)", "cannot bind socket"],
    pattern: String.raw`cannot bind socket \(Permission denied\)(?: for)? \[[^\]]*:(?P<port>\d+)\]|cannot bind socket \[[^\]]*:(?P<port2>\d+)\][^\n]*Permission denied`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "Binding [/etc/lb.cfg:9] for frontend web: cannot bind socket (Permission denied) for [0.0.0.0:443]",
    negative: "cannot bind socket (Address already in use) for [0.0.0.0:443]",
  },
  {
    id: "haproxy-bind-taken",
    cause: "app/port-in-use",
    literals: ["cannot bind socket"],
    pattern: String.raw`cannot bind socket \(Address already in use\)(?: for)? \[[^\]]*:(?P<port>\d+)\]|cannot bind socket \[[^\]]*:(?P<port2>\d+)\](?:\n|[^\n]*Address already in use|$)`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "Starting frontend web: cannot bind socket (Address already in use) for [0.0.0.0:8080]",
    negative: "cannot bind socket (Permission denied) for [0.0.0.0:443]",
  },
];
