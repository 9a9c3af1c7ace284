/** app/certificate-invalid: its own certificate or key is unreadable, expired or does not fit. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/certificate-invalid";

export const cause: Cause = {
  id,
  title: "Its own certificate or key is unusable",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: { title: "{path} is not a usable certificate or key", explanation: "The program can not use its own certificate or key {path}: {line}" },
    told: { title: "Its own certificate or key is unusable", explanation: "The program can not use its own certificate or key: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.path ? "path" : "told" }));
  },
};
