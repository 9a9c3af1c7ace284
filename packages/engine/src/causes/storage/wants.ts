/** What the causes about volumes want to see of a pod that waits for them. */
import type { CauseContext } from "../../model/cause";
import type { WantTarget } from "../../model/snapshot";
import { pendingPod } from "../scheduling/pending";

type Wish = { target: WantTarget; consequence: string };

export function storageWants(context: CauseContext): Wish[] {
  const pending = pendingPod(context);
  const reasons = pending?.message?.reasons ?? [];
  const about = reasons.some((reason) => reason.predicate === "claim" || reason.predicate.startsWith("volume"));
  const uses = pending?.pod.spec?.volumes?.some((volume) => volume.persistentVolumeClaim || volume.ephemeral);
  if (!pending || (!about && !(uses && !pending.message))) return [];
  const namespace = pending.pod.metadata.namespace ?? context.case.workload.namespace;
  return [
    {
      target: { type: "list", kind: "PersistentVolumeClaim", namespace, fidelity: "full" },
      consequence: "which claim waits and what it asks for is not known",
    },
    { target: { type: "list", kind: "PersistentVolume", namespace: "*", fidelity: "full" }, consequence: "whether a volume fits the claim is not known" },
    {
      target: { type: "list", kind: "StorageClass", namespace: "*", fidelity: "full" },
      consequence: "whether the claim's class exists and provisions volumes is not known",
    },
  ];
}
