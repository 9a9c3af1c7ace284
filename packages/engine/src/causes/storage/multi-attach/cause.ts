import type { Cause } from "../../../model/cause";
import { eventEvidence } from "../../evidence";
import { judge } from "../../scheduling/judge";
import { claimsOfPod } from "../claims";
import { mountTroubles } from "../mounts";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/multi-attach",
  title: "The volume is still in use by another pod or node",
  needs: ["status"],
  explains: ["storage/mount-failed"],
  messages: {
    pods: {
      title: "Volume {volume} is still used by {users}",
      explanation:
        "A ReadWriteOnce volume can be attached to one node only, and {users} has it on another one. The new pod starts once that one is gone: use strategy Recreate, or a volume that many nodes may mount.",
    },
    node: {
      title: "Volume {volume} is still attached to another node",
      explanation:
        "The volume was not detached from the node where it was used last: that node is down or gone, or the old pod has not ended. Kubernetes waits six minutes before it detaches by force; delete the old pod or node object if the node is really off.",
    },
    onepod: {
      title: "Claim {claim} may be used by one pod at a time, and another has it",
      explanation:
        "The claim's access mode is ReadWriteOncePod: while one pod uses it no other is scheduled. Run one replica, or make the claim anew with ReadWriteOnce or ReadWriteMany.",
    },
  },
  wants: storageWants,
  find(context) {
    const trouble = mountTroubles(context).find((one) => one.error.startsWith("Multi-Attach error"));
    const namespace = context.case.pods[0]?.pod.metadata.namespace ?? context.case.workload.namespace;
    const node = context.case.pods[0]?.pod.spec?.nodeName ?? null;
    if (trouble) {
      const users = /already used by pod\(s\) ([^\n]{1,400})/.exec(trouble.error)?.[1]?.trim() ?? null;
      const subject = trouble.claim ? { kind: "PersistentVolumeClaim", namespace, name: trouble.claim } : { kind: "PersistentVolume", name: trouble.volume };
      return [
        {
          message: users ? "pods" : "node",
          args: { volume: trouble.volume ?? "of the pod", users: users ?? "" },
          confidence: "certain",
          subject: { ...subject, node },
          details: { volume: trouble.volume, claim: trouble.claim, usedBy: users?.split(", ") ?? [] },
          evidence: [eventEvidence(context, trouble.event)],
          edits: users ? [{ kind: "manual", title: `let ${users} end first (strategy Recreate), or use a volume that many nodes may mount` }] : [],
          next: [{ why: "where the volume is attached", command: `kubectl get volumeattachments | grep ${trouble.volume}` }],
        },
      ];
    }
    const result = judge(context);
    const reason = result?.decisions[0]?.reason;
    if (!result || reason?.predicate !== "volume-in-use") return [];
    const claims = claimsOfPod(context);
    const claim = claims.find((one) => one.modes?.includes("ReadWriteOncePod")) ?? (claims.length === 1 ? claims[0]! : null);
    const users = context.view
      .list("Pod", namespace)
      .filter((one) => one.object.spec?.nodeName && one.object.spec.volumes?.some((volume) => claim && volume.persistentVolumeClaim?.claimName === claim.name))
      .map((one) => one.object.metadata.name ?? "");
    return [
      {
        message: "onepod",
        args: { claim: claim?.name ?? "of the pod" },
        confidence: "certain",
        subject: { kind: "PersistentVolumeClaim", namespace, name: claim?.name ?? null },
        details: { volume: claim?.volumeName ?? null, claim: claim?.name ?? null, usedBy: users },
        evidence: result.pending.witness ? [result.pending.witness] : [],
        edits: [{ kind: "manual", title: "run one replica, or make the claim anew with ReadWriteOnce or ReadWriteMany" }],
      },
    ];
  },
};
