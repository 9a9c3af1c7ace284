/** killed/grace-period-exceeded: it was told to stop, did not, and was killed when the grace period was over. */
import type { Cause } from "../../../model/cause";
import { eventEvidence, logEvidence, specEvidence } from "../../evidence";
import { lastRunEvidence, whoOf } from "../../told";

const defaultGrace = 30;
/** The kubelet never gives less (minimumGracePeriodInSeconds). Seconds. */
const shortest = 2;
/** The kubelet's own delay around the kill. */
const slack = 15;

export const cause: Cause = {
  id: "killed/grace-period-exceeded",
  title: "It did not stop within the grace period",
  needs: ["status"],
  explains: ["killed/unattributed", "app/exited-without-reason"],
  messages: {
    ignored: {
      title: "{who} did not stop within {seconds} s and was killed",
      explanation:
        "{who} got SIGTERM and still ran when the grace period of {seconds} s was over, so it got SIGKILL (137). Either it does not handle SIGTERM (PID 1 must do so itself; a shell does not pass it on), or its shutdown takes longer.",
    },
  },
  find(context) {
    const { status, events, probes } = context.seen;
    const last = status.last;
    if (!last || last.synthetic || last.reason === "OOMKilled" || last.exitCode !== 137) return [];
    const pod = context.case.pods[0]?.pod;
    const killer = probes.killedBy ? probes.probes.find((p) => p.probe === probes.killedBy!.probe) : undefined;
    const written = killer?.spec.terminationGracePeriodSeconds ?? pod?.spec?.terminationGracePeriodSeconds;
    // kubectl describe does not print the grace period; the API always has it.
    const known = written !== undefined || context.case.pods[0]?.seen.fidelity === "full";
    const grace = written ?? defaultGrace;
    const exceeded = events.all.find((e) => e.reason === "ExceededGracePeriod");
    const told = events.all.find(
      (e) =>
        e.reason === "Killing" &&
        (e.message.startsWith("Stopping container") || /failed (?:liveness|startup) probe|definition changed/.test(e.message)) &&
        isGraceBefore(e.last, last.finishedAt, known ? grace : shortest, grace),
    );
    const seconds = known || !told?.last || !last.finishedAt ? grace : Math.round((Date.parse(last.finishedAt) - Date.parse(told.last)) / 1000);
    if (!told && !exceeded) return [];
    const byProbe = probes.killedBy !== null || /failed (?:liveness|startup) probe/.test(told?.message ?? "");
    const line = context.seen.logs.reading?.tail.find((l) => /SIGTERM|signal 15|shutting down|graceful/i.test(l.text));
    return [
      {
        message: "ignored",
        args: { who: whoOf(context), seconds },
        // After a probe's kill this only tells how it went; why is the probe's matter.
        confidence: byProbe ? "possible" : known && told?.last && last.finishedAt ? "certain" : "likely",
        subject: {},
        details: { seconds, gracePeriodSeconds: seconds },
        evidence: [
          ...[exceeded, told].filter((e) => e !== undefined).map((e) => eventEvidence(context, e)),
          lastRunEvidence(context)!,
          ...(known
            ? [
                specEvidence(
                  context,
                  `terminationGracePeriodSeconds: ${seconds}`,
                  killer?.spec.terminationGracePeriodSeconds === undefined
                    ? "spec.terminationGracePeriodSeconds"
                    : `${killer.fieldPath}.terminationGracePeriodSeconds`,
                ),
              ]
            : []),
          ...(line ? [logEvidence(context, line)] : []),
        ],
        edits: [{ kind: "manual", title: "Handle SIGTERM in the program (start it with exec, or under an init such as tini)" }],
      },
    ];
  },
};

function isGraceBefore(told: string | null, ended: string | null, least: number, most: number): boolean {
  if (!told || !ended) return false;
  const apart = (Date.parse(ended) - Date.parse(told)) / 1000;
  return apart >= Math.max(2, least - 2) && apart <= most + slack;
}
