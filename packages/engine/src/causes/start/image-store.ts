/** Whether the image store of a node is damaged: unrelated images all lack their own programs at once. */
import type { CauseContext } from "../../model/cause";
import { nameStem } from "../../detect/owners";
import { nodeOf } from "../told";

const lacks = /exec: "\/[^"]{1,400}": stat [^:]{1,400}: no such file or directory/;
const assigned = /^Successfully assigned \S{1,600} to (\S{1,253})$/;
const enough = 3;

/** Workloads on the Case's node whose own program is not in their image, by their events; the Case's own among them. */
export function emptyImages(context: CauseContext): string[] {
  const { view } = context;
  const events = view.list("Event").map(({ object }) => object);
  const nodes = new Map<string, string>();
  for (const event of events) {
    const node = assigned.exec(event.message ?? "")?.[1];
    if (node) nodes.set(podOf(event), node);
  }
  const own = context.case.pods[0]?.pod.metadata;
  const node = nodeOf(context) ?? nodes.get(`${own?.namespace ?? ""}/${own?.name ?? ""}`);
  if (!node) return [];
  const workloads = new Set<string>();
  for (const event of events) {
    if (event.reason !== "Failed" || !lacks.test((event.message ?? "").slice(0, 2000))) continue;
    const pod = podOf(event);
    const [namespace, name] = pod.split("/") as [string, string];
    if ((view.get("Pod", namespace, name)?.object.spec?.nodeName ?? nodes.get(pod)) === node) workloads.add(`${namespace}/${nameStem(name).name}`);
  }
  return workloads.size >= enough ? [...workloads].sort() : [];
}

function podOf(event: { involvedObject?: { namespace?: string; name?: string }; metadata: { namespace?: string } }): string {
  return `${event.involvedObject?.namespace ?? event.metadata.namespace ?? ""}/${event.involvedObject?.name ?? ""}`;
}
