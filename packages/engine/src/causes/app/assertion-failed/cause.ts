/** app/assertion-failed: abort, assertion, SIGABRT. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/assertion-failed";

export const cause: Cause = {
  id,
  title: "An assertion failed, and the program aborted itself",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/segmentation-fault"],
  messages: {
    told: {
      title: "An assertion failed: {line}",
      explanation: "The program found itself in a state that must not be, and aborted (SIGABRT). The assertion that failed is shown.",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
