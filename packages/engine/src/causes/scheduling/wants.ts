/** What the causes about scheduling want to see of a pod that waits for a node. */
import type { CauseContext } from "../../model/cause";
import type { WantTarget } from "../../model/snapshot";
import { pendingPod } from "./pending";

/** Up to this many nodes all their pods are listed, to tell what is free: the cost must not grow with the cluster. */
const fewNodes = 20;
const aboutPods = new Set(["resource", "host-port", "pod-affinity", "topology-spread"]);

export function schedulingWants(context: CauseContext): { target: WantTarget; consequence: string }[] {
  const pending = pendingPod(context);
  if (!pending || pending.spec === "none") return [];
  const wishes: { target: WantTarget; consequence: string }[] = [
    {
      target: { type: "list", kind: "Node", namespace: "*", fidelity: "full" },
      consequence: "labels, taints and sizes of the nodes are not known, so the scheduler's message is the only witness",
    },
  ];
  const reasons = pending.message?.reasons ?? [];
  const nodes = pending.world.nodes.length;
  if (nodes > 0 && nodes <= fewNodes && reasons.some((reason) => aboutPods.has(reason.predicate)))
    wishes.push({ target: { type: "list", kind: "Pod", namespace: "*", fidelity: "full" }, consequence: "what the nodes have left is not known" });
  return wishes;
}
