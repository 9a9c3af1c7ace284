/** config/key-not-found: the Secret or ConfigMap is there, the key that the pod asks for is not in it. */
import type { Cause, CauseContext, Finding } from "../../../model/cause";
import type { Reference } from "../../../model/observation";
import type { Evidence } from "../../../model/report";
import { objectEvidence } from "../../evidence";
import { isNotStarted, whoOf } from "../../told";
import { askedBy, missingTexts, referenceEvidence } from "../missing";
import { repointKey } from "../repoint";

type Kind = "Secret" | "ConfigMap";
/** Sources: kubelet_pods.go makeEnvironmentVariables; volume/secret/secret.go and volume/configmap/configmap.go MakePayload. */
const ofEnv = /couldn't find key (\S{1,253}) in (ConfigMap|Secret) (?:[^/\s]{1,63})\/([^\s:,]{1,253})/;
const ofVolume = /references non-existent (secret|config) key: (\S{1,253})/;
const volumeName = /for volume "([^"]{1,253})"/;

export const cause: Cause = {
  id: "config/key-not-found",
  title: "A Secret or ConfigMap lacks a key that the pod needs",
  needs: ["status"],
  explains: ["app/exited-without-reason", "storage/mount-failed", "killed/unattributed"],
  messages: {
    similar: {
      title: "{kind} {name} has no key {key}",
      explanation:
        "{who} needs that key for {asked}. The {kind} has a key {similar}: it was probably renamed, or the reference is misspelt. The container is not started until the key is found.",
    },
    missing: {
      title: "{kind} {name} has no key {key}",
      explanation: "{who} needs that key for {asked}. The {kind} is there, the key is not in it{has}. The container is not started until it is.",
    },
  },
  find(context) {
    for (const { text, evidence } of missingTexts(context)) {
      const env = ofEnv.exec(text);
      if (env) return [finding(context, env[2] as Kind, env[3]!, env[1]!, referenceTo(context, env[2] as Kind, env[1]!, env[3]!, null), [evidence])];
      const volume = ofVolume.exec(text);
      if (!volume) continue;
      const kind: Kind = volume[1] === "secret" ? "Secret" : "ConfigMap";
      const reference = referenceTo(context, kind, volume[2]!, null, volumeName.exec(text)?.[1] ?? null);
      return [finding(context, kind, reference?.name ?? null, volume[2]!, reference, [evidence])];
    }
    const stuck = context.seen.status.waiting?.reason === "CreateContainerConfigError";
    const absent = context.seen.config.references.find(
      (r) => !r.optional && r.object !== "no" && r.keyExists === "no" && (r.via === "env" ? stuck : isNotStarted(context)),
    );
    return absent ? [finding(context, absent.kind as Kind, absent.name, absent.key!, absent, [])] : [];
  },
};

function referenceTo(context: CauseContext, kind: Kind, key: string, name: string | null, volume: string | null): Reference | undefined {
  const ofKind = context.seen.config.references.filter((r) => r.kind === kind && (!name || r.name === name));
  const candidates = ofKind.filter((r) => r.key === key);
  // kubectl describe names the object of a volume and not the keys that the volume takes from it.
  return candidates.find((r) => volume && r.as === volume) ?? candidates[0] ?? ofKind.find((r) => volume && r.key === null && r.as === volume);
}

function finding(context: CauseContext, kind: Kind, name: string | null, key: string, reference: Reference | undefined, told: Evidence[]): Finding {
  const namespace = context.case.workload.namespace;
  const object = name ? context.view.get(kind, namespace, name) : null;
  const similar = reference?.similarKeys[0] ?? null;
  const has = object?.keys?.length ? object.keys.slice(0, 8).join(", ") : "";
  const repoint = similar && name ? repointKey(context.case, kind, name, key, similar) : null;
  return {
    message: similar ? "similar" : "missing",
    args: {
      kind,
      name: name ?? "of the volume",
      key,
      who: whoOf(context),
      asked: askedBy(reference),
      similar: similar ?? "",
      has: has ? ` (it has ${has})` : "",
    },
    confidence: object?.keys?.includes(key) ? "possible" : "certain",
    subject: { kind, namespace, name, key, env: reference?.env ?? null, similar },
    details: { via: reference?.via ?? null, keys: object?.keys?.slice(0, 20) ?? null },
    evidence: [
      ...told,
      ...(reference ? [referenceEvidence(context, reference)] : []),
      ...(object && has ? [objectEvidence(object.object, `${kind} ${name} has ${has}`)] : []),
    ],
    edits: [...(repoint ? [repoint] : []), { kind: "manual", title: `Add key ${key} to ${kind} ${name ?? ""}`.trim() }],
  };
}
