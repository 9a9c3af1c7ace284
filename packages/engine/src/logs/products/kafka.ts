/** Kafka: "Fatal error during broker startup" is the shell, the exception under it the cause; ids live in meta.properties. */
import type { Pattern } from "../patterns/pattern";

export const kafka: Pattern[] = [
  {
    id: "kafka-cluster-id",
    cause: "app/data-version-mismatch",
    literals: ["inconsistentclusteridexception", "meta.properties", "inconsistent_cluster_id", "inconsistentbrokeridexception"],
    pattern: String.raw`InconsistentClusterIdException|INCONSISTENT_CLUSTER_ID|The Cluster ID (?P<found>\S+) doesn't match stored clusterId|InconsistentBrokerIdException|[Cc]onfigured (?:broker|node)\.id [^\n]{0,60}doesn't match|Stored node id (?P<found2>\d+) doesn't match previous node id|(?:Inconsistent|[Ii]nvalid|[Mm]ismatched?) (?:cluster|node|directory)[ .]?(?:IDs?|ids?)[^\n]{0,80}meta\.properties`,
    confidence: "certain",
    product: true,
    fatal: true,
    details: { reason: "the volume belongs to another cluster or broker" },
    positive: "kafka.common.InconsistentClusterIdException: The Cluster ID a1 doesn't match stored clusterId Some(b2) in meta.properties.",
    negative: "wrote meta.properties",
  },
  {
    id: "kafka-not-formatted",
    cause: "config/setting-missing",
    literals: ["no readable meta.properties", "no `meta.properties` found", "has not been formatted", "meta.properties"],
    pattern:
      String.raw`No readable meta\.properties files found|No ` +
      "`meta.properties`" +
      String.raw` found in (?P<path>\S+?)(?: \(|$|\s)|(?:log|storage|metadata) director(?:y|ies)[^\n]{0,80}(?:not|un)[ -]?(?:been )?formatted`,
    confidence: "likely",
    product: true,
    symptom: true,
    details: { reason: "the storage was not formatted (kafka-storage format)" },
    positive: "java.lang.RuntimeException: No readable meta.properties files found.",
    negative: "read meta.properties",
  },
  {
    id: "kafka-config",
    cause: "config/setting-invalid",
    literals: ["configexception"],
    pattern: String.raw`ConfigException: Invalid value [^\n]{0,120} for configuration (?P<env>[\w.]+)(?:: (?P<reason>[^\n]{1,160}))?`,
    confidence: "certain",
    product: true,
    positive: "org.apache.kafka.common.config.ConfigException: Invalid value abc for configuration num.io.threads: Not a number of type INT",
    negative: "configexception counted",
  },
  {
    id: "kafka-config-requirement",
    cause: "config/setting-invalid",
    literals: ["requirement failed:", "configexception"],
    pattern: String.raw`(?:IllegalArgumentException: requirement failed: |ConfigException: )(?P<reason>[^\n]*\b(?P<env>(?:advertised\.listeners|listeners|inter\.broker\.listener\.name|process\.roles|controller\.quorum\.\w+|controller\.listener\.names|node\.id|broker\.id|log\.dirs?|listener\.security\.protocol\.map|zookeeper\.connect))\b[^\n]*)`,
    confidence: "certain",
    product: true,
    positive:
      "java.lang.IllegalArgumentException: requirement failed: advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.",
    negative: "requirement failed: other",
  },
  {
    id: "kafka-log-dirs-failed",
    cause: "app/disk-full",
    literals: ["shutdown broker because all log dirs"],
    pattern: String.raw`Shutdown broker because all log dirs in (?P<path>\S+) have failed`,
    confidence: "possible",
    product: true,
    symptom: true,
    positive: "ERROR Shutdown broker because all log dirs in /var/lib/kafka/data have failed (kafka.log.LogManager)",
    negative: "shutdown broker because all log dirs",
  },
];
