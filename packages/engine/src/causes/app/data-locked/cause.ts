/** app/data-locked: another process or an unclean stop holds the lock. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/data-locked";

export const cause: Cause = {
  id,
  title: "Another process, or an unclean stop, holds the lock on its data",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: {
      title: "{path} is locked",
      explanation:
        "The program does not start because {path} says that another process uses the data. Either a second replica shares the volume, or the last one ended without removing its lock.",
    },
    told: { title: "Its data are locked", explanation: "The program does not start because its data are in use or locked: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.path ? "path" : "told" }));
  },
};
