/** The metadata service of the machine, which SDKs ask for region and credentials where no setting gives them. */
import type { Pattern } from "./pattern";

export const cloudMetadata: Pattern[] = [
  {
    id: "cloud-region-missing",
    cause: "config/setting-missing",
    literals: [
      "missingregion",
      "could not find region",
      "you must specify a region",
      "missing region in config",
      "an aws region is required",
      "unable to load region",
    ],
    pattern: String.raw`(?i)MissingRegion\b|could not find region configuration|you must specify a region|missing region in config|an AWS region is required|unable to load region from any of the providers`,
    confidence: "certain",
    subject: { env: "AWS_REGION" },
    positive: "MissingRegion: could not find region configuration",
    negative: "missingregions",
  },
  {
    id: "metadata-service-unreachable",
    cause: "dependency/timeout",
    literals: ["169.254.169.254", "ec2metadata", "ec2 imds", "ec2imds"],
    pattern: String.raw`(?i)(?:error fetching|failed|unable|cannot|could not|timed? ?out|error)[^\n]*?http://(?P<host>169\.254\.169\.254)|http://(?P<host2>169\.254\.169\.254)[^\n]*?(?:timed? ?out|deadline exceeded|refused|unreachable|no route)|EC2MetadataRequestError|operation error ec2imds`,
    confidence: "likely",
    details: { reason: "the metadata service of the machine does not answer the pod" },
    positive: "Failed to get AWS Region: Error fetching http://169.254.169.254/latest/dynamic/instance-identity/document",
    negative: "asking 169.254.169.254 for the region",
  },
];
