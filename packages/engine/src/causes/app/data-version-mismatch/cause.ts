/** app/data-version-mismatch: data directory written by another version. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/data-version-mismatch";

export const cause: Cause = {
  id,
  title: "Its data were written by another version",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: {
      title: "Its data belong to another version",
      explanation: "The data on the volume were written by another version than the one that starts now: {line}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
