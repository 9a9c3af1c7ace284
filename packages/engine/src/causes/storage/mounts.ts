/** What kubelet and attach controller said about a volume that they could not give to a pod. */
import type { CauseContext } from "../../model/cause";
import type { Volume as PodVolume } from "../../model/kubernetes";
import type { SeenEvent } from "../../model/observation";
import { isNotStarted } from "../told";
import { oncePerCase } from "../once";

export interface MountTrouble {
  /** As in the message: the PersistentVolume's name, or the pod's volume where it is no claim. */
  volume: string | null;
  /** The claim behind it, where that is known. */
  claim: string | null;
  inline: PodVolume | null;
  /** The error, without the part that names operation and volume. */
  error: string;
  event: SeenEvent;
}

const operation = /^(?:MountVolume|AttachVolume|MapVolume|UnmapVolume|NodeExpandVolume)\.[\w ]{1,40} failed for volume "([^"]{1,253})" ?: ([\s\S]*)/;
const multiAttach = /^Multi-Attach error for volume "([^"]{1,253})" ([\s\S]*)/;
const summary = /^Unable to attach or mount volumes: unmounted volumes=\[([^\]]{0,400})\]/;
const reasons = new Set(["FailedMount", "FailedAttachVolume", "FailedMapVolume"]);

function readMountTroubles(context: CauseContext): MountTrouble[] {
  if (context.case.scope !== "pod" || !isNotStarted(context)) return [];
  return context.seen.events.all.filter((event) => reasons.has(event.reason)).flatMap((event) => read(context, event) ?? []);
}
/** Troubles of a pod that has not started, the newest first; none once it runs: such events outlive their fault. */
export const mountTroubles = oncePerCase(readMountTroubles);

function read(context: CauseContext, event: SeenEvent): MountTrouble | null {
  const text = event.message.slice(0, 8192);
  const found = operation.exec(text) ?? multiAttach.exec(text);
  if (found) return { ...owner(context, found[1]!), error: multiAttach.test(text) ? text : found[2]!.trim(), event };
  const timed = summary.exec(text);
  const first = timed?.[1]?.split(/[ ,]+/)[0];
  return timed ? { ...owner(context, first ?? ""), error: text, event } : null;
}

function owner(context: CauseContext, volume: string): Pick<MountTrouble, "volume" | "claim" | "inline"> {
  const { pod } = context.case.pods[0] ?? {};
  const listed = pod?.spec?.volumes ?? [];
  const inline = listed.find((one) => one.name === volume) ?? null;
  if (inline) return { volume, claim: inline.persistentVolumeClaim?.claimName ?? null, inline };
  const claims = listed.flatMap((one) => one.persistentVolumeClaim?.claimName ?? []);
  const seen = context.view.get("PersistentVolume", null, volume)?.object.spec?.claimRef?.name;
  const bound = claims.find((name) => context.view.get("PersistentVolumeClaim", pod?.metadata.namespace, name)?.object.spec?.volumeName === volume);
  return { volume: volume || null, claim: seen ?? bound ?? (claims.length === 1 ? claims[0]! : null), inline: null };
}

/** The line of a mount helper's output that says what went wrong; else the end of the chain of errors. */
export function whyNot(error: string): string {
  const output = /Output: ([^\n]{1,600})/.exec(error)?.[1];
  const text = (output ?? error.replace(/^rpc error: code = \w+ desc = /, "")).replace(/\s+/g, " ").trim();
  return text.length > 180 ? `${text.slice(0, 179)}…` : text;
}
