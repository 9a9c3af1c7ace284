/** A file whose path is empty: the setting that should name it is missing. */
import type { Pattern } from "./pattern";

export const emptyPaths: Pattern[] = [
  {
    id: "open-empty-path",
    cause: "config/setting-missing",
    literals: ["open : no such file", "directory: ''", 'directory: ""', "open ''", "stat : no such file", "directory, open ''"],
    pattern: String.raw`\b(?:open|stat|lstat|mkdir) : no such file or directory|No such file or directory: (?:''|"")|ENOENT: no such file or directory, \w+ ''`,
    confidence: "likely",
    details: { reason: "the path of the file is empty" },
    positive: "error loading TLS cert: open : no such file or directory",
    negative: "open /etc/a: no such file or directory, then open : no such file",
  },
  {
    id: "relative-path-denied",
    cause: "app/file-permission-denied",
    literals: [": permission denied"],
    pattern: String.raw`\b(?:mkdir|open|unlinkat|rename|chmod|chown|lstat|stat) (?P<path>[A-Za-z_][\w.-]*(?:/[\w.-]+)*): permission denied`,
    confidence: "certain",
    positive: "mkdir wal: permission denied",
    negative: "listen tcp :80: bind: permission denied",
  },
  {
    id: "options-missing-field",
    cause: "config/setting-missing",
    literals: ["missing field, "],
    pattern: String.raw`\bmissing field, (?P<key>[A-Za-z][\w.-]*)`,
    confidence: "likely",
    positive: "panic: validating options, missing field, depot-name",
    negative: "a missing field, 3 of them",
  },
  {
    id: "bolt-file-timeout",
    cause: "app/data-locked",
    literals: ["bolt", "boltdb", ".db: timeout"],
    pattern: String.raw`(?i)open(?:ing)? (?:bolt(?:db)?|raft|database)?[^\n]{0,60}(?:bolt(?:db)?(?: file| database| store)?|(?P<path>/\S+\.db)): timeout`,
    confidence: "likely",
    positive: "failed to create fsm: failed to open bolt file: timeout",
    negative: "boltdb opened",
  },
];
