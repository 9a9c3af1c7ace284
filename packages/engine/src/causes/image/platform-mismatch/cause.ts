/** image/platform-mismatch: the image has no variant for the node's platform. */
import type { Cause } from "../../../model/cause";
import { objectEvidence } from "../../evidence";
import { nodeOf, whoOf } from "../../told";
import { pullFailureOf } from "../pull-failure";

export const cause: Cause = {
  id: "image/platform-mismatch",
  title: "The image has no variant for the node's platform",
  needs: ["status"],
  explains: ["image/not-found", "app/exited-without-reason"],
  messages: {
    platform: {
      title: "Image {image} has no variant for {platform}",
      explanation:
        "{who} can not start: the tag exists, but not for node {node} ({platform}). Build the image for that platform, or keep the pods on nodes that it was built for.",
    },
  },
  wants(context) {
    const name = nodeOf(context);
    if (!name || !pullFailureOf(context, "platform")) return [];
    return [{ target: { type: "get", kind: "Node", namespace: "", name }, consequence: `which platform node ${name} has is not known` }];
  },
  find(context) {
    const failure = pullFailureOf(context, "platform");
    if (!failure) return [];
    const name = nodeOf(context);
    const node = name ? context.view.get("Node", null, name)?.object : undefined;
    const architecture =
      node?.status?.nodeInfo?.architecture ??
      node?.metadata.labels?.["kubernetes.io/arch"] ??
      /architecture "?([a-z0-9]{2,10})"?/.exec(failure.text)?.[1] ??
      null;
    const system = node?.status?.nodeInfo?.operatingSystem ?? "linux";
    return [
      {
        message: "platform",
        args: {
          image: failure.image,
          platform: architecture ? `${system}/${architecture}` : "the node's platform",
          who: whoOf(context),
          node: name ?? "of the pod",
        },
        confidence: "certain",
        subject: { image: failure.image, node: name },
        details: { architecture },
        evidence: [
          ...failure.told.map((t) => t.evidence),
          ...(node && architecture ? [objectEvidence(node, `${name} is ${system}/${architecture}`, "status.nodeInfo")] : []),
        ],
        edits: [{ kind: "manual", title: `Build the image for ${architecture ?? "the node's platform"} too, or set nodeSelector kubernetes.io/arch` }],
        next: [{ why: "which platforms the tag has", command: `docker manifest inspect ${failure.image}` }],
      },
    ];
  },
};
