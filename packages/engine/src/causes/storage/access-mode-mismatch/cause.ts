import type { Cause } from "../../../model/cause";
import { findFault } from "../claim-cause";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/access-mode-mismatch",
  title: "No volume has the access mode that the claim asks for",
  needs: ["status"],
  explains: ["storage/claim-unbound"],
  messages: {
    modes: {
      title: "Claim {claim} asks for {modes}; volume {volume} offers {has}",
      explanation:
        "The pod of {workload} waits for its claim {claim}. Volume {volume} would do but for its access modes: {has}, where the claim wants {modes}. Make the claim anew with a mode that the volume has, or a volume that has the mode.",
    },
  },
  wants: storageWants,
  find: (context) =>
    findFault(context, "access-mode-mismatch", ({ claim, volume }) => ({
      similar: volume?.modes?.[0] ?? null,
      edits: [{ kind: "manual", title: `make claim ${claim?.name ?? ""} anew with ${volume?.modes?.join(" or ") ?? "an access mode of the volume"}` }],
    })),
};
