/** What the kubelet says is missing, and which reference of the pod asked for it. */
import type { CauseContext, Finding } from "../../model/cause";
import type { Reference } from "../../model/observation";
import type { Evidence } from "../../model/report";
import { objectEvidence, specEvidence } from "../evidence";
import { type Told, isNotStarted, toldBy, fromEvent, whoOf } from "../told";
import { repointName } from "./repoint";
import { oncePerCase } from "../once";

type Kind = "Secret" | "ConfigMap";

function readMissingTexts(context: CauseContext): Told[] {
  const ofEnv = toldBy(context, { waiting: ["CreateContainerConfigError", "CreateContainerError"], terminated: [], events: ["Failed"] });
  const ofVolumes = isNotStarted(context) ? context.seen.events.all.filter((e) => e.reason === "FailedMount").map((e) => fromEvent(context, e)) : [];
  return [...ofEnv, ...ofVolumes];
}
/** Texts about env (status, `Failed` events) and about volumes (`FailedMount` events), as far as they are of now. */
export const missingTexts = oncePerCase(readMissingTexts);

/** Sources: API NotFound through kubelet_pods.go makeEnvironmentVariables; volume/{secret,configmap,projected} SetUpAt. */
const notFound = { Secret: /\bsecrets? "([^"]{1,253})" not found/, ConfigMap: /\bconfigmaps? "([^"]{1,253})" not found/ };
const ofVolume = /for volume "([^"]{1,253})"/;

export function references(context: CauseContext, kind: Kind): Reference[] {
  return context.seen.config.references.filter((r) => r.kind === kind && r.via !== "imagePullSecret" && !r.optional);
}

/** Who in the pod asks: `env BROKER_KEY`, `envFrom`, `volume certs`. */
export function askedBy(reference: Reference | undefined): string {
  if (!reference) return "it";
  if (reference.via === "env") return `variable ${reference.env}`;
  return reference.via === "envFrom" ? "its environment (envFrom)" : `volume ${reference.as}`;
}

export function referenceEvidence(context: CauseContext, reference: Reference): Evidence {
  const what = `${askedBy(reference)} refers to ${reference.kind} ${reference.name}${reference.key ? `, key ${reference.key}` : ""}`;
  return specEvidence(context, what, reference.path);
}

/** Findings about a whole object that is not there. */
export function findMissing(context: CauseContext, kind: Kind): Finding[] {
  const asked = references(context, kind);
  const told = missingTexts(context).flatMap((text) => {
    const name = notFound[kind].exec(text.text)?.[1];
    return name ? [{ ...text, name, volume: ofVolume.exec(text.text)?.[1] ?? null }] : [];
  });
  const names = [...new Set(told.map((t) => t.name))].slice(0, 3);
  const findings = names.map((name) => {
    const texts = told.filter((t) => t.name === name);
    const reference = asked.find((r) => r.name === name && (!texts[0]!.volume || r.as === texts[0]!.volume)) ?? asked.find((r) => r.name === name);
    const appeared = context.view.get(kind, context.case.workload.namespace, name) !== null;
    return finding(context, kind, name, reference, [texts[0]!.evidence], appeared ? "possible" : "certain");
  });
  if (findings.length) return findings;
  const stuck = context.seen.status.waiting?.reason === "CreateContainerConfigError";
  const volumesStuck = isNotStarted(context) && context.case.scope !== "workload";
  const absent = asked.filter((r) => r.object === "no" && (r.via === "env" || r.via === "envFrom" ? stuck : volumesStuck));
  return absent.slice(0, 1).map((r) => finding(context, kind, r.name, r, [], absent.length === 1 ? "certain" : "likely"));
}

function finding(
  context: CauseContext,
  kind: Kind,
  name: string,
  reference: Reference | undefined,
  told: Evidence[],
  confidence: Finding["confidence"],
): Finding {
  const namespace = context.case.workload.namespace;
  const similar = reference?.similar[0] ?? null;
  const other = similar ? context.view.get(kind, namespace, similar) : null;
  const keyThere = reference?.key && other?.keys ? other.keys.includes(reference.key) : null;
  const evidence = [...told, ...(reference ? [referenceEvidence(context, reference)] : [])];
  if (other) evidence.push(objectEvidence(other.object, `${kind} ${similar} exists${keyThere ? ` and has key ${reference!.key}` : ""}`));
  const repoint = similar && keyThere !== false ? repointName(context.case, kind, name, similar) : null;
  const keys = reference?.key ? ` with key ${reference.key}` : "";
  return {
    message: similar ? "renamed" : "missing",
    args: {
      name,
      who: whoOf(context),
      asked: askedBy(reference),
      key: reference?.key ? `its key ${reference.key}` : "it",
      similar: similar ?? "",
      withKey: keyThere ? " with that key" : "",
      namespace,
    },
    confidence,
    subject: { kind, namespace, name, key: reference?.key ?? null, env: reference?.env ?? null, path: null, similar },
    details: { via: reference?.via ?? null, volume: reference && reference.via !== "env" && reference.via !== "envFrom" ? reference.as : null },
    evidence,
    edits: [...(repoint ? [repoint] : []), { kind: "manual", title: `Create ${kind} ${name}${keys} in ${namespace || "the namespace"}` }],
  };
}
