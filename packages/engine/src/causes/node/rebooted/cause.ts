import type { Cause, CauseContext } from "../../../model/cause";
import type { SeenEvent } from "../../../model/observation";
import { secondsBetween } from "../../../detect/time";
import { eventEvidence, statusEvidence } from "../../evidence";
import { readEvent } from "../../../routine/events";

/** Around a reboot: the shutdown before it and the start of everything after it. Seconds. */
const around = 900;

export const cause: Cause = {
  id: "node/rebooted",
  title: "The node was rebooted",
  needs: ["status"],
  explains: ["node/not-ready", "killed/unattributed", "app/exited-without-reason"],
  messages: {
    node: {
      title: "Node {node} was rebooted and is not ready yet",
      explanation:
        "The kubelet of {node} came back with another boot id: the machine was restarted. Its pods start again once it is ready; what matters is who restarted it and whether it comes back.",
    },
    pod: {
      title: "Node {node} was rebooted; the container died with it",
      explanation:
        "The container ended because its machine {node} was restarted, not by a fault of its own: nothing of its last run was written down. It starts again with the node.",
    },
  },
  find(context) {
    const { case: failing, seen, view } = context;
    const node = failing.scope === "node" ? failing.workload.name : failing.pods[0]?.pod.spec?.nodeName;
    const reboot = node ? rebootOf(context, node) : null;
    if (!node || !reboot) return [];
    const subject = { kind: "Node", name: node, node };
    const details = { node, at: reboot.last };
    const next = [{ why: "what the node said before", command: `ssh ${node} journalctl -b -1 -n 50` }];
    if (failing.scope === "node") {
      const age = secondsBetween(reboot.last, view.snapshot.takenAt);
      if (age !== null && age > around) return [];
      return [{ message: "node", args: { node }, confidence: "likely", subject, details, evidence: [eventEvidence(context, reboot)], next }];
    }
    const last = seen.status.last;
    // Containers of a node that went down leave no exit: the runtime makes one up (255 Unknown) or the kubelet does (ContainerStatusUnknown).
    const lost = last && (last.synthetic || last.reason === "Unknown" || last.exitCode === 255);
    const apart = secondsBetween(last?.finishedAt, reboot.last);
    if (!lost || (apart !== null && Math.abs(apart) > around)) return [];
    return [
      {
        message: "pod",
        args: { node },
        confidence: "certain",
        subject,
        details,
        evidence: [
          eventEvidence(context, reboot),
          statusEvidence(context, `${last.reason ?? "Unknown"}, exit code ${last.exitCode ?? "?"}`, "lastState.terminated"),
        ],
        next,
      },
    ];
  },
};

function rebootOf(context: CauseContext, node: string): SeenEvent | null {
  const events = [
    ...context.view.eventsOf("Node", undefined, node),
    ...context.view.eventsOf("Node", "default", node),
    ...context.view.eventsOf("Node", "", node),
  ];
  const found = events.find((one) => one.object.reason === "Rebooted");
  return found ? readEvent(found.object) : null;
}
