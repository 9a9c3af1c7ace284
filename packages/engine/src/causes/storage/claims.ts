/** Claims, volumes and classes as they were seen: in full, described, or as a row of a table. */
import type { CauseContext } from "../../model/cause";
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from "../../model/kubernetes";
import type { SeenEvent } from "../../model/observation";
import type { SeenObject } from "../../model/snapshot";
import { hasSpec } from "../../model/view";
import { parseQuantity } from "../../scheduling/quantity";
import { readEvent } from "../../routine/events";

export interface Claim {
  name: string;
  namespace: string;
  seen: SeenObject<PersistentVolumeClaim> | null;
  phase: string | null;
  /** `""` for none; null where not known. */
  className: string | null;
  /** Bytes; null where not known. */
  size: number | null;
  modes: string[] | null;
  volumeName: string | null;
  events: SeenEvent[];
}
export interface Volume {
  name: string;
  seen: SeenObject<PersistentVolume>;
  className: string;
  size: number | null;
  modes: string[] | null;
  phase: string | null;
  /** `namespace/name` of the claim that holds it, or that it is kept for. */
  holder: string | null;
}

const shortModes: Record<string, string> = { RWO: "ReadWriteOnce", ROX: "ReadOnlyMany", RWX: "ReadWriteMany", RWOP: "ReadWriteOncePod" };
export function longModes(text: string | undefined): string[] | null {
  const list = (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  return list.length ? list.map((one) => shortModes[one] ?? one) : null;
}
const cell = (row: Record<string, string> | undefined, name: string): string | null => {
  const text = row?.[name]?.trim();
  return text && text !== "<unset>" && text !== "<none>" ? text : null;
};

export function claimOf(context: CauseContext, namespace: string, name: string): Claim {
  const seen = context.view.get("PersistentVolumeClaim", namespace, name);
  const object = seen?.object;
  const full = hasSpec(seen);
  const sized = object?.spec?.resources?.requests?.["storage"];
  const named = object?.spec?.storageClassName;
  return {
    name,
    namespace,
    seen,
    phase: object?.status?.phase ?? cell(seen?.row, "STATUS"),
    className: named ?? (seen?.row ? (cell(seen.row, "STORAGECLASS") ?? "") : full ? "" : null),
    size: parseQuantity(sized),
    modes: object?.spec?.accessModes?.length ? object.spec.accessModes : longModes(seen?.row?.["ACCESS MODES"]),
    volumeName: object?.spec?.volumeName ?? cell(seen?.row, "VOLUME"),
    events: context.view
      .eventsOf("PersistentVolumeClaim", namespace, name, object?.metadata.uid)
      .map((one) => readEvent(one.object))
      .sort((a, b) => ((a.last ?? "") < (b.last ?? "") ? 1 : (a.last ?? "") > (b.last ?? "") ? -1 : a.message < b.message ? -1 : 1)),
  };
}

/** Claims that the Case's pod uses; where its spec was not seen, the waiting claims of the namespace that fit its name, or the only one. */
export function claimsOfPod(context: CauseContext): Claim[] {
  const { pod } = context.case.pods[0] ?? {};
  if (!pod) return [];
  const namespace = pod.metadata.namespace ?? context.case.workload.namespace;
  const names = (pod.spec?.volumes ?? []).flatMap((volume) =>
    volume.persistentVolumeClaim?.claimName ? [volume.persistentVolumeClaim.claimName] : volume.ephemeral ? [`${pod.metadata.name}-${volume.name}`] : [],
  );
  if (names.length) return [...new Set(names)].map((name) => claimOf(context, namespace, name));
  const waiting = context.view
    .list("PersistentVolumeClaim", namespace)
    .map((one) => claimOf(context, namespace, one.object.metadata.name ?? ""))
    .filter((claim) => claim.phase !== "Bound");
  const stem = context.case.workload.name;
  const fitting = waiting.filter(
    (claim) => claim.name === pod.metadata.name || claim.name.endsWith(`-${pod.metadata.name}`) || claim.name.includes(stem) || stem.includes(claim.name),
  );
  return fitting.length ? fitting : waiting.length === 1 ? waiting : [];
}

export function volumes(context: CauseContext): Volume[] {
  return context.view.list("PersistentVolume").map((seen): Volume => {
    const { object, row } = seen;
    const reference = object.spec?.claimRef;
    return {
      name: object.metadata.name ?? "",
      seen,
      className: object.spec?.storageClassName ?? cell(row, "STORAGECLASS") ?? "",
      size: parseQuantity(object.spec?.capacity?.["storage"] ?? cell(row, "CAPACITY")),
      modes: object.spec?.accessModes ?? longModes(row?.["ACCESS MODES"]),
      phase: object.status?.phase ?? cell(row, "STATUS"),
      holder: reference?.name ? `${reference.namespace ?? ""}/${reference.name}` : cell(row, "CLAIM"),
    };
  });
}

export interface ClassState {
  exists: "yes" | "no" | "unknown";
  object: StorageClass | null;
  provisioner: string | null;
  waitsForPod: boolean;
}
export function classOf(context: CauseContext, name: string): ClassState {
  const seen = context.view.get("StorageClass", null, name);
  const provisioner = seen?.object.provisioner ?? cell(seen?.row, "PROVISIONER");
  const mode = seen?.object.volumeBindingMode ?? cell(seen?.row, "VOLUMEBINDINGMODE");
  return {
    exists: seen ? "yes" : context.view.absent("StorageClass", null, name) === "yes" ? "no" : "unknown",
    object: seen?.object ?? null,
    provisioner,
    waitsForPod: mode === "WaitForFirstConsumer",
  };
}
export function classNames(context: CauseContext): string[] {
  // kubectl marks the default class in the name column.
  return context.view.list("StorageClass").map((one) => (one.object.metadata.name ?? "").replace(/ \(default\)$/, ""));
}
