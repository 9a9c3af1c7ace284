/** app/script-error: an entrypoint script is wrong (syntax, CRLF, unbound variable). */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/script-error";

export const cause: Cause = {
  id,
  title: "An entry script is wrong",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: { title: "Script {path} is wrong", explanation: "The shell stops in {path}: {line}" },
    told: { title: "The entry script is wrong", explanation: "The shell that starts the program stops: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.path ? "path" : "told" }));
  },
};
