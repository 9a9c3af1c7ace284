/** config/argument-invalid: the program rejects its command line. */
import type { Cause } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "config/argument-invalid";

export const cause: Cause = {
  id,
  title: "The program rejects its command line",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    named: { title: "The program knows no argument {argument}", explanation: "The program rejects its command line: {line}" },
    told: { title: "The program rejects its command line", explanation: "The program rejects its command line: {line}" },
  },
  find(context) {
    const container = context.case.pods[0]?.spec;
    const words = [...(container?.command ?? []), ...(container?.args ?? [])];
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const argument = String(signal.details.argument ?? signal.subject.name ?? "");
        const own = argument
          ? words.find((w) => w === argument || w.startsWith(`${argument}=`) || w.replace(/^-+/, "").split("=")[0] === argument.replace(/^-+/, ""))
          : undefined;
        return tell(context, signal, {
          message: argument ? "named" : "told",
          args: { argument },
          details: { argument: argument || null },
          evidence: own ? [specEvidence(context, own, `spec.containers[${container!.name}].${container!.args?.includes(own) ? "args" : "command"}`)] : [],
        });
      });
  },
};
