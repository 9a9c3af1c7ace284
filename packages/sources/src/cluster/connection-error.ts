/** Says in words why a connection failed. */
import { SourceError } from "../error";

const reasons: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name could not be looked up",
  EHOSTUNREACH: "no route to host",
  ENETUNREACH: "no route to its network",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  EPROTO: "it does not speak TLS on this port",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS on this port",
};
const certificates: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "it is signed by an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "it is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT: "it is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "it is signed by an unknown authority",
  CERT_SIGNATURE_FAILURE: "it is signed by an unknown authority",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "it is for another name",
  HOSTNAME_MISMATCH: "it is for another name",
};

/** The code of an error or of the first of its causes that has one. */
export function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause ?? (at as AggregateError).errors?.[0], depth++) {
    const code = (at as NodeJS.ErrnoException).code;
    if (typeof code === "string") return code;
  }
  return "";
}

/** True where a connection was there and ended, as it does now and then when a load balancer drops one backend. */
export function isCut(error: unknown): boolean {
  return ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(codeOf(error));
}
/** In words, for the end of a sentence. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (/proxy/i.test(String((error as Error)?.message))) return "the proxy refuses to lead there";
  return reasons[code] ?? (code || "the connection failed");
}
/** A failed connection as the error that ends the run. */
export function connectionError(error: unknown, server: string, timeoutMs: number): SourceError {
  const code = codeOf(error);
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT" || (error instanceof Error && error.name === "TimeoutError"))
    return new SourceError("cluster-timeout", { server, seconds: Math.round(timeoutMs / 100) / 10 }, error);
  const certificate = certificates[code];
  if (certificate) return new SourceError("cluster-certificate", { server, reason: certificate }, error);
  if (/^ERR_SSL_(?:TLSV1|SSLV3)\w*ALERT/.test(code))
    return new SourceError("credentials-failed", { server, reason: "it does not accept the client certificate" }, error);
  if (/^ERR_OSSL|^ERR_CRYPTO|^ERR_TLS/.test(code))
    return new SourceError("credentials-failed", { server, reason: "the certificate or key in the kubeconfig can not be read" }, error);
  return new SourceError("cluster-unreachable", { server, reason: reasonOf(error) }, error);
}
