/** killed/terminated: somebody stopped the pod in order: rollout, scale-down, drain, preemption, node shutdown. Not a failure. */
import type { Cause, Finding } from "../../../model/cause";
import { eventEvidence, statusEvidence } from "../../evidence";
import { lastRunEvidence, whoOf } from "../../told";

/** `status.reason` of a pod that others stopped. Source: kubelet preemption.go, nodeshutdown_manager.go. */
const stoppedBy: Record<string, string> = {
  Preempting: "the kubelet, for a critical pod",
  Terminated: "the shutdown of its node",
  Shutdown: "the shutdown of its node",
  NodeShutdown: "the shutdown of its node",
  NodeLost: "the loss of its node",
};
/** DisruptionTarget reasons. Source: KEP-3329. */
const disruptedBy: Record<string, string> = {
  TerminationByKubelet: "the kubelet",
  PreemptionByScheduler: "the scheduler, for a pod of higher priority",
  DeletionByTaintManager: "a taint on its node",
  EvictionByEvictionAPI: "an eviction (drain, autoscaler or descheduler)",
  DeletionByPodGC: "the pod garbage collector: its node is gone",
  DeletionByDeviceTaintManager: "a taint on its device",
};
const together = 120;

export const cause: Cause = {
  id: "killed/terminated",
  title: "The pod was stopped in order",
  needs: ["status"],
  explains: ["killed/unattributed", "app/exited-without-reason", "app/exited-cleanly"],
  messages: {
    stopped: {
      title: "{who} was stopped by {by}",
      explanation: "{who} ended because {by} stopped its pod. Nothing is wrong inside; its owner starts another pod where one is wanted.",
    },
  },
  find(context) {
    const { status, events } = context.seen;
    const evidence: Finding["evidence"] = [];
    let by: string | null = null;
    if (status.disruption) {
      by = disruptedBy[status.disruption.reason] ?? status.disruption.reason;
      evidence.push(statusEvidence(context, `DisruptionTarget: ${status.disruption.reason}: ${status.disruption.message}`, "conditions[DisruptionTarget]"));
    } else if (status.podReason && stoppedBy[status.podReason]) {
      by = stoppedBy[status.podReason]!;
      evidence.push(statusEvidence(context, `${status.podReason}: ${status.podMessage ?? ""}`, "reason"));
    } else if (status.deleting) by = "its deletion (rollout, scale-down or kubectl delete)";
    const end = status.last?.finishedAt;
    const stopping = events.all.find(
      (e) =>
        e.reason === "Killing" &&
        e.message.startsWith("Stopping container") &&
        (!end || !e.last || Math.abs(Date.parse(e.last) - Date.parse(end)) / 1000 < together),
    );
    if (stopping) evidence.push(eventEvidence(context, stopping));
    if (!by || status.podReason === "Evicted" || context.seen.probes.killedBy) return [];
    const last = lastRunEvidence(context);
    if (last) evidence.push(last);
    if (!evidence.length) evidence.push(statusEvidence(context, "deletionTimestamp is set", "metadata.deletionTimestamp"));
    return [
      {
        message: "stopped",
        args: { who: whoOf(context), by },
        confidence: status.deleting && !status.disruption ? "likely" : "certain",
        subject: { name: by },
        details: { by },
        evidence,
      },
    ];
  },
};
