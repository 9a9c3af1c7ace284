/** image/unauthorized: the registry wants credentials that the pull does not bring, or grants them no access. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import { eventEvidence, objectEvidence, specEvidence } from "../../evidence";
import { whoOf } from "../../told";
import { type PullSecrets, isAmbiguous, pullSecrets, resolveAmbiguity } from "../ambiguity";
import { judgeEcr } from "../ecr";
import { usePullSecret } from "../image-edit";
import { type PullFailure, pullFailure } from "../pull-failure";
import { ecrOf } from "../reference";

/** These answer an anonymous pull of a missing repository as they answer one of a private repository. */
const hides = /^(?:ghcr\.io|quay\.io|(?:[a-z-]{1,30}\.)?gcr\.io|[a-z0-9-]{1,40}\.pkg\.dev)$/;

export const cause: Cause = {
  id: "image/unauthorized",
  title: "The registry refuses the pull",
  needs: ["status"],
  explains: ["app/exited-without-reason"],
  messages: {
    "pull-secret-missing": {
      title: "Pull secret {secret} does not exist",
      explanation: "Registry {registry} wants a login for {image}. The pod names pull secret {secret} for it, and the namespace has none of that name.",
    },
    "pull-secret-renamed": {
      title: "Pull secret {secret} does not exist",
      explanation: "Registry {registry} wants a login for {image}. The pod names pull secret {secret} for it; the namespace has {similar} instead.",
    },
    none: {
      title: "Registry {registry} wants a login for {image}",
      explanation:
        "{who} can not start: the registry refuses anonymous pulls of this image (or it does not exist), and neither the pod nor its ServiceAccount names a pull secret.",
    },
    "none-similar": {
      title: "Registry {registry} wants a login for {image}",
      explanation:
        "{who} can not start: the registry refuses anonymous pulls of this image, and the pod names no pull secret. The namespace has {similar}, which seems made for it.",
    },
    rejected: {
      title: "Registry {registry} rejects the login for {image}",
      explanation: "{who} can not start: credentials were sent and the registry rejected them ({secrets}). They are wrong, expired, or for another registry.",
    },
    forbidden: {
      title: "No permission to pull {image}",
      explanation: "{who} can not start: the registry knows who asks ({secrets}) and does not let them pull this repository.",
    },
    "token-expired": {
      title: "The registry token for {image} has expired",
      explanation:
        "{who} can not start: the login in {secrets} was valid for a limited time, which is over. It must be renewed, and whoever renews it has stopped.",
    },
    either: {
      title: "{image} is private, or does not exist",
      explanation: "{who} can not start: registry {registry} gives the same answer for a repository that may not be read and for one that does not exist.",
    },
    "ecr-node-role": {
      title: "Node may not pull {image} from ECR",
      explanation:
        "The node's role lacks the right to pull from ECR (ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer), or the kubelet has no ECR credential provider.",
    },
    "ecr-repository-policy": {
      title: "The ECR repository of {image} does not let this account pull",
      explanation:
        "The node has a valid ECR login and other repositories work; the policy of this repository does not grant the pull. Across accounts the repository's own policy must name the node's account.",
    },
    "ecr-account-or-region": {
      title: "{image} lies in another ECR account or region",
      explanation:
        "The node's login is for another account or region than {registry}. Check both in the image's name, or grant the node access to that registry.",
    },
    "ecr-expired-token": {
      title: "The ECR token in pull secret {secrets} has expired",
      explanation: "An ECR login in a pull secret is valid for 12 hours. Renew it on a schedule, or remove the pull secret and let the node's role pull.",
    },
  },
  wants(context) {
    const failure = pullFailure(context);
    if (!failure || (failure.class.cause !== "image/unauthorized" && !isAmbiguous(failure))) return [];
    const name = context.case.pods[0]?.pod.spec?.serviceAccountName ?? "default";
    const { namespace } = context.case.workload;
    return [{ target: { type: "get", kind: "ServiceAccount", namespace, name }, consequence: `pull secrets of ServiceAccount ${name} are not known` }];
  },
  find(context) {
    const failure = pullFailure(context);
    if (!failure) return [];
    if (isAmbiguous(failure)) {
      const { is, sure } = resolveAmbiguity(context, failure);
      return is === "missing" ? [] : [finding(context, failure, is === "either" ? "possible" : sure ? "certain" : "likely", is === "either")];
    }
    if (failure.class.cause !== "image/unauthorized") return [];
    const hidden = hides.test(failure.reference?.registry ?? "") && !pullSecrets(context, failure).listed.length;
    return [finding(context, failure, hidden ? "likely" : "certain", hidden)];
  },
};

function finding(context: CauseContext, failure: PullFailure, confidence: Finding["confidence"], either: boolean): Finding {
  const secrets = pullSecrets(context, failure);
  const registry = failure.reference?.registry ?? "";
  const ecr = ecrOf(registry) && !secrets.missing.length ? judgeEcr(context, failure, secrets.listed.length > 0) : null;
  const missing = secrets.missing[0] ?? null;
  return {
    message: messageOf(failure, secrets, either, ecr?.reason ?? null),
    args: {
      image: failure.image,
      registry,
      who: whoOf(context),
      secret: missing ?? "",
      secrets: secrets.listed.join(", ") || "the node's own",
      similar: secrets.similar ?? "",
    },
    confidence: ecr?.sure === false ? "likely" : confidence,
    subject: {
      image: failure.image,
      host: registry || null,
      kind: missing ? "Secret" : null,
      namespace: missing ? context.case.workload.namespace : null,
      name: missing,
      similar: secrets.similar,
    },
    details: {
      registry,
      pullSecret: missing ?? secrets.listed[0] ?? null,
      pullSecretExists: missing ? false : null,
      reason: ecr ? ecr.reason : failure.class.name,
    },
    evidence: evidenceOf(context, failure, secrets),
    edits: edits(context, secrets),
  };
}

function messageOf(failure: PullFailure, secrets: PullSecrets, either: boolean, ecr: string | null): string {
  if (secrets.missing.length) return secrets.similar ? "pull-secret-renamed" : "pull-secret-missing";
  if (either) return "either";
  if (ecr) return `ecr-${ecr}`;
  if (failure.classes.has("token-expired")) return "token-expired";
  if (failure.class.name === "forbidden") return "forbidden";
  if (secrets.listed.length) return "rejected";
  return secrets.similar ? "none-similar" : "none";
}

function evidenceOf(context: CauseContext, failure: PullFailure, secrets: PullSecrets): Finding["evidence"] {
  const event = context.seen.events.all.find((e) => e.reason === "FailedToRetrieveImagePullSecret");
  const other = secrets.similar ? context.view.get("Secret", context.case.workload.namespace, secrets.similar) : null;
  return [
    ...(event ? [eventEvidence(context, event)] : []),
    ...failure.told.slice(0, 2).map((t) => t.evidence),
    ...(secrets.listed.length ? [specEvidence(context, `imagePullSecrets: ${secrets.listed.join(", ")}`, "spec.imagePullSecrets")] : []),
    ...(other ? [objectEvidence(other.object, `Secret ${secrets.similar} exists`)] : []),
  ];
}

function edits(context: CauseContext, secrets: PullSecrets): Edit[] {
  const manual: Edit = {
    kind: "manual",
    title: secrets.missing.length
      ? `Create pull secret ${secrets.missing[0]} (kubectl create secret docker-registry)`
      : "Give the pod a pull secret that may read this repository",
  };
  return secrets.similar ? [usePullSecret(context.case, secrets.missing[0] ?? null, secrets.similar), manual] : [manual];
}
