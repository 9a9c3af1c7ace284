/** image/not-found: the registry knows no such tag, digest or repository. */
import type { Cause, CauseContext, Finding } from "../../../model/cause";
import { objectEvidence } from "../../evidence";
import { whoOf } from "../../told";
import { isAmbiguous, resolveAmbiguity } from "../ambiguity";
import { useImage } from "../image-edit";
import { type PullFailure, pullFailureOf } from "../pull-failure";
import { similarImage } from "../seen-images";

export const cause: Cause = {
  id: "image/not-found",
  title: "The registry does not know the image",
  needs: ["status"],
  explains: ["app/exited-without-reason"],
  messages: {
    tag: {
      title: "Image {image} does not exist",
      explanation:
        "{who} can not start: registry {registry} does not know this tag or digest. {similar} of the same repository is known here: the tag is misspelt, was never pushed, or was deleted.",
    },
    repository: {
      title: "Image {image} does not exist",
      explanation:
        "{who} can not start: registry {registry} does not know this image. {similar} is known here and is spelt alike: the name is probably misspelt.",
    },
    unknown: {
      title: "Image {image} does not exist",
      explanation:
        "{who} can not start: registry {registry} does not know this image. The name or tag is misspelt, was never pushed, or was deleted. containerd can not tell a missing tag from a missing repository.",
    },
    either: {
      title: "Image {image} does not exist, or is private",
      explanation:
        "{who} can not start: registry {registry} gives the same answer for a repository that does not exist and for one that may not be read. Check the spelling first, then the pull secret.",
    },
  },
  find(context) {
    const failure = pullFailureOf(context, "no-repository", "no-tag", "not-found", "ambiguous", "forbidden", "rejected");
    if (!failure || (failure.class.cause !== "image/not-found" && !isAmbiguous(failure))) return [];
    if (!isAmbiguous(failure)) return [finding(context, failure, "certain", false)];
    const { is, sure } = resolveAmbiguity(context, failure);
    if (is === "private") return [];
    return [finding(context, failure, is === "either" ? "possible" : sure ? "certain" : "likely", is === "either")];
  },
};

function finding(context: CauseContext, failure: PullFailure, confidence: Finding["confidence"], either: boolean): Finding {
  const similar = similarImage(context, failure.image);
  const pod = similar && context.view.list("Pod").find(({ object }) => object.spec?.containers?.some((c) => c.image === similar.similar));
  return {
    message: either ? "either" : similar ? (similar.sameRepository ? "tag" : "repository") : "unknown",
    args: { image: failure.image, registry: failure.reference?.registry ?? "", who: whoOf(context), similar: similar?.similar ?? "" },
    confidence,
    subject: { image: failure.image, host: failure.reference?.registry ?? null, similar: similar?.similar ?? null },
    details: {
      registry: failure.reference?.registry ?? null,
      repository: failure.reference?.repository ?? null,
      tag: failure.reference?.tag ?? failure.reference?.digest ?? null,
    },
    evidence: [...failure.told.map((t) => t.evidence), ...(pod ? [objectEvidence(pod.object, `uses image ${similar.similar}`, "spec.containers")] : [])],
    edits: [
      similar
        ? useImage(
            context.case,
            failure.image,
            similar.similar,
            similar.ran ? "it runs here; whether it is the version that was meant is yours to say" : undefined,
          )
        : { kind: "manual", title: "Correct the image's name or tag, or push it" },
    ],
    next: [{ why: "whether the registry has it", command: `docker manifest inspect ${failure.image}` }],
  };
}
