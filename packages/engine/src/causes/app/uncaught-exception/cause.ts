/** app/uncaught-exception: an exception, panic or traceback with nothing outside to blame. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/uncaught-exception";

export const cause: Cause = {
  id,
  title: "The program ended by an exception nobody caught",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy"],
  messages: {
    framed: {
      title: "{exception} in {frame}",
      explanation: "The program ended by an exception that nothing caught, and nothing outside of it is to blame: {line}",
    },
    typed: {
      title: "Uncaught {exception}",
      explanation: "The program ended by an exception that nothing caught, and nothing outside of it is to blame: {line}",
    },
    told: {
      title: "The program ended by an uncaught exception",
      explanation: "The log ends with an exception that nothing caught, and nothing outside of the program is to blame: {line}",
    },
  },
  find(context) {
    const signals = context.seen.logs.reading?.signals ?? [];
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) =>
        tell(context, signal, {
          message: signal.details.frame && signal.details.exception ? "framed" : signal.details.exception ? "typed" : "told",
          // An exception about an answer of somebody else has something outside to blame.
          confidence: signals.some((s) => s.cause.startsWith("dependency/") && s.subject.host) ? "possible" : signal.confidence,
        }),
      );
  },
};
