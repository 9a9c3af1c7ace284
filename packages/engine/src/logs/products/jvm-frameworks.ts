/** Quarkus, Micronaut, Spring Cloud and Kafka images: settings that they miss and say so in their own words. */
import type { Pattern } from "../patterns/pattern";

export const jvmFrameworks: Pattern[] = [
  {
    id: "quarkus-expression",
    cause: "config/setting-missing",
    literals: ["could not expand value"],
    pattern: String.raw`Could not expand value (?P<env>[\w.-]+) in property (?P<key>[\w."-]+)`,
    confidence: "certain",
    positive: "java.util.NoSuchElementException: SRCFG00011: Could not expand value DEPOT_HOST in property depot.url",
    negative: "could not expand value",
  },
  {
    id: "quarkus-ports-bound",
    cause: "app/port-in-use",
    literals: ["already bound: "],
    pattern: String.raw`Port\(s\) already bound: (?P<port>\d{1,5})`,
    confidence: "certain",
    positive: "Port(s) already bound: 8080: Address already in use",
    negative: "already bound: the book",
  },
  {
    id: "micronaut-property",
    cause: "config/setting-missing",
    mapping: "quarkus",
    literals: ["error resolving property value", "property placeholder ["],
    pattern: String.raw`Error resolving property value \[\$\{(?P<env>[\w.-]+)\}\]\. Property doesn't exist|Could not resolve placeholder \$\{(?P<env2>[\w.-]+)\}`,
    confidence: "certain",
    positive: "Message: Error resolving property value [${depot.key}]. Property doesn't exist",
    negative: "error resolving property value later",
  },
  {
    id: "spring-config-import",
    cause: "config/setting-missing",
    mapping: "spring",
    literals: ["property has been defined"],
    pattern: String.raw`No (?P<env>[a-z][\w-]*(?:\.[\w-]+)+) property has been defined`,
    confidence: "certain",
    positive: "No spring.config.import property has been defined",
    negative: "no property has been defined",
  },
  {
    // The image refuses KAFKA_PORT, which nobody sets by hand: it comes from a Service named `kafka`.
    id: "kafka-image-port-variable",
    cause: "config/service-link-collision",
    literals: ["port is deprecated. please use"],
    pattern: String.raw`port is deprecated\. Please use (?P<wanted>[A-Z]+)_ADVERTISED_LISTENERS instead`,
    confidence: "likely",
    product: true,
    fatal: true,
    subject: { env: "KAFKA_PORT" },
    positive: "port is deprecated. Please use KAFKA_ADVERTISED_LISTENERS instead.",
    negative: "the port is deprecated. Please use another",
  },
];
