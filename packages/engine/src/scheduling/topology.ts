/** Rules of a pod about other pods: affinity, anti-affinity, spread. As pkg/scheduler/framework/plugins/{interpodaffinity,podtopologyspread}. */
import type { Node, Pod, PodAffinityTerm } from "../model/kubernetes";
import { selects } from "../model/view";
import { matchesNodeAffinity, matchesNodeSelector } from "./node-match";
import { takesRoom } from "./requests";

export interface AffinityObstacle {
  rule: "affinity" | "anti-affinity" | "existing-anti-affinity";
  topologyKey: string;
  /** Pods that stand in the way; empty for `affinity`, where none is there. */
  pods: string[];
}
export interface SpreadObstacle {
  topologyKey: string;
  maxSkew: number;
  /** Value of the node's domain; null where the node lacks the label. */
  domain: string | null;
  /** Pods in that domain, and the fewest of any domain. */
  here: number;
  fewest: number;
}

function concerns(term: PodAffinityTerm, own: Pod, other: Pod): boolean {
  const namespaces = term.namespaces?.length ? term.namespaces : [own.metadata.namespace ?? ""];
  return namespaces.includes(other.metadata.namespace ?? "") && selects(term.labelSelector, other.metadata.labels);
}
function placed(pods: Pod[]): Pod[] {
  return pods.filter((pod) => pod.spec?.nodeName && takesRoom(pod) && !pod.metadata.deletionTimestamp);
}

/** The first required rule between pods that keeps `pod` off `node`; only pods that were seen count. */
export function affinityObstacle(pod: Pod, node: Node, nodes: Node[], pods: Pod[]): AffinityObstacle | null {
  const byName = new Map(nodes.map((one) => [one.metadata.name, one]));
  const domainOf = (other: Pod, key: string) => byName.get(other.spec?.nodeName)?.metadata.labels?.[key];
  const others = placed(pods).filter((other) => other !== pod);
  const own = pod.spec?.affinity;
  for (const term of own?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
    const key = term.topologyKey ?? "";
    const here = node.metadata.labels?.[key];
    if (here === undefined) continue;
    const there = others.filter((other) => concerns(term, pod, other) && domainOf(other, key) === here);
    if (there.length) return { rule: "anti-affinity", topologyKey: key, pods: names(there) };
  }
  for (const other of others)
    for (const term of other.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
      const key = term.topologyKey ?? "";
      const here = node.metadata.labels?.[key];
      if (here !== undefined && concerns(term, other, pod) && domainOf(other, key) === here)
        return { rule: "existing-anti-affinity", topologyKey: key, pods: names([other]) };
    }
  for (const term of own?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
    const key = term.topologyKey ?? "";
    const here = node.metadata.labels?.[key];
    const wanted = others.filter((other) => concerns(term, pod, other));
    if (here !== undefined && wanted.some((other) => domainOf(other, key) === here)) continue;
    // The first pod of a group that wants to be near itself may go anywhere.
    if (here !== undefined && !wanted.length && concerns(term, pod, pod)) continue;
    return { rule: "affinity", topologyKey: key, pods: [] };
  }
  return null;
}
function names(pods: Pod[]): string[] {
  return pods.map((pod) => pod.metadata.name ?? "").sort();
}

/** The first `DoNotSchedule` constraint that placing `pod` on `node` would break. */
export function spreadObstacle(pod: Pod, node: Node, nodes: Node[], pods: Pod[]): SpreadObstacle | null {
  const spec = pod.spec ?? {};
  for (const constraint of spec.topologySpreadConstraints ?? []) {
    if (constraint.whenUnsatisfiable === "ScheduleAnyway") continue;
    const key = constraint.topologyKey ?? "";
    const maxSkew = constraint.maxSkew ?? 1;
    const domain = node.metadata.labels?.[key];
    if (domain === undefined) return { topologyKey: key, maxSkew, domain: null, here: 0, fewest: 0 };
    // nodeAffinityPolicy is Honor and nodeTaintsPolicy Ignore unless said otherwise: a closed node still counts as a domain.
    const eligible = nodes.filter((one) => one.metadata.labels?.[key] !== undefined && matchesNodeSelector(one, spec) && matchesNodeAffinity(one, spec));
    const counts = new Map(eligible.map((one) => [one.metadata.labels![key]!, 0]));
    const domainByNode = new Map(eligible.map((one) => [one.metadata.name, one.metadata.labels![key]!]));
    for (const other of placed(pods)) {
      if (other === pod || other.metadata.namespace !== pod.metadata.namespace || !selects(constraint.labelSelector, other.metadata.labels)) continue;
      const at = domainByNode.get(other.spec?.nodeName);
      if (at !== undefined) counts.set(at, counts.get(at)! + 1);
    }
    const fewest = counts.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...counts.values());
    const here = counts.get(domain) ?? 0;
    const self = selects(constraint.labelSelector, pod.metadata.labels) ? 1 : 0;
    if (here + self - fewest > maxSkew) return { topologyKey: key, maxSkew, domain, here, fewest };
  }
  return null;
}
