/** app/segmentation-fault: 139, or SIGSEGV, SIGBUS, SIGILL in native code. */
import type { Cause } from "../../../model/cause";
import { statusEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const native = new Map([
  [132, "SIGILL"],
  [135, "SIGBUS"],
  [136, "SIGFPE"],
  [139, "SIGSEGV"],
]);

const id = "app/segmentation-fault";

export const cause: Cause = {
  id,
  title: "The program crashed in native code",
  needs: [],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: {
      title: "The program crashed in native code ({signal})",
      explanation: "The kernel ended the process by {signal}: native code touched memory it must not, or the processor lacks an instruction that it uses.",
    },
  },
  find(context) {
    const { last } = context.seen.status;
    const signal = last?.exitCode === null || last?.exitCode === undefined ? undefined : native.get(last.exitCode);
    const told = signalsOf(context, id)[0];
    if (told) return [tell(context, told, { args: { signal: signal ?? "SIGSEGV" } })];
    const others = (context.seen.logs.reading?.signals ?? []).length > 0;
    if (!last || !signal || last.synthetic) return [];
    return [
      {
        message: "told",
        args: { signal },
        confidence: others ? "possible" : "likely",
        subject: {},
        details: { exitCode: last.exitCode, signal },
        evidence: [statusEvidence(context, `exit code ${last.exitCode} (${signal})`, "lastState.terminated.exitCode")],
      },
    ];
  },
};
