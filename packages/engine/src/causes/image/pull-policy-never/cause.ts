/** image/pull-policy-never: the node does not have the image and may not pull it. */
import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { specEvidence, statusEvidence } from "../../evidence";
import { containerIn, templateOf } from "../../template";
import { imageOf, nodeOf, whoOf } from "../../told";
import { pullFailureOf } from "../pull-failure";

export const cause: Cause = {
  id: "image/pull-policy-never",
  title: "The node may not pull the image",
  needs: ["status"],
  explains: ["image/not-found", "app/exited-without-reason"],
  messages: {
    never: {
      title: "Image {image} is not on the node, and pulling is forbidden",
      explanation:
        "{who} can not start: imagePullPolicy is Never and node {node} does not have the image (or, since Kubernetes 1.33, has it and the pod's credentials may not use it). Load it on every node, or let it be pulled.",
    },
  },
  find(context) {
    const failure = pullFailureOf(context, "never");
    if (!failure && context.seen.status.waiting?.reason !== "ErrImageNeverPull") return [];
    const image = failure?.image || imageOf(context);
    return [
      {
        message: "never",
        args: { image: image ?? "", who: whoOf(context), node: nodeOf(context) ?? "of the pod" },
        confidence: "certain",
        subject: { image, node: nodeOf(context) },
        details: { imagePullPolicy: "Never" },
        evidence: [
          ...(failure?.told.map((t) => t.evidence) ?? [statusEvidence(context, "ErrImageNeverPull", "state.waiting.reason")]),
          specEvidence(context, "imagePullPolicy: Never", `spec.containers[${context.case.container?.name ?? ""}].imagePullPolicy`),
        ],
        edits: edits(context),
      },
    ];
  },
};

function edits(context: CauseContext): Edit[] {
  const template = templateOf(context.case);
  const found = template && containerIn(template, context.case.container?.name);
  if (found?.container.imagePullPolicy !== "Never") return [{ kind: "manual", title: "Set imagePullPolicy: IfNotPresent" }];
  const path = `${found.pointer}/imagePullPolicy`;
  return [
    {
      kind: "patch",
      title: "Let the node pull the image",
      target: template!.target,
      patch: [
        { op: "test", path, value: "Never" },
        { op: "replace", path, value: "IfNotPresent" },
      ],
      risk: "restart",
    },
  ];
}
