import type { Cause } from "../../../model/cause";
import { alike } from "../../scheduling/labels";
import { findFault } from "../claim-cause";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/selector-mismatch",
  title: "No volume has the labels that the claim selects",
  needs: ["status"],
  explains: ["storage/claim-unbound"],
  messages: {
    selector: {
      title: "Claim {claim} selects volumes with {labels}; volume {volume} has {carries}",
      explanation:
        "The pod of {workload} waits for its claim {claim}. Volume {volume} would do but for its labels ({carries}): the claim's selector wants {labels}. Label the volume, or make the claim anew.",
    },
  },
  wants: storageWants,
  find: (context) =>
    findFault(context, "selector-mismatch", ({ claim, volume }) => {
      const wanted = Object.entries(claim?.seen?.object.spec?.selector?.matchLabels ?? {});
      const labels = volume?.seen.object.metadata.labels ?? {};
      const wrong = wanted.find(([key, value]) => labels[key] !== value) ?? wanted[0];
      const carried = Object.entries(labels).sort(
        ([a, x], [b, y]) => alike(b, wrong?.[0] ?? "") + alike(y, wrong?.[1] ?? "") - alike(a, wrong?.[0] ?? "") - alike(x, wrong?.[1] ?? ""),
      );
      const shown = carried[0] ? `${carried[0][0]}=${carried[0][1]}` : null;
      const text = wanted.map(([key, value]) => `${key}=${value}`).join(", ") || "its expressions";
      return {
        similar: shown,
        subject: { key: wrong?.[0] ?? null },
        args: { labels: text, carries: shown ?? "no labels" },
        edits:
          volume && wrong
            ? [
                {
                  kind: "command",
                  title: `label volume ${volume.name} ${wrong[0]}=${wrong[1]}`,
                  command: `kubectl label pv ${volume.name} ${wrong[0]}=${wrong[1]}${labels[wrong[0]] ? " --overwrite" : ""}`,
                  risk: "none",
                  note: "if that volume is the one meant",
                },
              ]
            : [],
      };
    }),
};
