/** config/secret-not-found: a Secret that the pod needs does not exist. */
import type { Cause } from "../../../model/cause";
import { findMissing } from "../missing";

export const cause: Cause = {
  id: "config/secret-not-found",
  title: "A Secret that the pod needs does not exist",
  needs: ["status"],
  explains: ["app/exited-without-reason", "storage/mount-failed", "killed/unattributed"],
  messages: {
    renamed: {
      title: "Secret {name} does not exist",
      explanation:
        "{who} needs {key} for {asked}. There is a Secret {similar}{withKey}: it was probably renamed, or the reference is misspelt. The container is not started until it is found.",
    },
    missing: {
      title: "Secret {name} does not exist",
      explanation:
        "{who} needs {key} for {asked}, and namespace {namespace} has no Secret of that name. The container is not started until it is there; then it starts by itself.",
    },
  },
  find: (context) => findMissing(context, "Secret"),
};
