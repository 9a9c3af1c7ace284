/** The one error class at the edge: what stops a source from giving any Snapshot at all. Everything less becomes `answers` or `unread`. */

/**
 * Why no Snapshot could be made. `exitCode` 2: the person asked for something that can not be. 3: could not see enough to say.
 * `{name}` in a text is filled from the error's arguments.
 */
export const sourceErrors = {
  "kubeconfig-missing": {
    exitCode: 3,
    text: "there is no kubeconfig: {path}",
    hint: "set KUBECONFIG or --kubeconfig, or paste kubectl output: kubectl get pods -A | unloop -",
  },
  "kubeconfig-invalid": { exitCode: 3, text: "the kubeconfig {path} can not be read: {reason}", hint: "kubectl config view shows what kubectl makes of it" },
  "context-unknown": { exitCode: 2, text: "the kubeconfig has no context {name}", hint: "kubectl config get-contexts lists them" },
  "credentials-failed": {
    exitCode: 3,
    text: "the credentials for {server} could not be obtained: {reason}",
    hint: "kubectl get pods with the same context shows the same error; log in again",
  },
  "cluster-unreachable": {
    exitCode: 3,
    text: "the cluster {server} can not be reached: {reason}",
    hint: "kubectl version with the same context shows whether kubectl can",
  },
  "cluster-certificate": {
    exitCode: 3,
    text: "the certificate of {server} is not trusted: {reason}",
    hint: "the kubeconfig's certificate-authority does not fit this server",
  },
  "cluster-timeout": { exitCode: 3, text: "the cluster {server} did not answer within {seconds} s", hint: "give it longer with --timeout" },
  "not-authenticated": {
    exitCode: 3,
    text: "the cluster {server} does not accept the credentials (401)",
    hint: "log in again: the token or certificate may have expired",
  },
  "nothing-allowed": {
    exitCode: 3,
    text: "these credentials may not read pods in {where}",
    hint: "name a namespace that you may read with -n, or ask for the rights of the view role there",
  },
  "not-kubernetes": {
    exitCode: 3,
    text: "{server} answers, but not as a Kubernetes API server: {reason}",
    hint: "is there a proxy or a login page in between?",
  },
  "target-not-found": { exitCode: 2, text: "there is no {target} in {where}", hint: "kubectl get pods lists what there is" },
  "namespace-not-found": { exitCode: 2, text: "there is no namespace {namespace}", hint: "kubectl get namespaces lists them" },
  "file-not-found": { exitCode: 2, text: "there is no file or folder {path}", hint: "give the path of a folder, a .tar.gz, a saved capture or a text file" },
  "file-unreadable": { exitCode: 3, text: "{path} can not be read: {reason}", hint: "check the permissions of the file" },
  "file-too-large": { exitCode: 3, text: "{path} holds more than {limit}", hint: "give only the part that concerns the failing pods" },
  "bundle-empty": {
    exitCode: 3,
    text: "{path} holds no dump of a cluster",
    hint: "make one with: kubectl cluster-info dump -A --output-directory=dump",
  },
  "bundle-unsupported": {
    exitCode: 3,
    text: "{path} is {what}, which is not read yet",
    hint: "make a dump with: kubectl cluster-info dump -A --output-directory=dump",
  },
  "archive-broken": { exitCode: 3, text: "the archive {path} is broken or cut: {reason}", hint: "fetch it again; the size or checksum will differ" },
  "archive-refused": {
    exitCode: 3,
    text: "the archive {path} is refused: {reason}",
    hint: "unpack it where that is safe and give the folder instead",
  },
  "capture-broken": { exitCode: 3, text: "the capture {path} is broken or cut: {reason}", hint: "make it again, or copy the file again" },
  "capture-newer": {
    exitCode: 3,
    text: "the capture {path} has version {version}; this unloop reads up to {known}",
    hint: "update unloop: npm install -g unloop",
  },
} as const satisfies Record<string, { exitCode: 2 | 3; text: string; hint: string }>;

export type SourceErrorCode = keyof typeof sourceErrors;

/** A source could give no Snapshot. `message` is one sentence for a person, `hint` what to do about it. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly code: SourceErrorCode;
  readonly hint: string;
  readonly exitCode: 2 | 3;

  /** `args` fill the `{name}` places of the table; they must not hold a secret. */
  constructor(code: SourceErrorCode, args: Record<string, string | number> = {}, cause?: unknown) {
    const entry = sourceErrors[code];
    super(
      entry.text.replace(/\{(\w{1,20})\}/g, (_, name: string) => String(args[name] ?? "?")),
      cause === undefined ? undefined : { cause },
    );
    this.code = code;
    this.hint = entry.hint;
    this.exitCode = entry.exitCode;
  }
}
