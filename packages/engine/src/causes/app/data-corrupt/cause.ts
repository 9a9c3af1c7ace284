/** app/data-corrupt: its data can not be read. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/data-corrupt";

export const cause: Cause = {
  id,
  title: "Its data can not be read",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: { title: "{path} is corrupt", explanation: "The program can not read its own data in {path}: {line}" },
    told: { title: "Its data are corrupt", explanation: "The program can not read its own data: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.path ? "path" : "told" }));
  },
};
