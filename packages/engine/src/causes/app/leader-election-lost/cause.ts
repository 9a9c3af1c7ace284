/** app/leader-election-lost: it gave up leadership and exits by design. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/leader-election-lost";

export const cause: Cause = {
  id,
  title: "It lost its leadership and ended by design",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: {
      title: "It lost leadership and ended",
      explanation:
        "Only one replica may lead. This one could not renew its lease in time and ended, as it is built to; the next one takes over. Once is nothing; again and again means a slow or unreachable API server, or a starved CPU.",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
