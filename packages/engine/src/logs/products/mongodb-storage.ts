/** MongoDB: a data directory that it may not write. */
import type { Pattern } from "../patterns/pattern";

export const mongodbStorage: Pattern[] = [
  {
    id: "mongodb-directory-denied",
    cause: "app/file-permission-denied",
    literals: ["lock file on a read-only directory", "create/open the lock file", "unable to determine status of lock file"],
    pattern: String.raw`(?:Attempted to create a lock file on a read-only directory|Unable to (?:create/open the|determine status of) lock file)(?: in the data directory)?:? (?P<path>/[^\s"',]+)`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "IllegalOperation: Attempted to create a lock file on a read-only directory: /data/db",
    negative: "a lock file on a read-only directory",
  },
  {
    id: "mongodb-socket-file",
    cause: "app/file-permission-denied",
    literals: ["failed to unlink socket file"],
    pattern: String.raw`Failed to unlink socket file[^\n]*?(?P<path>/\S+?\.sock)?\b`,
    confidence: "likely",
    product: true,
    positive: "Failed to unlink socket file /tmp/mongodb-27017.sock Operation not permitted",
    negative: "failed to unlink socket files",
  },
];
