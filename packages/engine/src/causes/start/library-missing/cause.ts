/** start/library-missing: a shared library, module, assembly or package that the program loads is not in the image. */
import type { Cause } from "../../../model/cause";
import { statusEvidence } from "../../evidence";
import { imageOf, lastRunEvidence, signalEvidence, signalsOf, whoOf } from "../../told";

const id = "start/library-missing";
/** glibc and musl loaders; also seen as termination message. */
const loader = /error while loading shared libraries: ([^\s:]{1,200}): cannot open shared object file|Error loading shared library ([^\s:]{1,200}):/;

export const cause: Cause = {
  id,
  title: "A library or module is not in the image",
  needs: [],
  explains: ["app/exited-without-reason", "app/uncaught-exception", "start/command-not-found", "config/file-missing"],
  messages: {
    missing: {
      title: "{name} is not in the image",
      explanation:
        "{who} ends at start because it loads {name} and image {image} does not have it. The image was built without it, or from another base than the program needs.",
    },
  },
  find(context) {
    const signal = signalsOf(context, id)[0];
    const ended = lastRunEvidence(context);
    if (signal) {
      const { library } = signal.details;
      const name = signal.subject.name ?? (typeof library === "string" ? library : null) ?? signal.subject.path ?? "a library";
      return [
        {
          message: "missing",
          args: { name, who: whoOf(context), image: imageOf(context) ?? "of the container" },
          confidence: signal.confidence,
          subject: { ...signal.subject, name, image: imageOf(context) },
          details: { ...signal.details, exitCode: context.seen.status.last?.exitCode ?? null },
          evidence: [...signalEvidence(context, signal), ...(ended ? [ended] : [])],
          edits: [{ kind: "manual", title: `Add ${name} to the image, and try it before it is pushed` }],
        },
      ];
    }
    const told = context.seen.status.last?.message ?? "";
    const found = loader.exec(told.slice(0, 4096));
    const name = found?.[1] ?? found?.[2];
    if (!name) return [];
    return [
      {
        message: "missing",
        args: { name, who: whoOf(context), image: imageOf(context) ?? "of the container" },
        confidence: "certain",
        subject: { name, image: imageOf(context) },
        details: { exitCode: context.seen.status.last?.exitCode ?? null },
        evidence: [statusEvidence(context, told, "lastState.terminated.message"), ...(ended ? [ended] : [])],
        edits: [{ kind: "manual", title: `Add ${name} to the image, and try it before it is pushed` }],
      },
    ];
  },
};
