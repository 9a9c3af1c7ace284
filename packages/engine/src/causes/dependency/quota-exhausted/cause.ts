/** dependency/quota-exhausted: licence, plan, rate or connection limit of the other side. */
import type { Cause } from "../../../model/cause";
import { signalsOf } from "../../told";
import { tellOfOtherSide } from "../partner";

const id = "dependency/quota-exhausted";

export const cause: Cause = {
  id,
  title: "A limit of the other side is reached",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    host: { title: "{host} refuses: a limit is reached", explanation: "{host} answers that a limit is reached (connections, rate, plan or licence): {line}" },
    told: {
      title: "A limit of the other side is reached",
      explanation: "The other side answers that a limit is reached (connections, rate, plan or licence): {line}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tellOfOtherSide(context, signal, signal.subject.host ? "host" : "told"));
  },
};
