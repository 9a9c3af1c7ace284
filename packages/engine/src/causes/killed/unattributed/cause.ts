/** killed/unattributed: SIGKILL or SIGTERM, and nothing that was seen tells from whom. */
import type { Cause, Finding } from "../../../model/cause";
import { lastRunEvidence, nodeOf, whoOf } from "../../told";

export const cause: Cause = {
  id: "killed/unattributed",
  title: "Killed, and nothing tells by whom",
  needs: ["status"],
  explains: ["app/exited-without-reason"],
  messages: {
    "137": {
      title: "{who} was killed (SIGKILL, 137) and nothing tells by whom",
      explanation:
        "It is not marked OOMKilled and no event says that a probe or the kubelet stopped it. What is left: an out-of-memory kill that the runtime missed, a node that ran out of memory, or a kill by hand.",
    },
    "143": {
      title: "{who} was stopped (SIGTERM, 143) and nothing tells by whom",
      explanation: "Something sent SIGTERM: a probe or a deletion whose event is gone, another process in the container, or somebody by hand.",
    },
    lost: {
      title: "How {who} ended is not known (the kubelet made 137 up)",
      explanation:
        "The kubelet could not find the container any more and wrote exit code 137 itself. That happens when a node reboots or its runtime loses its state; it is no out-of-memory kill.",
    },
  },
  find(context) {
    const { status, probes, events } = context.seen;
    const last = status.last;
    if (!last || last.reason === "OOMKilled" || probes.killedBy || !last.processRan) return [];
    if (last.exitCode !== 137 && last.exitCode !== 143) return [];
    if (last.reason === "RestartingAllContainers") return [];
    const namespace = context.case.workload.namespace;
    const pod = context.case.pods[0]?.pod.metadata.name ?? "";
    const node = nodeOf(context);
    const next: Finding["next"] = [];
    if (!events.seen) next.push({ why: "whether a probe or a deletion stopped it", command: `kubectl -n ${namespace} events --for pod/${pod}` });
    if (last.exitCode === 137 && node)
      next.push({
        why: "whether the kernel killed it for memory",
        command: `kubectl debug node/${node} -it --image=busybox -- chroot /host dmesg -T | grep -i -E 'killed process|out of memory'`,
      });
    return [
      {
        message: last.synthetic ? "lost" : String(last.exitCode),
        args: { who: whoOf(context) },
        confidence: last.synthetic ? "likely" : "possible",
        subject: {},
        details: { exitCode: last.exitCode, signal: last.signal },
        evidence: [lastRunEvidence(context)!],
        next,
      },
    ];
  },
};
