/** Described claim, volume and storage class. Formats: kubectl describe.go. */
import type { KubernetesObject, PersistentVolume, PersistentVolumeClaim, StorageClass } from "@unloop/engine/model/kubernetes";
import { accessModesOf } from "../rows/cells";
import { parseTime } from "../time";
import { without } from "./shape";
import { annotationsOf, type Entry, find, labelsOf, valueOf } from "./tree";

/** Name, namespace, labels, annotations and age, as every describe starts. */
export function metadataOf(of: Entry[], namespace: string | undefined, name: string): KubernetesObject["metadata"] {
  return without<KubernetesObject["metadata"]>({
    name,
    namespace,
    labels: labelsOf(find(of, "Labels")),
    annotations: annotationsOf(find(of, "Annotations")),
    creationTimestamp: parseTime(valueOf(of, "CreationTimestamp")) ?? undefined,
    deletionTimestamp: undefined,
  });
}

export function readClaim(of: Entry[], namespace: string, name: string): PersistentVolumeClaim {
  const capacity = valueOf(of, "Capacity");
  const phase = valueOf(of, "Status");
  // An empty class was asked for on purpose, an absent line was cut away.
  const storageClass = find(of, "StorageClass")?.value;
  return {
    kind: "PersistentVolumeClaim",
    metadata: metadataOf(of, namespace, name),
    spec: without({ storageClassName: storageClass || undefined, volumeName: valueOf(of, "Volume"), volumeMode: valueOf(of, "VolumeMode") }),
    status: without({
      phase: phase?.split(" ")[0],
      accessModes: accessModesOf(valueOf(of, "Access Modes")),
      capacity: capacity ? { storage: capacity } : undefined,
    }),
  };
}

export function readVolume(of: Entry[], name: string): PersistentVolume {
  const capacity = valueOf(of, "Capacity");
  const claim = /^([^/\s]{1,63})\/(\S{1,253})$/.exec(valueOf(of, "Claim") ?? "");
  const source = find(of, "Source")?.children ?? [];
  const type = (valueOf(source, "Type") ?? "").split(" ")[0];
  return {
    kind: "PersistentVolume",
    metadata: metadataOf(of, undefined, name),
    spec: without({
      accessModes: accessModesOf(valueOf(of, "Access Modes")),
      capacity: capacity ? { storage: capacity } : undefined,
      storageClassName: valueOf(of, "StorageClass"),
      volumeMode: valueOf(of, "VolumeMode"),
      persistentVolumeReclaimPolicy: valueOf(of, "Reclaim Policy"),
      claimRef: claim ? { namespace: claim[1]!, name: claim[2]! } : undefined,
      nodeAffinity: nodeAffinity(find(of, "Node Affinity")),
      hostPath: type === "HostPath" ? without({ path: valueOf(source, "Path"), type: valueOf(source, "HostPathType") }) : undefined,
      nfs: type === "NFS" ? without({ server: valueOf(source, "Server"), path: valueOf(source, "Path") }) : undefined,
      csi: type === "CSI" ? without({ driver: valueOf(source, "Driver"), volumeHandle: valueOf(source, "VolumeHandle") }) : undefined,
      local: type === "LocalVolume" ? without({ path: valueOf(source, "Path") }) : undefined,
    }),
    status: without({ phase: valueOf(of, "Status"), reason: valueOf(of, "Reason"), message: valueOf(of, "Message") }),
  };
}

/** `Term 0:  topology.kubernetes.io/zone in [zone-a]`. */
function nodeAffinity(entry: Entry | null): NonNullable<PersistentVolume["spec"]>["nodeAffinity"] {
  const terms = find(entry?.children ?? [], "Required Terms")?.children ?? [];
  const found = terms.map((term) => {
    const lines = [term.value, ...term.children.map((c) => c.text)];
    const expressions = lines
      .map((line) => /^([\w./-]{1,317}) (in|notin|exists|!exists)(?: \[([^\]]{0,2000})\])?$/i.exec(line.trim()))
      .filter((m) => m !== null);
    return {
      matchExpressions: expressions.map((m) => ({
        key: m[1]!,
        operator: m[2]!.toLowerCase() === "in" ? "In" : "NotIn",
        values: (m[3] ?? "").split(/, */).filter(Boolean),
      })),
    };
  });
  return found.some((term) => term.matchExpressions.length) ? { required: { nodeSelectorTerms: found } } : undefined;
}

export function readStorageClass(of: Entry[], name: string): StorageClass {
  const metadata = metadataOf(of, undefined, name);
  if (valueOf(of, "IsDefaultClass") === "Yes") metadata.annotations = { ...metadata.annotations, "storageclass.kubernetes.io/is-default-class": "true" };
  return {
    kind: "StorageClass",
    metadata,
    ...without({ provisioner: valueOf(of, "Provisioner"), reclaimPolicy: valueOf(of, "ReclaimPolicy"), volumeBindingMode: valueOf(of, "VolumeBindingMode") }),
  };
}
