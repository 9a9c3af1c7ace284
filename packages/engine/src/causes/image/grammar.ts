/**
 * What registries and runtimes print when an image can not be pulled, as an ordered list: the first that fits is the class. The order matters,
 * since a wrong platform ends in "not found" and a proxy's certificate stands behind "failed to fetch anonymous token".
 * Sources: kubelet 1.20-1.36 pkg/kubelet/images, containerd 1.6-2.4 core/remotes/docker, CRI-O 1.24-1.36 with containers/image, dockershim;
 * texts of the registries as seen in public issues.
 */
export interface PullPattern {
  name: PullClass;
  cause: string;
  pattern: RegExp;
  samples: string[];
}
export type PullClass =
  | "reference"
  | "signature"
  | "never"
  | "node-throttle"
  | "platform"
  | "http-registry"
  | "certificate"
  | "disk"
  | "rate"
  | "name"
  | "network"
  | "server-error"
  | "no-credentials"
  | "token-expired"
  | "rejected"
  | "forbidden"
  | "ambiguous"
  | "no-repository"
  | "no-tag"
  | "not-found"
  | "stalled";

export const pullGrammar: readonly PullPattern[] = [
  {
    name: "reference",
    cause: "image/reference-invalid",
    pattern:
      /Failed to apply default image tag|couldn't parse image (?:reference|name)|invalid reference format|repository name must be lowercase|invalid image name/i,
    samples: [
      'Failed to apply default image tag "shop/API:1": couldn\'t parse image reference "shop/API:1": invalid reference format: repository name must be lowercase',
      'Failed to apply default image tag "${IMAGE}": couldn\'t parse image name "${IMAGE}": invalid reference format',
    ],
  },
  {
    name: "signature",
    cause: "image/signature-rejected",
    pattern:
      /signature validation failed|SignatureValidationFailed|Source image rejected|A signature was required|no signature(?:s)? (?:exist|found)|cosign|does not match any (?:trusted|public) key/i,
    samples: [
      "SignatureValidationFailed: image pull failed for registry.example/a:1 because the signature validation failed: Source image rejected: A signature was required, but no signature exists",
    ],
  },
  {
    name: "never",
    cause: "image/pull-policy-never",
    pattern: /is not present with pull policy of Never/,
    samples: ['Container image "shop/api:dev" is not present with pull policy of Never'],
  },
  { name: "node-throttle", cause: "image/rate-limited", pattern: /pull QPS exceeded/, samples: ["pull QPS exceeded"] },
  {
    name: "platform",
    cause: "image/platform-mismatch",
    pattern:
      /no match for platform|no image found in (?:manifest list|image index) for architecture|no matching manifest for|does not match the specified platform|image operating system "[^"]{1,30}" cannot be used on this platform/i,
    samples: [
      'failed to pull and unpack image "docker.io/acme/op:2": no match for platform in manifest: not found',
      'choosing an image from manifest list docker://acme/op:2: no image found in manifest list for architecture "arm64", variant "v8", OS "linux"',
      "no matching manifest for linux/arm64/v8 in the manifest list entries",
    ],
  },
  {
    name: "http-registry",
    cause: "image/registry-certificate",
    pattern: /server gave HTTP response to HTTPS client/,
    samples: ['failed to do request: Head "https://10.0.0.5:5000/v2/a/manifests/1": http: server gave HTTP response to HTTPS client'],
  },
  {
    name: "certificate",
    cause: "image/registry-certificate",
    pattern: /x509:|\btls: (?!.*handshake timeout)|certificate (?:signed by|has expired|is valid for|is not trusted)|SSL certificate|remote error: tls/i,
    samples: [
      'failed to do request: Head "https://selfsigned.example/v2/a/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'failed to fetch anonymous token: Get "https://auth.example/token": x509: certificate has expired or is not yet valid: current time is after 2024-01-01',
    ],
  },
  {
    name: "disk",
    cause: "node/disk-pressure",
    pattern: /no space left on device|failed to prepare extraction snapshot/i,
    samples: ["failed to extract layer sha256:ab: write /var/lib/containerd/io.containerd.snapshotter: no space left on device"],
  },
  {
    name: "rate",
    cause: "image/rate-limited",
    pattern: /toomanyrequests|: 429\b|429 Too Many|ThrottlingException|ThrottleException|too many requests|pull rate limit|rate exceeded/i,
    samples: [
      "failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:1: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.",
      "unexpected status from HEAD request to https://registry-1.docker.io/v2/library/nginx/manifests/1: 429 Too Many Requests\ntoomanyrequests: You have reached your unauthenticated pull rate limit.",
    ],
  },
  {
    name: "name",
    cause: "image/registry-unreachable",
    pattern:
      /lookup [^\s:]{1,253}(?: on [^\s]{1,60})?: (?:no such host|server misbehaving|Temporary failure|i\/o timeout|.{0,60}?i\/o timeout)|no such host|server misbehaving/i,
    samples: ['failed to do request: Head "https://registri.example/v2/a/manifests/1": dial tcp: lookup registri.example on 10.0.0.2:53: no such host'],
  },
  {
    name: "network",
    cause: "image/registry-unreachable",
    pattern:
      /i\/o timeout|connection refused|no route to host|network is unreachable|TLS handshake timeout|connection reset|unexpected EOF|: EOF\b|context deadline exceeded|Client\.Timeout|request canceled while waiting|registry is unavailable|RegistryUnavailable|proxyconnect/i,
    samples: [
      'failed to do request: Head "https://refuse.example/v2/a/manifests/1": dial tcp 10.9.8.7:443: connect: connection refused',
      'Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    ],
  },
  {
    name: "server-error",
    cause: "image/registry-unreachable",
    pattern:
      /(?:unexpected status|status code|HTTP status|response status)[^\n]{0,400}?: 5\d\d\b|\b50[0234] (?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)/i,
    samples: ["unexpected status from HEAD request to https://broken.example/v2/a/manifests/1: 503 Service Unavailable"],
  },
  {
    name: "stalled",
    cause: "image/registry-unreachable",
    pattern:
      /context canceled|code = Canceled|operation was canceled|content digest sha256:\w{1,64}: not found|failed to get reader from content store|content size of zero|unexpected media type|failed size validation|commit failed/i,
    samples: [
      "failed to pull and unpack image: failed to copy: context canceled",
      "failed to extract layer sha256:1: failed to get reader from content store: content digest sha256:1: not found",
    ],
  },
  {
    name: "token-expired",
    cause: "image/unauthorized",
    pattern: /authorization token has expired|token (?:is )?expired|expired token|ExpiredToken/i,
    samples: ["denied: Your authorization token has expired. Reauthenticate and try again."],
  },
  {
    name: "no-credentials",
    cause: "image/unauthorized",
    pattern: /no basic auth credentials|failed to fetch anonymous token|no auth credentials/i,
    samples: [
      'failed to resolve reference "1.dkr.ecr.eu-west-1.amazonaws.com/a:1": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fapi%3Apull: 401 Unauthorized",
    ],
  },
  {
    name: "rejected",
    cause: "image/unauthorized",
    pattern:
      /failed to fetch oauth token|unable to retrieve auth token|invalid username\/password|incorrect username or password|: 401\b|401 Unauthorized|(?<!is )Not Authorized(?! to perform)|authentication required|unauthorized: (?!access to the requested)|bad username or password|HTTP Basic: Access denied/i,
    samples: [
      "failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.docker.io/token: 401 Unauthorized",
      'failed to resolve reference "private.example/team/api:1": unexpected status from HEAD request to https://private.example/v2/team/api/manifests/1: 401 Unauthorized',
      "Error response from daemon: unauthorized: authentication required",
    ],
  },
  {
    name: "forbidden",
    cause: "image/unauthorized",
    pattern:
      /403 Forbidden|: 403\b|denied: (?!requested access)|permission_denied|not authorized to perform|is not allowed access|access forbidden|Permission "artifactregistry/i,
    samples: [
      "unexpected status from HEAD request to https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/a/manifests/1: 403 Forbidden",
      "denied: User: arn:aws:sts::1:assumed-role/node/i-1 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:1:repository/a",
    ],
  },
  {
    name: "ambiguous",
    cause: "image/not-found",
    pattern:
      /insufficient_scope|pull access denied|requested access to the resource is denied|access to the requested resource is not authorized|repository does not exist or may require/i,
    samples: [
      "reading manifest v9 in quay.io/a/b: unauthorized: access to the requested resource is not authorized",
      "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
      "Error response from daemon: pull access denied for acme/api, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ],
  },
  {
    name: "no-repository",
    cause: "image/not-found",
    pattern: /name unknown|NAME_UNKNOWN|repository with name|repository name not known|repository .{1,255} not found/i,
    samples: ["name unknown: The repository with name 'a' does not exist in the registry with id '1'"],
  },
  {
    name: "no-tag",
    cause: "image/not-found",
    pattern: /manifest unknown|MANIFEST_UNKNOWN|manifest for .{1,255} not found|tag .{1,128} not found|Requested image not found/i,
    samples: ["reading manifest nope in docker.io/library/nginx: manifest unknown"],
  },
  {
    name: "not-found",
    cause: "image/not-found",
    pattern: /not found\s*$|code = NotFound|: 404\b|404 Not Found|no such image/i,
    samples: [
      'rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/a:9": failed to resolve reference "registry.example/a:9": registry.example/a:9: not found',
    ],
  },
];

/** The class of a text; null where it is of no known form. */
export function readPullText(text: string): PullPattern | null {
  return pullGrammar.find((entry) => entry.pattern.test(text)) ?? null;
}
