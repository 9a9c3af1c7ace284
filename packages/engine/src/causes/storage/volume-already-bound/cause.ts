import type { Cause } from "../../../model/cause";
import { findFault } from "../claim-cause";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/volume-already-bound",
  title: "The volume that the claim needs belongs to another claim",
  needs: ["status"],
  explains: ["storage/claim-unbound"],
  messages: {
    named: {
      title: "Volume {volume}, which claim {claim} names, is bound to {holder}",
      explanation:
        "Claim {claim} of {workload} names the volume {volume}, and a volume belongs to one claim only: {holder} has it. Use that claim, or another volume.",
    },
    kept: {
      title: "Volume {volume}, the only one for claim {claim}, is kept for {holder}",
      explanation:
        "Volume {volume} would fit claim {claim} of {workload}, but its claimRef is {holder}. If that claim is gone for good, remove the claimRef (its data stay); else provide another volume.",
    },
    all: {
      title: "Every volume that fits claim {claim} is taken",
      explanation:
        "All volumes of class {class} that fit claim {claim} of {workload} belong to other claims; {volume}, for example, to {holder}. Provide another volume, or free one.",
    },
  },
  wants: storageWants,
  find: (context) =>
    findFault(context, "volume-already-bound", ({ volume, claim }) => ({
      edits: [
        {
          kind: "manual",
          title: volume
            ? `free volume ${volume.name} from ${volume.holder ?? "its claim"}, or provide another one`
            : `provide a volume for claim ${claim?.name ?? ""}`,
          note: volume?.phase === "Released" ? "kubectl patch pv … --type=json removes spec.claimRef; look at its data first" : undefined,
        },
      ],
    })),
};
