/** A Snapshot that lacks what a cause needs. */
import type { Need } from "@unloop/engine/model/cause";
import type { Pod } from "@unloop/engine/model/kubernetes";
import type { Snapshot } from "@unloop/engine/model/snapshot";

const owners = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob"];

export function without(need: Need, snapshot: Snapshot): Snapshot {
  if (need === "log") return { ...snapshot, logs: [] };
  if (need === "events") return withoutKinds(snapshot, ["Event"]);
  if (need === "nodes") return withoutKinds(snapshot, ["Node"]);
  if (need === "owner") return withoutKinds(snapshot, owners);
  const bare = need === "spec" ? withoutKinds(snapshot, owners) : snapshot;
  return {
    ...bare,
    // A bare log's only status is what the asker added by hand.
    ...(need === "status" && { hints: undefined }),
    objects: new Map(
      [...bare.objects].map(([key, seen]) => {
        if (seen.object.kind !== "Pod") return [key, seen];
        const { [need]: _, ...rest } = seen.object as Pod;
        return [
          key,
          { ...seen, object: rest, fidelity: need === "status" ? ("metadata" as const) : seen.fidelity, row: need === "status" ? undefined : seen.row },
        ];
      }),
    ),
  };
}

function withoutKinds(snapshot: Snapshot, kinds: string[]): Snapshot {
  return {
    ...snapshot,
    objects: new Map([...snapshot.objects].filter(([, { object }]) => !kinds.includes(object.kind))),
    inventory: snapshot.inventory.filter(({ kind }) => !kinds.includes(kind)),
  };
}
