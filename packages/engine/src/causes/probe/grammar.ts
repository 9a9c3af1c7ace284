/**
 * What the kubelet says about a failed probe (text behind `Liveness probe failed: `), as an ordered list: the first that fits is the class.
 * Sources: kubelet 1.20-1.36 pkg/probe/{http,tcp,grpc,exec}, Go net/http and crypto/tls, curl, wget and shells for what a command prints.
 */
export type ProbeClass =
  | "status"
  | "port-name"
  | "http-on-tls"
  | "http-on-http2"
  | "http-on-other"
  | "https-on-plain"
  | "tls-refused"
  | "grpc-unimplemented"
  | "grpc-unknown-service"
  | "grpc-on-other"
  | "grpc-not-serving"
  | "grpc-unreachable"
  | "command-missing"
  | "command-usage"
  | "redirects"
  | "refused"
  | "no-host"
  | "timeout"
  | "no-route"
  | "closed"
  | "empty"
  | "output";

export interface ProbePattern {
  name: ProbeClass;
  /** Group 1: a status code, a command, a port name, where the text has one. */
  pattern: RegExp;
  samples: [string, string | null][];
}

export const probeGrammar: readonly ProbePattern[] = [
  {
    name: "status",
    pattern:
      /HTTP probe failed with statuscode: (\d{3})|The requested URL returned error: (\d{3})|server returned error: HTTP\/[\d.]{1,3} (\d{3})|ERROR (\d{3}): |HTTP\/[\d.]{1,3} ([45]\d\d)\b/,
    samples: [
      ["HTTP probe failed with statuscode: 404", "404"],
      ["curl: (22) The requested URL returned error: 503", "503"],
      ["wget: server returned error: HTTP/1.1 404 Not Found", "404"],
    ],
  },
  {
    name: "port-name",
    pattern: /strconv\.Atoi: parsing "([^"]{0,63})": invalid syntax|port "?([\w-]{1,63})"? not found/,
    samples: [['strconv.Atoi: parsing "web": invalid syntax', "web"]],
  },
  {
    name: "http-on-tls",
    pattern:
      /malformed HTTP (?:response|version|status code) "\\x1[56]\\x03|server sent TLS|wrong version number|client sent an HTTP request to an HTTPS server/,
    samples: [['Get "http://10.0.0.9:8443/": net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02"', null]],
  },
  {
    name: "http-on-http2",
    pattern: /malformed HTTP (?:response|version|status code) "\\x00\\x00/,
    samples: [['net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x00\\x00\\x06\\x04\\x00"', null]],
  },
  {
    name: "http-on-other",
    pattern: /malformed HTTP (?:response|version|status code)|malformed MIME header|Received HTTP\/0\.9 when not allowed|Weird server reply/,
    samples: [['net/http: HTTP/1.x transport connection broken: malformed HTTP response "-ERR wrong number of arguments"', null]],
  },
  {
    name: "https-on-plain",
    pattern:
      /server gave HTTP response to HTTPS client|first record does not look like a TLS handshake|SSL routines:.{0,60}(?:wrong version number|packet length too long)|error:0A00010B/,
    samples: [['Get "https://10.0.0.9:8080/": http: server gave HTTP response to HTTPS client', null]],
  },
  {
    name: "tls-refused",
    pattern: /\btls: (?!.*handshake timeout)|x509:|SSL certificate problem|curl: \((?:35|60)\)/,
    samples: [["remote error: tls: certificate required", null]],
  },
  {
    name: "grpc-unimplemented",
    pattern: /does not implement the grpc health protocol|code = Unimplemented|unknown service grpc\.health/,
    samples: [["error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service grpc.health.v1.Health", null]],
  },
  {
    name: "grpc-unknown-service",
    pattern: /code = NotFound desc = unknown service|error: health rpc probe failed: .{0,80}NotFound/,
    samples: [["error: health rpc probe failed: rpc error: code = NotFound desc = unknown service", null]],
  },
  {
    name: "grpc-on-other",
    pattern:
      /error reading server preface|frame too large|http2: failed|missing HTTP content-type|unexpected content-type|received the unexpected content-type|looked like an HTTP\/1/,
    samples: [['error: failed to connect service at "10.0.0.9:8080": connection error: desc = "error reading server preface: http2: frame too large"', null]],
  },
  {
    name: "grpc-not-serving",
    pattern: /service unhealthy \(responded with "([A-Z_]{1,40})"\)/,
    samples: [['service unhealthy (responded with "NOT_SERVING")', "NOT_SERVING"]],
  },
  {
    name: "command-missing",
    pattern:
      /exec: "([^"]{1,400})": (?:executable file not found|stat [^:]{1,400}: no such file|no such file|permission denied|is a directory)|(?:^|\n)(?:[\w/.-]{0,60}sh|-[a-z]{0,4}sh): (?:(?:line )?\d{1,4}: )?(?:exec: )?([^\s:]{1,300}): (?:command not found|not found|inaccessible or not found|[Pp]ermission denied|No such file or directory)|(?:sh|python[\d.]{0,5}|ruby|perl|php): (?:can't|cannot) open (?:file |script )?'?([^'\n:]{1,300}?)'?(?::|$)|Cannot find module '([^']{1,300})'|env: (?:can't execute )?['‘]?([\w./-]{1,200})['’]?: No such file|executable file `([^`]{1,300})` not found|Unable to access jarfile (\S{1,300})|: ([\w/.-]{1,200}): bad interpreter|No module named '?([\w.]{1,100})/,
    samples: [
      [
        'rpc error: code = NotFound desc = failed to exec in container: failed to start exec "5f": OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
        "curl",
      ],
      ["sh: pg_isready: not found\n", "pg_isready"],
      ["/bin/sh: 1: curl: not found", "curl"],
      ["/bin/sh: /probe.sh: /bin/bash: bad interpreter: No such file or directory", "/bin/bash"],
      ["/bin/bash: line 1: grpc_health_probe: command not found", "grpc_health_probe"],
      ["python3: can't open file '/app/health.py': [Errno 2] No such file or directory", "/app/health.py"],
    ],
  },
  {
    name: "command-usage",
    pattern:
      /(?:^|\n)([\w.-]{1,40}): (?:unrecognized|invalid|unknown|illegal) option|(?:^|\n)(?:\S{1,60}: )?(?:[Ss]yntax error|unexpected EOF|unexpected end of file)|(?:^|\n)(?:usage|Usage):/,
    samples: [["wget: unrecognized option: spider-fast", "wget"]],
  },
  { name: "redirects", pattern: /stopped after 10 redirects|maximum redirects/i, samples: [['Get "/login": stopped after 10 redirects', null]] },
  {
    name: "no-host",
    pattern: /no such host|Could not resolve host|bad address|Temporary failure in name resolution/,
    samples: [['Get "http://api.internal/": dial tcp: lookup api.internal on 10.96.0.10:53: no such host', null]],
  },
  {
    name: "refused",
    pattern: /connection refused|Connection refused|Failed to connect to|Couldn't connect to server|no response/,
    samples: [['Get "http://10.0.0.9:8080/healthz": dial tcp 10.0.0.9:8080: connect: connection refused', null]],
  },
  {
    name: "grpc-unreachable",
    pattern: /failed to connect service/,
    samples: [['timeout: failed to connect service "10.0.0.9:9090" within 1s: context deadline exceeded', null]],
  },
  {
    name: "timeout",
    pattern: /Client\.Timeout|deadline exceeded|i\/o timeout|request canceled|timed out|did not complete within|Operation timeout|TLS handshake timeout/,
    samples: [['Get "http://10.0.0.9:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)', null]],
  },
  { name: "no-route", pattern: /no route to host|network is unreachable/, samples: [["dial tcp 10.0.0.9:8080: connect: no route to host", null]] },
  {
    name: "closed",
    pattern: /\bEOF\b|connection reset|broken pipe|Empty reply from server|server closed/,
    samples: [['Get "http://10.0.0.9:5432/": EOF', null]],
  },
  { name: "empty", pattern: /^\s*$/, samples: [["", null]] },
  { name: "output", pattern: /[\s\S]/, samples: [["cat: can't read the queue", null]] },
];

export interface ReadProbe {
  class: ProbeClass;
  /** Status code, command or port name, as the class has it. */
  named: string | null;
}
export function readProbeText(text: string): ReadProbe {
  const bounded = text.slice(0, 4096);
  for (const entry of probeGrammar) {
    const found = entry.pattern.exec(bounded);
    if (found) return { class: entry.name, named: found.slice(1).find((group) => group) ?? null };
  }
  return { class: "empty", named: null };
}
