/** start/working-directory-missing: the container's working directory is not there or may not be entered. */
import type { Cause } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { imageOf, whoOf } from "../../told";
import { startFailureOf } from "../start-failure";

const id = "start/working-directory-missing";

export const cause: Cause = {
  id,
  title: "The working directory is not there",
  needs: ["status"],
  explains: ["app/exited-without-reason", "config/file-missing", "killed/unattributed"],
  messages: {
    missing: {
      title: "Working directory {path} is not there",
      explanation: "{who} never started: {path} is not in image {image}, nor mounted. Correct workingDir, or make the directory.",
    },
    denied: {
      title: "Working directory {path} may not be entered",
      explanation: "{who} never started: the user that it runs as may not enter {path}. Check runAsUser and who owns the directory in image {image}.",
    },
    file: {
      title: "Working directory {path} is a file",
      explanation: "{who} never started: {path} (or what it lies in) is a file in image {image}, so it can be no directory. Correct workingDir.",
    },
    relative: { title: "Working directory {path} must begin with /", explanation: "{who} can not be created: a working directory is an absolute path." },
  },
  find(context) {
    const failure = startFailureOf(context, id);
    if (!failure) return [];
    const container = context.case.pods[0]?.spec;
    const path = failure.named ?? container?.workingDir ?? null;
    const denied = /permission denied/i.test(failure.text);
    const relative = /absolute path/i.test(failure.text);
    return [
      {
        message: relative ? "relative" : /not a directory|file exists/i.test(failure.text) ? "file" : denied ? "denied" : "missing",
        args: { path: path ?? "of the container", image: imageOf(context) ?? "of the container", who: whoOf(context) },
        confidence: "certain",
        subject: { path, image: imageOf(context) },
        details: {},
        evidence: [
          failure.evidence,
          ...(container?.workingDir ? [specEvidence(context, `workingDir: ${container.workingDir}`, `spec.containers[${container.name}].workingDir`)] : []),
        ],
        edits: [
          {
            kind: "manual",
            title: container?.workingDir ? `Correct workingDir (${container.workingDir})` : "Make the directory in the image, or set workingDir",
          },
        ],
      },
    ];
  },
};
