/** What the causes about a claim have in common: the one fault of the claim, told in the words of each. */
import type { CauseContext, Edit, Finding } from "../../model/cause";
import type { Evidence } from "../../model/report";
import { hasSpec } from "../../model/view";
import { formatQuantity } from "../../scheduling/quantity";
import { objectEvidence } from "../evidence";
import { type ClaimFault, type FaultKind, claimFault } from "./claim-fault";
import type { Claim, Volume } from "./claims";

export interface Told {
  similar?: string | null;
  edits?: Edit[];
  args?: Record<string, string>;
  /** The object to touch where it is not the claim. */
  subject?: Finding["subject"];
}

/** The finding of one kind of fault; `tell` adds what only that cause knows. */
export function findFault(context: CauseContext, kind: FaultKind, tell: (fault: ClaimFault) => Told): Finding[] {
  const fault = claimFault(context);
  if (fault?.kind !== kind) return [];
  const told = tell(fault);
  const { claim, volume } = fault;
  const namespace = claim?.namespace ?? context.case.workload.namespace;
  return [
    {
      message: fault.variant,
      args: { ...argsOf(fault, context), ...told.args },
      confidence: fault.confidence,
      subject: { kind: "PersistentVolumeClaim", namespace, name: claim?.name ?? null, similar: told.similar ?? null, ...told.subject },
      details: {
        claim: claim?.name ?? null,
        volume: volume?.name ?? claim?.volumeName ?? null,
        class: fault.className,
        requested: claim?.size == null ? null : formatQuantity("storage", claim.size),
        available: volume?.size == null ? null : formatQuantity("storage", volume.size),
        accessModes: claim?.modes ?? [],
        volumeAccessModes: volume?.modes ?? [],
      },
      evidence: [...fault.evidence, ...objects(claim, volume)].slice(0, 5),
      edits: told.edits ?? [],
      next: [
        { why: "the claim and what the volume controller says of it", command: `kubectl -n ${namespace} describe pvc${claim ? ` ${claim.name}` : ""}` },
        { why: "the volumes and classes of the cluster", command: "kubectl get pv,storageclass" },
      ],
    },
  ];
}

function argsOf(fault: ClaimFault, context: CauseContext): Record<string, string> {
  const { claim, volume } = fault;
  return {
    claim: claim?.name ?? "of the pod",
    volume: volume?.name ?? claim?.volumeName ?? "the volume",
    class: fault.className ?? "none",
    holder: volume?.holder ?? "another claim",
    requested: claim?.size == null ? "what it asks for" : formatQuantity("storage", claim.size),
    available: volume?.size == null ? "less" : formatQuantity("storage", volume.size),
    modes: (claim?.modes ?? []).join(", ") || "its access mode",
    has: (volume?.modes ?? []).join(", ") || "others",
    said: fault.said && fault.said.length > 160 ? `${fault.said.slice(0, 159)}…` : (fault.said ?? ""),
    workload: context.case.workload.name,
    volumeClass: volume?.className || "none",
  };
}

function objects(claim: Claim | null, volume: Volume | null): Evidence[] {
  const list: Evidence[] = [];
  if (claim?.seen) {
    const parts = [
      claim.phase,
      claim.size === null ? null : formatQuantity("storage", claim.size),
      claim.modes?.join(","),
      claim.className === null ? null : `class ${claim.className || "none"}`,
    ];
    const selector = claim.seen.object.spec?.selector?.matchLabels;
    if (selector)
      parts.push(
        `selector ${Object.entries(selector)
          .map(([key, value]) => `${key}=${value}`)
          .join(",")}`,
      );
    list.push(objectEvidence(claim.seen.object, `claim ${claim.name}: ${parts.filter(Boolean).join(", ")}`, "spec"));
  }
  if (volume) {
    const parts = [
      volume.phase,
      volume.size === null ? null : formatQuantity("storage", volume.size),
      volume.modes?.join(","),
      `class ${volume.className || "none"}`,
    ];
    if (volume.holder) parts.push(`held by ${volume.holder}`);
    if (hasSpec(volume.seen) && claim?.seen?.object.spec?.selector)
      parts.push(
        `labels ${
          Object.entries(volume.seen.object.metadata.labels ?? {})
            .map(([key, value]) => `${key}=${value}`)
            .join(",") || "none"
        }`,
      );
    list.push(objectEvidence(volume.seen.object, `volume ${volume.name}: ${parts.filter(Boolean).join(", ")}`, "spec"));
  }
  return list;
}
