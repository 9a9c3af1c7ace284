/** Why a pending pod's claim has no volume: the one field that does not fit. */
import type { CauseContext } from "../../model/cause";
import type { SeenEvent } from "../../model/observation";
import type { Confidence, Evidence } from "../../model/report";
import { eventEvidence } from "../evidence";
import { judge } from "../scheduling/judge";
import { pendingPod } from "../scheduling/pending";
import { type Claim, type ClassState, type Volume, claimOf, claimsOfPod, classOf, volumes } from "./claims";
import { type Misfit, misfits } from "./volume-fit";
import { oncePerCase } from "../once";

export type FaultKind =
  | "claim-not-found"
  | "class-not-found"
  | "claim-unbound"
  | "access-mode-mismatch"
  | "capacity-mismatch"
  | "selector-mismatch"
  | "volume-already-bound";
export interface ClaimFault {
  kind: FaultKind;
  confidence: Confidence;
  /** null where the scheduler named none and none was seen. */
  claim: Claim | null;
  volume: Volume | null;
  className: string | null;
  /** Which variant, for the messages of the cause. */
  variant: string;
  /** The words of a provisioner or of the volume controller. */
  said: string | null;
  evidence: Evidence[];
}

const answered = new WeakMap<object, { context: CauseContext; fault: ClaimFault | null }>();
function readClaimFault(context: CauseContext): ClaimFault | null {
  const before = answered.get(context.case);
  if (before?.context.view === context.view && before.context.seen === context.seen) return before.fault;
  const fault = find(context);
  answered.set(context.case, { context, fault });
  return fault;
}
export const claimFault = oncePerCase(readClaimFault);

function find(context: CauseContext): ClaimFault | null {
  const pending = pendingPod(context);
  if (!pending) return null;
  const witness = pending.witness ? [pending.witness] : [];
  const decided = judge(context)?.decisions[0];
  if (pending.message && decided?.obstruction !== "volume") return null;
  const reason = decided?.reason;
  if (reason && (reason.predicate === "volume-in-use" || reason.predicate === "volume-count")) return null;
  const base = { claim: null, volume: null, className: null, said: null, evidence: witness, confidence: "certain" as const };
  if (reason?.name && /not found|being deleted/.test(reason.text)) {
    const claim = claimOf(context, pending.pod.metadata.namespace ?? context.case.workload.namespace, reason.name);
    // A claim that is there by now was made after the scheduler looked.
    if (claim.seen && !/deleted/.test(reason.text)) return null;
    return { ...base, kind: "claim-not-found", claim, variant: /deleted/.test(reason.text) ? "deleting" : "missing" };
  }
  const claims = claimsOfPod(context);
  const absent = claims.find((claim) => !claim.seen && context.view.absent("PersistentVolumeClaim", claim.namespace, claim.name) === "yes");
  if (absent && !pending.message) return { ...base, kind: "claim-not-found", claim: absent, variant: "missing", confidence: "likely" };
  const waiting = claims.find((claim) => claim.seen && claim.phase !== null && claim.phase !== "Bound") ?? claims.find((claim) => reason?.name === claim.name);
  if (waiting?.seen) return judgeClaim(context, waiting, witness);
  if (!pending.message) return null;
  const named = claims.find((claim) => !claim.seen) ?? null;
  return { ...base, kind: "claim-unbound", claim: named, variant: /non-?existent/.test(reason?.text ?? "") ? "lost" : "told", confidence: "likely" };
}

function judgeClaim(context: CauseContext, claim: Claim, witness: Evidence[]): ClaimFault | null {
  const all = volumes(context);
  const said = claim.events.find((event) => event.type === "Warning" || event.reason === "FailedBinding" || event.reason === "ExternalProvisioning");
  const state = claim.className ? classOf(context, claim.className) : null;
  const evidence = [...(said ? [eventEvidence(context, said)] : []), ...witness];
  const base = { claim, volume: null, className: claim.className || null, said: said?.message ?? null, evidence, confidence: "certain" as const };
  if (claim.phase === "Lost") return { ...base, kind: "claim-unbound", variant: "lost" };
  if (claim.volumeName) return preBound(context, claim, all, said, base);
  const missing = isClassMissing(state, said);
  // A class may be no object at all, just a name that claim and volumes share.
  const own = all.filter((volume) => volume.className === (claim.className ?? "") && !isTaken(claim, volume));
  const provisions = state?.provisioner && state.provisioner !== "kubernetes.io/no-provisioner";
  if (own.length && !provisions) {
    const best = nearest(claim, own);
    if (best) return ofMisfit(base, best, own.length);
  }
  const free = own.find((volume) => volume.phase === "Available");
  // What describe and tables leave out (size and modes of a waiting claim) must be what differs.
  if (free && !provisions) return { ...base, kind: "claim-unbound", variant: "unfit", volume: free, confidence: "likely" };
  if (missing && !own.length)
    return { ...base, kind: "class-not-found", variant: "missing", confidence: said || state?.exists === "no" ? "certain" : "likely" };
  return { ...base, kind: "claim-unbound", ...unboundVariant(claim, state, said, all) };
}

