/** image/rate-limited: the registry, or the kubelet itself, allows no more pulls for now. */
import type { Cause } from "../../../model/cause";
import { nodeOf, whoOf } from "../../told";
import { pullFailureOf } from "../pull-failure";

export const cause: Cause = {
  id: "image/rate-limited",
  title: "Too many pulls",
  needs: ["status"],
  explains: ["image/unauthorized", "app/exited-without-reason"],
  messages: {
    registry: {
      title: "{registry} allows no more pulls for now",
      explanation:
        "{who} can not start: {registry} answers 429 to pulls of {image}. Nothing is wrong with the image. It is tried again by itself; a login, a mirror or a pull-through cache lifts the limit.",
    },
    node: {
      title: "Node {node} pulls too many images at once",
      explanation: "{who} can not start yet: the kubelet's own limit (registryPullQPS) is reached, not the registry's. It is tried again by itself.",
    },
  },
  find(context) {
    const failure = pullFailureOf(context, "rate", "node-throttle");
    if (!failure) return [];
    const registry = failure.reference?.registry ?? "";
    const own = failure.class.name === "node-throttle";
    return [
      {
        message: own ? "node" : "registry",
        args: { registry, image: failure.image, who: whoOf(context), node: nodeOf(context) ?? "of the pod" },
        confidence: "certain",
        subject: { image: failure.image, host: registry || null, node: own ? nodeOf(context) : null },
        details: { registry, limit: own ? "kubelet" : "registry" },
        evidence: failure.told.map((t) => t.evidence),
        edits: [
          {
            kind: "manual",
            title: own ? "Raise registryPullQPS, or start fewer pods at once" : `Log in to ${registry} with a pull secret, or pull through a mirror`,
          },
        ],
      },
    ];
  },
};
