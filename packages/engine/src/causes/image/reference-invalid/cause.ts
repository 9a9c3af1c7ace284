/** image/reference-invalid: the image's name does not parse. */
import type { Cause, CauseContext } from "../../../model/cause";
import { statusEvidence, specEvidence } from "../../evidence";
import { imageOf, whoOf } from "../../told";
import { useImage } from "../image-edit";
import { pullFailureOf } from "../pull-failure";

export const cause: Cause = {
  id: "image/reference-invalid",
  title: "The image's name is not valid",
  needs: ["status"],
  explains: ["image/not-found", "app/exited-without-reason"],
  messages: {
    placeholder: {
      title: "Image {image} still holds a placeholder",
      explanation: "{who} can not start: a value was not filled in when the manifest was made, so the image's name is not valid.",
    },
    case: { title: "Image {image} has capital letters", explanation: "{who} can not start: the repository part of an image's name is lower case." },
    invalid: {
      title: "Image {image} is not a valid name",
      explanation:
        "{who} can not start: the name does not parse as registry/repository:tag. Look for spaces, https://, two colons, or a missing name before the colon.",
    },
  },
  find(context) {
    const failure = pullFailureOf(context, "reference");
    const waits = context.seen.status.waiting?.reason === "InvalidImageName";
    if (!failure && !waits) return [];
    const image = failure?.image || imageOf(context) || "";
    const repository = image.split(/[:@]/)[0]!;
    const lower = image.replace(repository, repository.toLowerCase());
    const kind = /[<>${}]|\bNone\b|\bnull\b|undefined/.test(image)
      ? "placeholder"
      : /[A-Z]/.test(repository) && /^[\w./:@-]+$/.test(image)
        ? "case"
        : "invalid";
    return [
      {
        message: kind,
        args: { image: image || "(empty)", who: whoOf(context) },
        confidence: "certain",
        subject: { image: image || null, similar: kind === "case" ? lower : null },
        details: { reason: kind },
        evidence: evidence(context, failure?.told.map((t) => t.evidence) ?? [], image),
        edits: [kind === "case" ? useImage(context.case, image, lower) : { kind: "manual", title: "Correct the image's name" }],
      },
    ];
  },
};

function evidence(context: CauseContext, told: ReturnType<typeof statusEvidence>[], image: string) {
  const spec = specEvidence(context, `image: ${image}`, `spec.containers[${context.case.container?.name ?? ""}].image`);
  return told.length ? [...told, spec] : [statusEvidence(context, "InvalidImageName", "state.waiting.reason"), spec];
}
