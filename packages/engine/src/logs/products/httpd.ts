/** Apache httpd: AH00526 names the line, the next line the reason; AH00558 is only a warning. */
import type { Pattern } from "../patterns/pattern";

export const httpd: Pattern[] = [
  {
    id: "httpd-file-missing",
    cause: "config/file-missing",
    literals: ["does not exist or is empty", "is not a directory, or is not readable", "could not open configuration file", "no matches for the wildcard"],
    pattern: String.raw`\w+: file '(?P<path>[^']+)' does not exist or is empty|DocumentRoot '(?P<path2>[^']+)' is not a directory, or is not readable|Could not open configuration file (?P<path3>/[^:]+): No such file`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "SSLCertificateFile: file '/etc/site/tls.crt' does not exist or is empty",
    negative: "cache does not exist or is empty",
  },
  {
    id: "httpd-socket",
    cause: "app/port-in-use",
    literals: ["could not bind to address"],
    pattern: String.raw`\(98\)[^\n]*could not bind to address \S+?:(?P<port>\d+)`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "(98)Address already in use: AH00072: make_sock: could not bind to address [::]:8080",
    negative: "(99)Cannot assign requested address: could not bind to address 10.0.0.1:80",
  },
  {
    id: "httpd-pid",
    cause: "app/data-locked",
    literals: ["ah00060", "httpd (pid", "apache2 (pid"],
    pattern: String.raw`(?:httpd|apache2) \(pid \d+\??\) already running`,
    confidence: "likely",
    product: true,
    fatal: true,
    positive: "httpd (pid 1) already running",
    negative: "httpd (pid 1) running",
  },
];
