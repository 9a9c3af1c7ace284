import type { Cause, CauseContext } from "../../../model/cause";
import type { Event } from "../../../model/kubernetes";
import { eventTime } from "../../../model/view";
import { nameStem } from "../../../detect/owners";
import { readEvent } from "../../../routine/events";
import { eventEvidence, statusEvidence } from "../../evidence";
import { judge } from "../judge";
import { schedulingWants } from "../wants";

/** `Preempted by pod <uid> on node x` (1.29+), `… by a pod on node x` (1.25-1.28), `… by ns/name on node x` (1.24 and before). */
const by = /Preempted by (?:a |an )?(?:pod ?)?(\S*) on node (\S+)/;

export const cause: Cause = {
  id: "scheduling/preempted",
  title: "The pod had to make room for one of higher priority",
  needs: ["status"],
  explains: ["scheduling/insufficient-cpu", "scheduling/insufficient-memory", "scheduling/insufficient-resource"],
  messages: {
    replaced: {
      title: "Pods of higher priority took its place on {node}",
      explanation:
        "The scheduler threw out a pod of this workload to make room for {by} of higher priority; its replacement waits for room. Give it a higher priority, add room, or let it wait.",
    },
    leaving: {
      title: "The scheduler throws the pod out for {by}",
      explanation: "A pod of higher priority needs the room on its node. That is not a fault of this pod; its owner makes a new one, which may have to wait.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const { case: failing, seen } = context;
    const leaving = seen.status.disruption?.reason === "PreemptionByScheduler" ? seen.status.disruption : null;
    if (leaving) {
      return [
        {
          message: "leaving",
          args: { by: "another pod" },
          confidence: "certain",
          subject: {
            kind: failing.workload.kind,
            namespace: failing.workload.namespace,
            name: failing.workload.name,
            node: failing.pods[0]?.pod.spec?.nodeName ?? null,
          },
          evidence: [statusEvidence(context, `${leaving.reason}: ${leaving.message}`, "conditions[DisruptionTarget]")],
        },
      ];
    }
    if (failing.scope !== "pod" || judge(context)?.decisions[0]?.obstruction !== "resource") return [];
    const event = preemptionOf(context);
    if (!event) return [];
    const found = by.exec(event.message ?? "");
    const preemptor = context.view
      .list("Pod")
      .find((one) => found?.[1] && (one.object.metadata.uid === found[1] || `${one.object.metadata.namespace}/${one.object.metadata.name}` === found[1]));
    const name = preemptor?.object.metadata.name ?? null;
    return [
      {
        message: "replaced",
        args: { node: found?.[2] ?? "its node", by: name ? `pod ${name}` : "a pod" },
        confidence: "certain",
        subject: { kind: failing.workload.kind, namespace: failing.workload.namespace, name: failing.workload.name, node: found?.[2] ?? null },
        details: {
          by: name ?? found?.[1] ?? null,
          priority: failing.pods[0]?.pod.spec?.priority ?? null,
          preemptorPriority: preemptor?.object.spec?.priority ?? null,
        },
        evidence: [eventEvidence(context, readEvent(event)), ...(judge(context)?.pending.witness ? [judge(context)!.pending.witness!] : [])],
        edits: [{ kind: "manual", title: "give the workload a PriorityClass that is not below the others', or add room" }],
      },
    ];
  },
};

/** The newest preemption of a pod of the same workload: the pod itself is gone, its event stays for an hour. */
function preemptionOf(context: CauseContext): Event | null {
  const { workload, pods } = context.case;
  const own = new Set([workload.name, nameStem(pods[0]?.pod.metadata.name ?? "").name]);
  const events = context.view
    .list("Event", workload.namespace)
    .map((one) => one.object)
    .filter((event) => event.reason === "Preempted" && event.involvedObject?.kind === "Pod" && own.has(nameStem(event.involvedObject.name ?? "").name));
  return events.sort((a, b) => ((eventTime(a) ?? "") < (eventTime(b) ?? "") ? 1 : -1))[0] ?? null;
}
