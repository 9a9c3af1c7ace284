/** config/configmap-not-found: a ConfigMap that the pod needs does not exist. */
import type { Cause } from "../../../model/cause";
import { findMissing } from "../missing";

export const cause: Cause = {
  id: "config/configmap-not-found",
  title: "A ConfigMap that the pod needs does not exist",
  needs: ["status"],
  explains: ["app/exited-without-reason", "storage/mount-failed", "killed/unattributed"],
  messages: {
    renamed: {
      title: "ConfigMap {name} does not exist",
      explanation:
        "{who} needs {key} for {asked}. There is a ConfigMap {similar}{withKey}: it was probably renamed, or the reference is misspelt. The container is not started until it is found.",
    },
    missing: {
      title: "ConfigMap {name} does not exist",
      explanation:
        "{who} needs {key} for {asked}, and namespace {namespace} has no ConfigMap of that name. The container is not started until it is there; then it starts by itself.",
    },
  },
  find: (context) => findMissing(context, "ConfigMap"),
};