/** Volumes without a class that claims of other namespaces have say nothing about this claim. */
function isTaken(claim: Claim, volume: Volume): boolean {
  return volume.className === "" && volume.holder !== null && !volume.holder.startsWith(`${claim.namespace}/`);
}

function isClassMissing(state: ClassState | null, said: SeenEvent | undefined): boolean {
  if (!state || state.exists === "yes") return false;
  return state.exists === "no" || /storageclass\S* "[^"]{1,253}" not found/.test(said?.message ?? "");
}

type Base = Omit<ClaimFault, "kind" | "variant">;

/** The claim names its volume: only that one counts. */
function preBound(context: CauseContext, claim: Claim, all: Volume[], said: SeenEvent | undefined, base: Base): ClaimFault | null {
  const volume = all.find((one) => one.name === claim.volumeName) ?? null;
  const text = said?.message ?? "";
  if (/already bound to a different claim/.test(text)) return { ...base, kind: "volume-already-bound", volume, variant: "named" };
  if (!volume) {
    const gone = context.view.absent("PersistentVolume", null, claim.volumeName!) === "yes";
    return { ...base, kind: "claim-unbound", variant: gone ? "volume-missing" : "told", confidence: gone ? "certain" : "likely" };
  }
  const all1 = misfits(claim, volume);
  const first = all1[0];
  if (first) return ofMisfit(base, { volume, misfits: all1 }, 1);
  if (/too small/.test(text)) return { ...base, kind: "capacity-mismatch", volume, variant: "size" };
  if (/access ?modes?/i.test(text)) return { ...base, kind: "access-mode-mismatch", volume, variant: "modes" };
  return { ...base, kind: "claim-unbound", volume, variant: said ? "said" : "told", confidence: said ? "certain" : "likely" };
}

interface Near {
  volume: Volume;
  misfits: Misfit[];
}
function nearest(claim: Claim, candidates: Volume[]): Near | null {
  const judged = candidates.map((volume) => ({ volume, misfits: misfits(claim, volume) }));
  // A free volume is nearer than one that somebody has, however many fields differ.
  const held = (near: Near): number => Number(near.misfits.some((one) => one === "held"));
  judged.sort((a, b) => a.misfits.length - b.misfits.length || held(a) - held(b) || (a.volume.name < b.volume.name ? -1 : 1));
  const best = judged[0] ?? null;
  return best?.misfits.length ? best : null;
}

const kinds: Record<Misfit, FaultKind> = {
  modes: "access-mode-mismatch",
  size: "capacity-mismatch",
  selector: "selector-mismatch",
  held: "volume-already-bound",
  class: "claim-unbound",
  mode: "claim-unbound",
};
function ofMisfit(base: Base, { volume, misfits: found }: Near, candidates: number): ClaimFault {
  const first = found[0]!;
  const confidence: Confidence = found.length === 1 ? "certain" : "likely";
  return { ...base, kind: kinds[first], volume, variant: first === "held" ? (candidates === 1 ? "kept" : "all") : first, confidence };
}

function unboundVariant(
  claim: Claim,
  state: ClassState | null,
  said: SeenEvent | undefined,
  all: Volume[],
): { variant: string; volume: Volume | null; confidence: Confidence } {
  const other = all.find((volume) => volume.className !== claim.className && misfits(claim, volume).every((one) => one === "class")) ?? null;
  const provisions = state?.provisioner && state.provisioner !== "kubernetes.io/no-provisioner";
  if (other && !provisions) return { variant: "class", volume: other, confidence: "certain" };
  if (said?.reason === "ProvisioningFailed") return { variant: "said", volume: null, confidence: "certain" };
  if (said?.reason === "ExternalProvisioning" || provisions) return { variant: "provisioner", volume: null, confidence: said || state ? "certain" : "likely" };
  if (!claim.className) return { variant: "no-class", volume: null, confidence: "certain" };
  if (state?.provisioner) return { variant: "no-provisioner", volume: null, confidence: "certain" };
  return { variant: "told", volume: null, confidence: "likely" };
}
