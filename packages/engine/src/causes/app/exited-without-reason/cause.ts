/** app/exited-without-reason: an exit code, and a log that does not say why. */
import type { Cause, CauseContext, Finding } from "../../../model/cause";
import { logEvidence } from "../../evidence";
import { lastRunEvidence, whoOf } from "../../told";

export const cause: Cause = {
  id: "app/exited-without-reason",
  title: "The program ends with an error and does not say why",
  needs: ["status", "log"],
  explains: [],
  messages: {
    silent: {
      title: "{who} ends with exit code {code} and says nothing",
      explanation:
        "The program ended by itself with exit code {code}{after}, and its log is empty. Nothing outside was found that would explain it. It must be asked: run it by hand in a copy of the pod.",
    },
    unclear: {
      title: "{who} ends with exit code {code}; its log does not say why",
      explanation:
        "The program ended by itself with exit code {code}{after}. Its last lines are below; none of them is a known error. Nothing outside was found that would explain it.",
    },
  },
  find(context) {
    const { status, logs, probes } = context.seen;
    const last = status.last;
    const reading = logs.reading;
    if (!last || last.exitCode === null || last.exitCode === 0 || !last.processRan || last.synthetic) return [];
    if (
      !reading ||
      reading.signals.length ||
      last.reason === "OOMKilled" ||
      last.exitCode === 137 ||
      last.exitCode === 143 ||
      probes.killedBy ||
      status.disruption
    )
      return [];
    const silent = reading.kind === "empty" || reading.tail.length === 0;
    return [
      {
        message: silent ? "silent" : "unclear",
        args: { who: whoOf(context), code: last.exitCode, after: last.ranForSeconds === null ? "" : ` after ${last.ranForSeconds} s` },
        confidence: "possible",
        subject: {},
        details: { exitCode: last.exitCode, signal: last.signal },
        evidence: [
          lastRunEvidence(context)!,
          ...reading.tail
            .slice(-4)
            .reverse()
            .map((line) => logEvidence(context, line)),
        ],
        next: nextSteps(context),
      },
    ];
  },
};

function nextSteps(context: CauseContext): Finding["next"] {
  const pod = context.case.pods[0]?.pod.metadata;
  const name = context.case.container?.name;
  if (!pod?.name || !name) return [];
  const namespace = pod.namespace ?? context.case.workload.namespace;
  return [
    {
      why: "a copy of the pod that stays up, to run the program by hand",
      command: `kubectl -n ${namespace} debug ${pod.name} -it --copy-to=${pod.name.slice(0, 50)}-debug --container=${name} -- sh`,
    },
  ];
}
