import type { Cause } from "../../../model/cause";
import { findFault } from "../claim-cause";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/capacity-mismatch",
  title: "No volume is as large as the claim asks for",
  needs: ["status"],
  explains: ["storage/claim-unbound"],
  messages: {
    size: {
      title: "Claim {claim} asks for {requested}; volume {volume} has {available}",
      explanation:
        "The pod of {workload} waits for its claim {claim}. Volume {volume} would do but for its size: {available}, where the claim wants {requested}. Make the claim anew with less, or provide a larger volume.",
    },
  },
  wants: storageWants,
  find: (context) =>
    findFault(context, "capacity-mismatch", ({ claim, volume }) => ({
      subject: { similar: volume?.name ?? null },
      edits: [{ kind: "manual", title: `make claim ${claim?.name ?? ""} anew with a size that ${volume?.name ?? "a volume"} has, or provide a larger volume` }],
    })),
};
