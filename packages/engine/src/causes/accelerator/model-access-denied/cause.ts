/** accelerator/model-access-denied: gated or private model, 401/403 from the hub. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "accelerator/model-access-denied";

export const cause: Cause = {
  id,
  title: "It may not download the model",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    name: {
      title: "No access to model {name}",
      explanation: "The hub refuses to give out model {name}: the token is missing, wrong, or its owner has not accepted the terms.",
    },
    told: {
      title: "It may not download the model",
      explanation: "The hub refuses to give out the model: the token is missing, wrong, or its owner has not accepted the terms.",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.name ? "name" : "told" }));
  },
};
