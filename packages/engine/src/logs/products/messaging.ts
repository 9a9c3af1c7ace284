/** NATS, Mosquitto, Pulsar: brokers with few words of their own. */
import type { Pattern } from "../patterns/pattern";

export const messaging: Pattern[] = [
  {
    id: "nats-config",
    cause: "config/setting-invalid",
    literals: ["nats-server: "],
    pattern: String.raw`^nats-server: (?:(?P<path>/[^:\s]+):(?P<line>\d+):\d+: )?(?P<reason>(?:Parse error|error parsing|unknown field|.*\bexpected\b|invalid|.*not a valid|jetstream)[^\n]*)`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "nats-server: Parse error on line 5: 'Unexpected EOF processing map.'",
    negative: "nats-server: v2.10",
  },
  {
    id: "mosquitto-config",
    cause: "config/setting-invalid",
    literals: ["unknown configuration variable", "invalid ", "error found at "],
    pattern: String.raw`Unknown configuration variable "(?P<env>[^"]+)"|^Invalid (?P<env2>\w+) value|[Ee]rror found at (?P<path>/\S+):(?P<line>\d+)`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: 'Error: Unknown configuration variable "allow_anonymus".',
    negative: "unknown configuration variable",
  },
  {
    id: "mosquitto-file",
    cause: "config/file-missing",
    literals: [
      "unable to open pwfile",
      "unable to open acl_file",
      "unable to open config file",
      "unable to load ca certificates",
      "unable to load server certificate",
    ],
    pattern: String.raw`Unable to open (?:pwfile|acl_file|psk_file|config file|include_dir) "?(?P<path>/[^"\n]+?)"?\.?$|Unable to load (?:CA certificates|server (?:certificate|key file))[^\n]*"(?P<path2>/[^"]+)"`,
    confidence: "likely",
    product: true,
    fatal: true,
    positive: 'Error: Unable to open pwfile "/mosquitto/secret/passwd".',
    negative: "unable to open config file",
  },
];
