import type { Cause, CauseContext } from "../../../model/cause";
import type { Workload } from "../../../model/kubernetes";
import type { Evidence } from "../../../model/report";
import { eventEvidence, objectEvidence, specEvidence, statusEvidence } from "../../evidence";
import { readEvent } from "../../../routine/events";

export const cause: Cause = {
  id: "killed/deadline-exceeded",
  title: "It ran longer than its activeDeadlineSeconds",
  needs: ["status"],
  explains: ["killed/terminated", "killed/grace-period-exceeded", "killed/unattributed", "app/exited-without-reason"],
  messages: {
    pod: {
      title: "The pod ran longer than its deadline of {seconds}",
      explanation: "The pod's activeDeadlineSeconds ({seconds}) ran out and the kubelet ended it. Find out what took so long (its log), or allow more time.",
    },
    job: {
      title: "Job {job} ran longer than its deadline of {seconds}",
      explanation:
        "The Job's activeDeadlineSeconds ({seconds}) ran out; the controller ended its pods and deleted them, their logs with them. The deadline counts from the Job's start, waiting for a node and pulling included. Find out what took so long, or allow more time.",
    },
  },
  find(context) {
    const { seen } = context;
    if (seen.status.podReason === "DeadlineExceeded") {
      const seconds = context.case.pods[0]?.pod.spec?.activeDeadlineSeconds ?? null;
      const evidence: Evidence[] = [statusEvidence(context, `DeadlineExceeded: ${seen.status.podMessage ?? ""}`, "reason")];
      if (seconds !== null) evidence.push(specEvidence(context, `activeDeadlineSeconds: ${seconds}`, "spec.activeDeadlineSeconds"));
      return [found(context, "pod", seconds, evidence)];
    }
    const job = jobOf(context);
    return job ? [found(context, "job", job.seconds, job.evidence)] : [];
  },
};

function found(context: CauseContext, message: "pod" | "job", seconds: number | null, evidence: Evidence[]) {
  const { workload } = context.case;
  return {
    message,
    args: { seconds: seconds === null ? "some seconds" : `${seconds} s`, job: workload.name },
    confidence: "certain" as const,
    subject: { kind: workload.kind, namespace: workload.namespace, name: workload.name },
    details: { limit: seconds, seconds },
    evidence,
    edits: [
      {
        kind: "manual" as const,
        title: "raise activeDeadlineSeconds, or make it faster",
        note: message === "job" ? "of a Job that has failed nothing can be changed: create it anew" : undefined,
      },
    ],
  };
}

/** A Job that its own deadline ended: the condition, or where that was not seen its event. */
function jobOf(context: CauseContext): { seconds: number | null; evidence: Evidence[] } | null {
  const { workload, pods, owner } = context.case;
  const names = new Set([
    workload.kind === "Job" ? workload.name : "",
    ...pods.flatMap(({ pod }) => (pod.metadata.ownerReferences ?? []).filter((one) => one.kind === "Job").map((one) => one.name)),
  ]);
  for (const name of names) {
    if (!name) continue;
    const job = (context.view.get("Job", workload.namespace, name)?.object ?? (owner?.object.kind === "Job" ? owner.object : null)) as Workload | null;
    const condition = job?.status?.conditions?.find(
      (one) => (one.type === "Failed" || one.type === "FailureTarget") && one.status === "True" && one.reason === "DeadlineExceeded",
    );
    const event = context.view.eventsOf("Job", workload.namespace, name).find((one) => one.object.reason === "DeadlineExceeded");
    if (!condition && !event) continue;
    const seconds = job?.spec?.activeDeadlineSeconds ?? null;
    const evidence: Evidence[] = [];
    if (job && condition) evidence.push(objectEvidence(job, `Job ${name}: ${condition.reason}: ${condition.message ?? ""}`, "status.conditions[Failed]"));
    if (event) evidence.push(eventEvidence(context, readEvent(event.object)));
    if (seconds !== null) evidence.push(specEvidence(context, `activeDeadlineSeconds: ${seconds}`, "spec.activeDeadlineSeconds"));
    return { seconds, evidence };
  }
  return null;
}
