/** .NET: what the host, the runtime and the usual drivers print. */
import type { Pattern } from "./pattern";

export const dotnetPatterns: Pattern[] = [
  {
    id: "dotnet-host-null",
    cause: "config/setting-missing",
    literals: ["host can't be null", "host string is empty"],
    pattern: String.raw`ArgumentException: Host can't be null`,
    confidence: "certain",
    details: { reason: "the connection string names no host" },
    positive: "System.ArgumentException: Host can't be null",
    negative: "the host can't be null here",
  },
  {
    id: "dotnet-coreclr-read-only",
    cause: "app/read-only-filesystem",
    literals: ["failed to create coreclr"],
    pattern: String.raw`Failed to create CoreCLR, HRESULT: 0x8007001[CcEe]`,
    confidence: "likely",
    fatal: true,
    details: { setting: "DOTNET_EnableDiagnostics" },
    positive: "Failed to create CoreCLR, HRESULT: 0x8007001C",
    negative: "Failed to create CoreCLR, HRESULT: 0x80004005",
  },
  {
    // Only the headline: a line below names the framework.
    id: "dotnet-framework-headline",
    cause: "dependency/version-mismatch",
    literals: ["compatible framework version", "you must install or update .net"],
    pattern: String.raw`You must install or update \.NET|not possible to find any compatible framework version`,
    confidence: "certain",
    symptom: true,
    fatal: true,
    positive: "You must install or update .NET to run this application.",
    negative: "a compatible framework version",
  },
  {
    // Raised by the runtime's own file calls: the operating system's words, a colon between blanks, the path in quotes.
    id: "dotnet-io-path",
    cause: "app/file-permission-denied",
    literals: ["permission denied : '"],
    pattern: String.raw`Permission denied : '(?P<path>[^']+)'`,
    confidence: "certain",
    positive: "System.IO.IOException: Permission denied : '/app/keys'",
    negative: "permission denied : 'orders",
  },
  {
    id: "dotnet-pem",
    cause: "app/certificate-invalid",
    literals: ["do not contain a pem", "no pem-encoded"],
    pattern: String.raw`The (?:key|certificate) contents do not contain a PEM|[Nn]o PEM-encoded (?:key|data|certificate)`,
    confidence: "certain",
    positive: "The key contents do not contain a PEM, the content is malformed, or the key does not match the certificate.",
    negative: "parcels do not contain a pem",
  },
  {
    id: "pkcs12-password",
    cause: "app/certificate-invalid",
    literals: ["mac verify failure", "mac verify error", "pkcs12"],
    pattern: String.raw`(?i)PKCS12[^\n]*mac verify (?:failure|error)|mac verify (?:failure|error)`,
    confidence: "certain",
    details: { reason: "the password does not open the key store" },
    positive: "error:11800071:PKCS12 routines::mac verify failure",
    negative: "pkcs12 bundle read",
  },
];
