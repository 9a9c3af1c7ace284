import type { Cause, CauseContext, Finding } from "../../../model/cause";
import type { Node, PersistentVolume } from "../../../model/kubernetes";
import type { Evidence } from "../../../model/report";
import { objectEvidence, specEvidence } from "../../evidence";
import { type Judged, judge } from "../../scheduling/judge";
import { claimsOfPod, classOf } from "../claims";
import { storageWants } from "../wants";

export const cause: Cause = {
  id: "storage/zone-conflict",
  title: "The pod's volume can only be used where the pod can not run",
  needs: ["status"],
  explains: ["storage/claim-unbound"],
  messages: {
    volume: {
      title: "Volume {volume} of claim {claim} can only be used in {where}, and the pod can not run there",
      explanation:
        "The volume is tied to {where}. {why} Let the pod run there (its selector, a node in that zone), or move the data to a volume where it does.",
    },
    class: {
      title: "Class {class} makes volumes only in {where}, and no node there takes the pod",
      explanation: "The class of claim {claim} allows {where} only. {why} Add room there, or use a class that serves the zone of the free nodes.",
    },
    told: {
      title: "The nodes that would take the pod can not use its volume{claim}",
      explanation: "The scheduler says that the pod's volume is tied to other nodes or another zone than those that would take the pod.",
    },
  },
  wants: (context) => [
    ...storageWants(context),
    ...(storageWants(context).length
      ? [
          {
            target: { type: "list" as const, kind: "Node", namespace: "*" as const, fidelity: "full" as const },
            consequence: "in which zones the nodes are is not known",
          },
        ]
      : []),
  ],
  find(context) {
    const result = judge(context);
    const decision = result?.decisions[0];
    if (!result || !decision) return [];
    if (decision.obstruction === "volume-node") return [ofVolume(context, result)];
    return decision.reason?.predicate === "volume-binding" ? ofClass(context, result) : [];
  },
};

function ofVolume(context: CauseContext, { pending, decisions }: Judged): Finding {
  const decision = decisions[0]!;
  const obstacle = decision.fits.flatMap((fit) => fit.obstacles.flatMap((one) => (one.predicate === "volume-node" ? [one.volume] : [])))[0];
  const claims = claimsOfPod(context);
  const claim = claims.find((one) => obstacle && one.volumeName === obstacle) ?? (claims.length === 1 ? claims[0]! : null);
  const name = obstacle ?? claim?.volumeName ?? null;
  const volume = (name && context.view.get("PersistentVolume", null, name)?.object) || null;
  const where = volume ? placeOf(volume) : null;
  const evidence: Evidence[] = pending.witness ? [pending.witness] : [];
  if (volume && where) evidence.push(objectEvidence(volume, `volume ${name}: node affinity ${where}`, "spec.nodeAffinity"));
  const selector = Object.entries(pending.pod.spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`);
  if (selector.length) evidence.push(specEvidence(context, `nodeSelector: ${selector.join(", ")}`, "spec.nodeSelector"));
  const namespace = pending.pod.metadata.namespace ?? null;
  return {
    message: where ? "volume" : "told",
    args: {
      volume: name ?? "",
      claim: where ? (claim?.name ?? "the pod") : claim ? ` (claim ${claim.name})` : "",
      where: where ?? "",
      why: selector.length ? `The pod's nodeSelector wants ${selector.join(", ")}.` : zonesOf(pending.world.nodes),
    },
    confidence: decision.confidence,
    subject: name ? { kind: "PersistentVolume", name, key: claim?.name ?? null } : { kind: "PersistentVolumeClaim", namespace, name: claim?.name ?? null },
    details: { volume: name, claim: claim?.name ?? null, where, nodes: pending.message?.nodes ?? null },
    evidence,
    next: [{ why: "where the volume may be used", command: `kubectl get pv ${name ?? ""} -o jsonpath='{.spec.nodeAffinity}'` }],
  };
}

/** A class that only serves some zones, while the claim waits for its first pod. */
function ofClass(context: CauseContext, { pending }: Judged): Finding[] {
  for (const claim of claimsOfPod(context)) {
    if (!claim.className || claim.phase === "Bound") continue;
    const { object } = classOf(context, claim.className);
    const allowed = object?.allowedTopologies?.flatMap((one) => one.matchLabelExpressions ?? []) ?? [];
    if (!object || !allowed.length) continue;
    const where = allowed.map((one) => `${one.key} in ${(one.values ?? []).join(", ")}`).join(" and ");
    return [
      {
        message: "class",
        args: { class: claim.className, where, claim: claim.name, why: zonesOf(pending.world.nodes) },
        confidence: "likely",
        subject: { kind: "StorageClass", name: claim.className, key: claim.name },
        details: { class: claim.className, claim: claim.name, where, volume: null },
        evidence: [
          ...(pending.witness ? [pending.witness] : []),
          objectEvidence({ ...object, kind: "StorageClass" }, `class ${claim.className}: allowedTopologies ${where}`, "allowedTopologies"),
        ],
      },
    ];
  }
  return [];
}

function placeOf(volume: PersistentVolume): string | null {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const text = terms
    .map((term) => (term.matchExpressions ?? []).map((one) => `${one.key} ${one.operator} ${(one.values ?? []).join(", ")}`).join(" and "))
    .join(" or ");
  const zone = volume.metadata.labels?.["topology.kubernetes.io/zone"] ?? volume.metadata.labels?.["failure-domain.beta.kubernetes.io/zone"];
  return text || (zone ? `zone ${zone}` : null);
}
function zonesOf(nodes: Node[]): string {
  const zones = [...new Set(nodes.flatMap((node) => node.metadata.labels?.["topology.kubernetes.io/zone"] ?? []))].sort();
  return zones.length ? `The nodes are in ${zones.join(", ")}.` : "";
}
