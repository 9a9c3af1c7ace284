/** Whether the image store of a node is damaged: unrelated images all lack their own programs at once. */
import type { CauseContext } from "../../model/cause";
import type { SnapshotView } from "../../model/view";
import { nameStem } from "../../detect/owners";
import { nodeOf } from "../told";
import { oncePerCase } from "../once";

const lacks = /exec: \\?"[^"\\]{0,200}\/[^"\\]{1,200}\\?": stat [^:]{1,400}: no such file or directory/;
const assigned = /^Successfully assigned \S{1,600} to (\S{1,253})$/;
const enough = 3;

interface Lacking {
  nodes: Map<string, string>;
  /** Workloads by node. */
  workloads: Map<string, Set<string>>;
  /** Nodes on which even the pause image of a sandbox lacks its program. */
  sandboxes: Set<string>;
}
/** Worked out once for a Snapshot: a big cluster has many events and many Cases. */
const known = new WeakMap<SnapshotView, Lacking>();

function lacking(view: SnapshotView): Lacking {
  const before = known.get(view);
  if (before) return before;
  const events = view.list("Event").map(({ object }) => object);
  const found: Lacking = { nodes: new Map(), workloads: new Map(), sandboxes: new Set() };
  for (const event of events) {
    const node = event.reason === "Scheduled" ? assigned.exec(event.message ?? "")?.[1] : undefined;
    if (node) found.nodes.set(podOf(event), node);
  }
  for (const event of events) {
    if ((event.reason !== "Failed" && event.reason !== "FailedCreatePodSandBox") || !lacks.test((event.message ?? "").slice(0, 2000))) continue;
    const pod = podOf(event);
    const [namespace, name] = pod.split("/") as [string, string];
    const node = view.get("Pod", namespace, name)?.object.spec?.nodeName ?? found.nodes.get(pod);
    if (node && event.reason === "FailedCreatePodSandBox") found.sandboxes.add(node);
    if (node) found.workloads.set(node, (found.workloads.get(node) ?? new Set()).add(`${namespace}/${nameStem(name).name}`));
  }
  known.set(view, found);
  return found;
}

function readEmptyImages(context: CauseContext): string[] {
  const { nodes, workloads, sandboxes } = lacking(context.view);
  const own = context.case.pods[0]?.pod.metadata;
  const node = nodeOf(context) ?? nodes.get(`${own?.namespace ?? ""}/${own?.name ?? ""}`);
  const found = [...((node && workloads.get(node)) || [])];
  return found.length >= enough || (node && sandboxes.has(node)) ? found.sort() : [];
}
/** Workloads on the Case's node whose own program is not in their image, by their events; the Case's own among them. */
export const emptyImages = oncePerCase(readEmptyImages);

function podOf(event: { involvedObject?: { namespace?: string; name?: string }; metadata: { namespace?: string } }): string {
  return `${event.involvedObject?.namespace ?? event.metadata.namespace ?? ""}/${event.involvedObject?.name ?? ""}`;
}
