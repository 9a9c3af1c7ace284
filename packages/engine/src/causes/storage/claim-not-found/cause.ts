import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { nearest } from "../../nearest";
import { templateOf } from "../../template";
import { findFault } from "../claim-cause";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/claim-not-found",
  title: "The pod names a PersistentVolumeClaim that does not exist",
  needs: ["status"],
  explains: ["scheduling/scheduler-not-running"],
  messages: {
    missing: {
      title: "PersistentVolumeClaim {claim} does not exist{similar}",
      explanation:
        "{workload} mounts the claim {claim}, and the namespace has none of that name, so the scheduler does not place the pod. Create the claim, or correct the name.",
    },
    deleting: {
      title: "PersistentVolumeClaim {claim} is being deleted",
      explanation:
        "{workload} mounts the claim {claim}, which somebody has deleted: no new pod may use it. Once it is gone, create it again; whether its data survive depends on the volume's reclaim policy.",
    },
  },
  wants: storageWants,
  find: (context) =>
    findFault(context, "claim-not-found", ({ claim, variant }) => {
      const names = context.view.list("PersistentVolumeClaim", claim!.namespace).map((one) => one.object.metadata.name ?? "");
      const reference = context.seen.config.references.find((one) => one.kind === "PersistentVolumeClaim" && one.name === claim!.name);
      const similar = variant === "deleting" ? null : (nearest(claim!.name, names)[0] ?? reference?.similar[0] ?? null);
      return { similar, args: { similar: similar ? `; ${similar} does` : "" }, edits: similar ? edits(context, claim!.name, similar) : [] };
    }),
};

function edits(context: CauseContext, name: string, similar: string): Edit[] {
  const template = templateOf(context.case);
  const index = template?.spec.volumes?.findIndex((volume) => volume.persistentVolumeClaim?.claimName === name) ?? -1;
  if (!template || index < 0) return [];
  const path = `${template.pointer}/volumes/${index}/persistentVolumeClaim/claimName`;
  return [
    {
      kind: "patch",
      title: `use claim ${similar}`,
      target: template.target,
      patch: [
        { op: "test", path, value: name },
        { op: "replace", path, value: similar },
      ],
      risk: "restart",
    },
  ];
}
