/** MongoDB drivers of .NET and the JVM: one long sentence that holds the server and, at its end, why it was not reached. */
import type { Pattern } from "../patterns/pattern";

const server = String.raw`(?:EndPoint: "Unspecified/|servers=\[\{address=)(?P<address>[\w.-]+:\d{1,5})`;
const wording = "Client view of cluster state is ";

function driver(id: string, cause: string, words: string, sample: string): Pattern {
  return {
    id: `mongodb-driver-${id}`,
    cause,
    literals: [wording.toLowerCase()],
    pattern: `${server}.*?(?:${words})`,
    confidence: "certain",
    product: true,
    details: { protocol: "mongodb" },
    positive: `Timed out. ${wording}{type=UNKNOWN, servers=[{address=depot-mongo:27017, type=UNKNOWN, state=CONNECTING, exception={${sample}}}]`,
    negative: `${wording}{type=STANDALONE, servers=[]}`,
  };
}
export const mongodbDrivers: Pattern[] = [
  driver("unresolved", "dependency/name-not-resolved", String.raw`UnknownHostException|Name or service not known|Name does not resolve|Temporary failure in name resolution`, "caused by {java.net.UnknownHostException: depot-mongo}"), // prettier-ignore
  driver("refused", "dependency/refused", "Connection refused", "caused by {java.net.ConnectException: Connection refused}"),
  driver("credentials", "dependency/credentials-rejected", "Authentication failed|Exception authenticating", "MongoSecurityException: Exception authenticating MongoCredential"), // prettier-ignore
  driver("tls", "dependency/tls-rejected", "PKIX path|RemoteCertificate|remote certificate", "javax.net.ssl.SSLHandshakeException: PKIX path building failed"),
];
