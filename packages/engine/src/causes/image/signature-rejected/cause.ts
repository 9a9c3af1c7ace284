/** image/signature-rejected: the runtime's policy refuses the image's signature. */
import type { Cause } from "../../../model/cause";
import { statusEvidence } from "../../evidence";
import { imageOf, whoOf } from "../../told";
import { pullFailureOf } from "../pull-failure";

export const cause: Cause = {
  id: "image/signature-rejected",
  title: "The image's signature is refused",
  needs: ["status"],
  explains: ["image/not-found", "image/unauthorized", "app/exited-without-reason"],
  messages: {
    rejected: {
      title: "The signature of image {image} is refused",
      explanation:
        "{who} can not start: the node's policy wants a signature that the image does not have, or by another key. Sign the image, or correct the policy (policy.json) of the nodes.",
    },
  },
  find(context) {
    const failure = pullFailureOf(context, "signature");
    if (!failure && context.seen.status.waiting?.reason !== "SignatureValidationFailed") return [];
    const image = failure?.image || imageOf(context);
    return [
      {
        message: "rejected",
        args: { image: image ?? "", who: whoOf(context) },
        confidence: "certain",
        subject: { image, host: failure?.reference?.registry ?? null },
        details: { registry: failure?.reference?.registry ?? null },
        evidence: failure?.told.map((t) => t.evidence) ?? [statusEvidence(context, "SignatureValidationFailed", "state.waiting.reason")],
        edits: [{ kind: "manual", title: "Sign the image, or correct the nodes' signature policy" }],
      },
    ];
  },
};
