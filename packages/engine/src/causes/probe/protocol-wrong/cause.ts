/** probe/protocol-wrong: the probe speaks another protocol than the port. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import type { LogLine } from "../../../model/observation";
import { logEvidence } from "../../evidence";
import type { ProbeClass } from "../grammar";
import { editProbes } from "../probe-edit";
import { type ProbeFailure, effectOf, mainText, probeEvidence, probeFailure } from "../probe-failure";

const kinds: Partial<Record<ProbeClass, string>> = {
  "https-on-plain": "https-on-plain",
  "http-on-tls": "http-on-tls",
  "http-on-http2": "http-on-grpc",
  "http-on-other": "http-on-other",
  "grpc-on-other": "grpc-on-other",
  "grpc-unimplemented": "grpc-without-health",
  "tls-refused": "tls-refused",
};
/** What servers log, or answer with 400, when plain HTTP reaches their TLS port. Sources: nginx, Go net/http, Node, Java. */
const plainOnTls =
  /plain HTTP request was sent to HTTPS port|client sent an HTTP request to an HTTPS server|http request|first record does not look like a TLS handshake|not an SSL\/TLS record|wrong version number/i;
const usualTlsPorts = new Set([443, 8443, 9443, 6443, 10250]);

export const cause: Cause = {
  id: "probe/protocol-wrong",
  title: "The probe speaks another protocol than the port",
  needs: ["status"],
  explains: ["killed/", "app/exited-cleanly", "app/exited-without-reason", "probe/application-unhealthy", "probe/too-aggressive", "probe/path-wrong"],
  messages: {
    "https-on-plain": {
      title: "The {probe} probe speaks HTTPS to a plain HTTP port",
      explanation: "Port {port} answers in plain HTTP, the probe's scheme is HTTPS: {effect}. Drop the scheme.",
    },
    "http-on-tls": {
      title: "The {probe} probe speaks plain HTTP to a TLS port",
      explanation: "Port {port} speaks TLS, the probe plain HTTP: {effect}. Set scheme: HTTPS (the kubelet does not check the certificate).",
    },
    "http-on-grpc": {
      title: "The {probe} probe speaks HTTP/1 to a gRPC port",
      explanation: "Port {port} speaks HTTP/2 (gRPC), the probe HTTP/1: {effect}. Use a grpc probe, or a tcpSocket.",
    },
    "http-on-other": {
      title: "The {probe} probe speaks HTTP to a port that does not",
      explanation: "What answers on port {port} is not HTTP: {effect}. Use a tcpSocket or a command, or the port that serves HTTP.",
    },
    "grpc-on-other": {
      title: "The {probe} probe speaks gRPC to a port that does not",
      explanation: "What answers on port {port} is not gRPC: {effect}. Use httpGet or tcpSocket, or the gRPC port.",
    },
    "grpc-without-health": {
      title: "The gRPC server on port {port} has no health service",
      explanation:
        "The {probe} probe asks grpc.health.v1.Health, which the server does not implement: {effect}. Register the health service, or use a tcpSocket.",
    },
    "tls-refused": {
      title: "The {probe} probe and port {port} do not agree on TLS",
      explanation: "The server refuses the probe's TLS connection (it may demand a client certificate): {effect}. Use a plain port or a tcpSocket.",
    },
    closed: {
      title: "The {probe} probe speaks HTTP to port {port}, which hangs up",
      explanation: "The server closes the connection without an answer, as one does that expects another protocol: {effect}.",
    },
  },
  find(context) {
    const failure = probeFailure(context);
    if (!failure) return [];
    const direct = mainText(failure, "https-on-plain", "http-on-tls", "http-on-http2", "http-on-other", "grpc-on-other", "grpc-unimplemented", "tls-refused");
    if (direct)
      return [finding(context, failure, kinds[direct.class]!, direct.class === "tls-refused" ? "likely" : "certain", probeEvidence(context, failure, direct))];
    const rejected = mainText(failure, "status");
    const speaksHttp = failure.spec?.kind === "http" && !failure.asks.https;
    if (rejected?.named === "400" && speaksHttp) {
      const line = lineAboutTls(context);
      const tls = context.seen.logs.reading?.listens.find((l) => l.port === failure.asks.port && l.tls);
      if (!line && !tls && !usualTlsPorts.has(failure.asks.port ?? 0)) return [];
      const proof = line ?? tls?.line;
      return [
        finding(context, failure, "http-on-tls", proof ? "certain" : "likely", [
          ...probeEvidence(context, failure, rejected),
          ...(proof ? [logEvidence(context, proof)] : []),
        ]),
      ];
    }
    const silent = mainText(failure, "grpc-unreachable");
    const heard = silent && context.seen.logs.reading?.listens.find((l) => l.port === failure.asks.port);
    if (silent && heard && !/\bgrpc\b/i.test(heard.line.text))
      return [finding(context, failure, "grpc-on-other", "likely", [...probeEvidence(context, failure, silent), logEvidence(context, heard.line)])];
    const closed = mainText(failure, "closed");
    const tls = closed && context.seen.logs.reading?.listens.find((l) => l.port === failure.asks.port && l.tls);
    if (closed && speaksHttp && tls)
      return [finding(context, failure, "http-on-tls", "likely", [...probeEvidence(context, failure, closed), logEvidence(context, tls.line)])];
    const wellKnown = [5432, 3306, 6379, 27017, 9092, 5672, 11211, 2181].includes(failure.asks.port ?? 0);
    return closed && failure.spec?.kind === "http" && wellKnown ? [finding(context, failure, "closed", "likely", probeEvidence(context, failure, closed))] : [];
  },
};

function lineAboutTls(context: CauseContext): LogLine | null {
  const reading = context.seen.logs.reading;
  const lines = [...(reading?.tail ?? []), ...(reading?.requests.map((r) => r.line) ?? [])];
  return lines.find((line) => plainOnTls.test(line.text.slice(0, 2000))) ?? null;
}

function finding(context: CauseContext, failure: ProbeFailure, message: string, confidence: Finding["confidence"], evidence: Finding["evidence"]): Finding {
  return {
    message,
    args: { probe: failure.probe, port: failure.asks.port ?? "", effect: effectOf(context, failure) },
    confidence,
    subject: { probe: failure.probe, port: failure.asks.port, path: failure.asks.path },
    details: { protocol: message, kills: failure.kills },
    evidence,
    edits: edits(context, failure, message),
  };
}

function edits(context: CauseContext, failure: ProbeFailure, message: string): Edit[] {
  const port = failure.asks.port;
  if (message === "https-on-plain")
    return [
      editProbes(context.case, "Let the probe speak HTTP", (probe) =>
        probe.httpGet?.scheme === "HTTPS" && String(probe.httpGet.port) === String(failure.spec?.spec.httpGet?.port)
          ? [
              { op: "test", path: "/httpGet/scheme", value: "HTTPS" },
              { op: "replace", path: "/httpGet/scheme", value: "HTTP" },
            ]
          : [],
      ),
    ];
  if (message === "http-on-tls")
    return [
      editProbes(context.case, "Let the probe speak HTTPS", (probe) => {
        if (!probe.httpGet || probe.httpGet.scheme === "HTTPS" || String(probe.httpGet.port) !== String(failure.spec?.spec.httpGet?.port)) return [];
        return [
          { op: "test", path: "/httpGet/port", value: probe.httpGet.port },
          { op: "add", path: "/httpGet/scheme", value: "HTTPS" },
        ];
      }),
    ];
  return [{ kind: "manual", title: `Use a probe that speaks the protocol of port ${port ?? "the container"} (grpc, tcpSocket or a command)` }];
}
