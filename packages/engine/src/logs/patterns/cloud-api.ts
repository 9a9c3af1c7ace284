/** Error codes of cloud interfaces and of aggregated interfaces of the cluster. */
import type { Pattern } from "./pattern";

export const cloudApi: Pattern[] = [
  {
    id: "cloud-throttled",
    cause: "dependency/quota-exhausted",
    literals: ["throttling: rate exceeded", "rate exceeded", "requestlimitexceeded", "slowdown", "provisionedthroughputexceeded", "requests has been exceeded"],
    pattern: String.raw`Throttling(?:Exception)?: Rate exceeded|\bRate exceeded\b|RequestLimitExceeded|SlowDown: |ProvisionedThroughputExceeded`,
    confidence: "certain",
    positive: "failed to list zones: Throttling: Rate exceeded status code: 400",
    negative: "the slowdown of orders",
  },
  {
    id: "cloud-action-denied",
    cause: "dependency/credentials-rejected",
    literals: ["is not authorized to perform", "not authorized to perform sts:"],
    pattern: String.raw`(?:User: (?P<user>arn:\S+) is )?[Nn]ot authorized to perform:? (?P<action>[a-z0-9-]+:\w+)`,
    confidence: "certain",
    positive: "AccessDenied: User: arn:aws:sts::000000000000:assumed-role/depot/i-0 is not authorized to perform: route53:ListHostedZones",
    negative: "who is not authorized to perform in the theatre",
  },
  {
    id: "aggregated-api-unavailable",
    cause: "app/api-kind-missing",
    literals: ["unable to retrieve the complete list of server apis", "the server is currently unable to handle the request"],
    pattern: String.raw`unable to retrieve the complete list of server APIs: (?P<kind>[\w.-]+/v\w+)`,
    confidence: "likely",
    details: { reason: "the API is registered, its server does not answer" },
    positive: "unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: the server is currently unable to handle the request",
    negative: "the server is currently unable to handle the request (get pods.metrics.k8s.io)",
  },
];
