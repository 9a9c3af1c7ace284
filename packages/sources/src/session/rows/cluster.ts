/** Rows of nodes, storage and quotas. */
import { accessModesOf, type Cells, known, type Shape } from "./cells";

export function node(cells: Cells): Shape {
  const words = (cells.STATUS ?? "").split(",");
  const ready = words[0] === "Ready" ? "True" : words[0] === "NotReady" ? "False" : null;
  const status: Shape = {
    conditions: ready ? [{ type: "Ready", status: ready }] : [],
    nodeInfo: { kubeletVersion: known(cells.VERSION), containerRuntimeVersion: known(cells["CONTAINER-RUNTIME"]), architecture: known(cells.ARCH) },
  };
  return { spec: words.includes("SchedulingDisabled") ? { unschedulable: true } : {}, status };
}

export function claim(cells: Cells): Shape {
  const modes = accessModesOf(cells["ACCESS MODES"]);
  const capacity = known(cells.CAPACITY);
  return {
    spec: { volumeName: known(cells.VOLUME), storageClassName: known(cells.STORAGECLASS) },
    status: { phase: cells.STATUS, accessModes: modes, ...(capacity && { capacity: { storage: capacity } }) },
  };
}
export function volume(cells: Cells): Shape {
  const owner = /^([^/]+)\/([^/]+)$/.exec(known(cells.CLAIM) ?? "");
  const capacity = known(cells.CAPACITY);
  return {
    spec: {
      accessModes: accessModesOf(cells["ACCESS MODES"]),
      storageClassName: known(cells.STORAGECLASS),
      persistentVolumeReclaimPolicy: known(cells["RECLAIM POLICY"]),
      ...(capacity && { capacity: { storage: capacity } }),
      ...(owner && { claimRef: { namespace: owner[1], name: owner[2] } }),
    },
    status: { phase: known(cells.STATUS), reason: known(cells.REASON) },
  };
}
export function storageClass(cells: Cells): Shape {
  return { provisioner: known(cells.PROVISIONER), reclaimPolicy: known(cells.RECLAIMPOLICY), volumeBindingMode: known(cells.VOLUMEBINDINGMODE) };
}
/** `pods: 3/20, limits.memory: 96Mi/128Mi` in REQUEST and LIMIT. */
export function quota(cells: Cells): Shape {
  const used: Record<string, string> = {};
  const hard: Record<string, string> = {};
  for (const part of `${cells.REQUEST ?? ""}, ${cells.LIMIT ?? ""}`.split(/, */)) {
    const match = /^([\w./-]{1,80}): ([\w.]{1,30})\/([\w.]{1,30})$/.exec(part.trim());
    if (!match) continue;
    used[match[1]!] = match[2]!;
    hard[match[1]!] = match[3]!;
  }
  return { spec: { hard }, status: { hard, used } };
}
