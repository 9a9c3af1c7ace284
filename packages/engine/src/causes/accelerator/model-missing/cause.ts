/** accelerator/model-missing: model or tokenizer file, repository or revision not there, or not readable. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "accelerator/model-missing";

export const cause: Cause = {
  id,
  title: "The model is not there",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: { title: "Model {path} is not there", explanation: "The program can not load its model from {path}: {line}" },
    name: { title: "Model {name} is not there", explanation: "The program can not find model {name}: {line}" },
    told: { title: "The model is not there", explanation: "The program can not load its model: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.path ? "path" : signal.subject.name ? "name" : "told" }));
  },
};
