/** start/run-as-non-root: the container must not run as root and its image would, or the user can not be told. */
import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { containerIn, templateOf } from "../../template";
import { imageOf, whoOf } from "../../told";
import { startFailureOf } from "../start-failure";

const id = "start/run-as-non-root";
/** Any number but 0 satisfies runAsNonRoot; this one is the first that Linux distributions give to people. */
const ordinaryUser = 1000;

export const cause: Cause = {
  id,
  title: "The container would run as root and must not",
  needs: ["status"],
  explains: ["app/exited-without-reason", "killed/unattributed"],
  messages: {
    root: {
      title: "Image {image} runs as root and runAsNonRoot forbids it",
      explanation:
        "The kubelet does not create container {container}: its image names no user, so it would run as root. Set runAsUser to a number, or use an image with a numeric USER.",
    },
    "user-zero": {
      title: "runAsUser 0 contradicts runAsNonRoot",
      explanation: "The kubelet does not create container {container}: it is told to run as root (0) and not to run as root at once.",
    },
    name: {
      title: "Image {image} names its user: {user}; runAsNonRoot needs a number",
      explanation:
        "The kubelet does not create container {container}: it can not tell whether user {user} is root without looking into the image. Set runAsUser to that user's number.",
    },
    "out-of-range": {
      title: "User id {user} of image {image} is not allowed",
      explanation: "The kubelet does not create container {container}: the image's user id is outside of what Linux knows.",
    },
    unknown: {
      title: "Image {image} has no user {user}",
      explanation: "{who} never started: it is to run as {user}, and the image's /etc/passwd has no such name. Use a number, or a name that the image knows.",
    },
  },
  find(context) {
    const failure = startFailureOf(context, id);
    if (!failure) return [];
    const message =
      failure.pattern === "root although it must not be"
        ? "root"
        : failure.pattern === "runAsUser 0 beside runAsNonRoot"
          ? "user-zero"
          : failure.pattern === "user of the image is a name"
            ? "name"
            : failure.pattern === "user id out of range"
              ? "out-of-range"
              : "unknown";
    const container = context.case.container?.name ?? /container: ([\w.-]{1,253})\)/.exec(failure.text)?.[1] ?? "";
    const where = demandedBy(context);
    return [
      {
        message,
        args: { image: imageOf(context) ?? "of the container", container, user: failure.named ?? "", who: whoOf(context) },
        confidence: "certain",
        subject: { name: message === "root" || message === "user-zero" ? "0" : failure.named, image: imageOf(context) },
        details: { user: message === "root" || message === "user-zero" ? "0" : failure.named },
        evidence: [failure.evidence, ...(where ? [specEvidence(context, "runAsNonRoot: true", where)] : [])],
        edits: edits(context, message, failure.named),
      },
    ];
  },
};

function demandedBy(context: CauseContext): string | null {
  const pod = context.case.pods[0];
  if (pod?.spec?.securityContext?.runAsNonRoot) return `spec.containers[${pod.spec.name}].securityContext.runAsNonRoot`;
  return pod?.pod.spec?.securityContext?.runAsNonRoot ? "spec.securityContext.runAsNonRoot" : null;
}

function edits(context: CauseContext, message: string, user: string | null): Edit[] {
  if (message !== "root" && message !== "user-zero")
    return [
      {
        kind: "manual",
        title: `Set securityContext.runAsUser to the number of ${user ?? "the image's user"}`,
        note: `docker run --rm --entrypoint id ${imageOf(context) ?? "IMAGE"}`,
      },
    ];
  const template = templateOf(context.case);
  const found = template && containerIn(template, context.case.container?.name);
  if (!found) return [{ kind: "manual", title: `Set securityContext.runAsUser: ${ordinaryUser}` }];
  const own = found.container.securityContext;
  const ofPod = template.spec.securityContext;
  const patch =
    own?.runAsUser === 0
      ? replaceUser(`${found.pointer}/securityContext`)
      : own
        ? [{ op: "add" as const, path: `${found.pointer}/securityContext/runAsUser`, value: ordinaryUser }]
        : ofPod?.runAsUser === 0
          ? replaceUser(`${template.pointer}/securityContext`)
          : [{ op: "add" as const, path: `${found.pointer}/securityContext`, value: { runAsUser: ordinaryUser } }];
  return [
    {
      kind: "patch",
      title: `Run as user ${ordinaryUser}`,
      target: template.target,
      patch,
      risk: "restart",
      note: "any number but 0 will do; what the program writes to must belong to it",
    },
  ];
}
function replaceUser(at: string) {
  return [
    { op: "test" as const, path: `${at}/runAsUser`, value: 0 },
    { op: "replace" as const, path: `${at}/runAsUser`, value: ordinaryUser },
  ];
}
