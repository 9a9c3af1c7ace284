/** app/api-kind-missing: CRD or API version not installed. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/api-kind-missing";

export const cause: Cause = {
  id,
  title: "A kind that it needs is not installed",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    kind: {
      title: "Kind {kind} is not installed in the cluster",
      explanation:
        "The program asks the API server for {kind}{version}, and the API server does not know it: the CustomResourceDefinition is missing, or this Kubernetes version no longer has that API version.",
    },
    told: {
      title: "An API that it needs is not in the cluster",
      explanation: "The API server does not know a kind or version that the program asks for: {line}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.kind ? "kind" : "told" }));
  },
};
