/** Registries answer alike for a private and for a missing repository; what else was seen may tell which it is. */
import type { CauseContext } from "../../model/cause";
import type { PullFailure } from "./pull-failure";
import { parseImage } from "./reference";
import { similarImage } from "./seen-images";

export interface PullSecrets {
  /** Names that the pod lists. */
  listed: string[];
  /** Of those, the ones that do not exist. */
  missing: string[];
  /** A secret that was probably meant, or that others use for the same registry. */
  similar: string | null;
}

/** `Unable to retrieve some image pull secrets (a, b); …`: kubelet 1.28+. */
const unretrieved = /Unable to retrieve some image pull secrets \(([^)]{1,1000})\)/;

export function pullSecrets(context: CauseContext, failure: PullFailure): PullSecrets {
  const pod = context.case.pods[0]?.pod;
  const references = context.seen.config.references.filter((r) => r.via === "imagePullSecret");
  const account = context.view.get("ServiceAccount", context.case.workload.namespace, pod?.spec?.serviceAccountName ?? "default")?.object as
    | { imagePullSecrets?: { name?: string }[] }
    | undefined;
  const names = [
    ...references.map((r) => r.name),
    ...(pod?.spec?.imagePullSecrets ?? []).map((s) => s.name ?? ""),
    ...(account?.imagePullSecrets ?? []).map((s) => s.name ?? ""),
  ];
  const event = context.seen.events.all.find((e) => e.reason === "FailedToRetrieveImagePullSecret");
  const told = (event && unretrieved.exec(event.message)?.[1]?.split(/,\s*/)) ?? [];
  const missing = [...new Set([...told, ...references.filter((r) => r.object === "no").map((r) => r.name)])].filter(Boolean);
  const similar = references.find((r) => missing.includes(r.name))?.similar[0] ?? secretOfOthers(context, failure) ?? unusedPullSecret(context, names);
  return { listed: [...new Set([...names, ...told])].filter(Boolean), missing, similar: similar && !missing.includes(similar) ? similar : null };
}

/** A pull secret with which another pod of the namespace uses the same registry. */
function secretOfOthers(context: CauseContext, failure: PullFailure): string | null {
  const wanted = failure.reference?.registry;
  for (const { object } of context.view.list("Pod", context.case.workload.namespace)) {
    const secret = object.spec?.imagePullSecrets?.[0]?.name;
    if (!secret || object.metadata.name === context.case.pods[0]?.pod.metadata.name) continue;
    const ran = (object.status?.containerStatuses ?? []).filter((s) => s.imageID).map((s) => s.name);
    if (object.spec?.containers?.some((c) => ran.includes(c.name) && parseImage(c.image ?? "")?.registry === wanted)) return secret;
  }
  return null;
}
/** The only Secret of type dockerconfigjson, where the pod lists none. */
function unusedPullSecret(context: CauseContext, listed: string[]): string | null {
  const found = context.view
    .list("Secret", context.case.workload.namespace)
    .filter((s) => `${s.row?.TYPE ?? ""}${(s.object as { type?: string }).type ?? ""}`.includes("dockerconfigjson"))
    .map((s) => s.object.metadata.name ?? "")
    .filter((name) => name && !listed.includes(name));
  return found.length === 1 ? found[0]! : null;
}

/** containerd names the registry that a mirror stands for with `ns`. */
const throughMirror = /https?:\/\/([^\s/:"]{1,253})(?::\d{1,5})?\/[^\s"]{0,600}\?ns=([^\s":&]{1,253})/;

/** True where the answer does not tell private from missing: the registry's own ambiguous words, or a mirror's refusal. */
export function isAmbiguous(failure: PullFailure): boolean {
  const mirror = throughMirror.exec(failure.text);
  return failure.class.name === "ambiguous" || (["forbidden", "rejected"].includes(failure.class.name) && mirror !== null && mirror[1] !== mirror[2]);
}

/** Whether a repository that answers ambiguously is private or missing. */
export function resolveAmbiguity(context: CauseContext, failure: PullFailure): { is: "private" | "missing" | "either"; sure: boolean } {
  const secrets = pullSecrets(context, failure);
  const mirrored = failure.class.name !== "ambiguous";
  if (!mirrored && ["rejected", "no-credentials", "forbidden", "token-expired"].some((c) => failure.classes.has(c))) return { is: "private", sure: true };
  if (secrets.missing.length) return { is: "private", sure: true };
  const reference = failure.reference;
  // Official images of Docker Hub are all public.
  if (reference?.registry === "docker.io" && reference.repository.startsWith("library/")) return { is: "missing", sure: !mirrored };
  if (runsWithSecret(context, failure)) return { is: "private", sure: true };
  const similar = similarImage(context, failure.image);
  if (similar && !similar.sameRepository) return { is: "missing", sure: false };
  if (secrets.listed.length === 0 && secrets.similar) return { is: "private", sure: false };
  return { is: "either", sure: false };
}
function runsWithSecret(context: CauseContext, failure: PullFailure): boolean {
  return context.view
    .list("Pod")
    .some(
      ({ object }) =>
        object.spec?.imagePullSecrets?.length &&
        object.status?.phase === "Running" &&
        object.spec.containers?.some(
          (c) =>
            parseImage(c.image ?? "")?.repository === failure.reference?.repository &&
            parseImage(c.image ?? "")?.registry === failure.reference?.registry &&
            c.image !== undefined &&
            object.metadata.name !== context.case.pods[0]?.pod.metadata.name,
        ),
    );
}
