import type { Cause } from "../../../model/cause";
import { nearest } from "../../nearest";
import { findFault } from "../claim-cause";
import { classNames } from "../claims";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/class-not-found",
  title: "The claim's StorageClass does not exist",
  needs: ["status"],
  explains: ["scheduling/scheduler-not-running", "storage/claim-unbound"],
  messages: {
    missing: {
      title: "StorageClass {class} does not exist (claim {claim})",
      explanation:
        "Claim {claim} of {workload} asks for the class {class}, which the cluster does not have{known}, so nobody makes a volume for it. A claim's class can not be changed: delete the claim and make it anew with a class that exists, or create the class.",
    },
  },
  wants: storageWants,
  find: (context) =>
    findFault(context, "class-not-found", ({ claim, className }) => {
      const names = [...new Set(classNames(context))];
      const similar = nearest(className ?? "", names)[0] ?? (names.length === 1 ? names[0]! : null);
      return {
        similar,
        subject: { kind: "StorageClass", namespace: null, name: className, key: claim?.name ?? null },
        args: { known: names.length ? ` (it has ${names.slice(0, 4).join(", ")})` : "" },
        edits: [
          {
            kind: "manual",
            title: `make claim ${claim?.name ?? ""} anew with ${similar ? `class ${similar}` : "a class that exists"}`,
            note:
              context.case.workload.kind === "StatefulSet"
                ? "the StatefulSet's volumeClaimTemplates are immutable too: recreate it with --cascade=orphan"
                : undefined,
          },
        ],
      };
    }),
};
