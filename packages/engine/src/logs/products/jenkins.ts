/** Jenkins: plugins that do not fit, and configuration as code that it can not apply. */
import type { Pattern } from "../patterns/pattern";

export const jenkins: Pattern[] = [
  {
    id: "jenkins-plugin-version",
    cause: "dependency/version-mismatch",
    literals: ["update required: ", "or higher required", "to be updated to"],
    pattern: String.raw`Update required: (?P<library>[^()]{1,80}) \((?P<found>[\w.-]+)[^)]*\) to be updated to (?P<wanted>\S+) or higher|Jenkins \((?P<wanted2>[\w.]+)\) or higher required`,
    confidence: "certain",
    product: true,
    positive: "- Update required: Depot Step API (2.22) to be updated to 2.23 or higher",
    negative: "the update required: a signature",
  },
  {
    id: "jenkins-plugin-missing",
    cause: "start/library-missing",
    literals: ["plugin is missing: "],
    pattern: String.raw`Plugin is missing: (?P<library>[\w.-]+) \((?P<wanted>[\w.-]+)\)`,
    confidence: "certain",
    product: true,
    positive: "- Plugin is missing: depot-api (1.36)",
    negative: "plugin is missing: nothing",
  },
  {
    id: "jenkins-casc",
    cause: "config/setting-invalid",
    literals: [
      "implementation found for",
      "invalid configuration elements for type",
      "no configurator for",
      "configuratorexception",
      "unknownattributesexception",
    ],
    pattern: String.raw`No (?P<kind>\S+) implementation found for (?P<value>[\w.-]+)|Invalid configuration elements for type: [^\n]*?: (?P<key>[\w.-]+)|No configurator for (?:the following )?(?:root elements? |class )?(?P<key2>[\w.-]+)|casc\.ConfiguratorException`,
    confidence: "likely",
    product: true,
    positive: "java.lang.IllegalArgumentException: No hudson.slaves.Cloud implementation found for depot",
    negative: "no configurator for",
  },
];
