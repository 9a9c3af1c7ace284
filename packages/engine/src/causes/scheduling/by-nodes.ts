/** Judging from the nodes themselves: labels, taints, amounts, and the pods that are on them. */
import { isConditionTaint, isControlPlane, isControlPlaneTaint, pinnedNode } from "../../scheduling/node-match";
import { type NodeFit, type Obstacle, fitNode, isReserved } from "../../scheduling/node-fit";
import type { Decision, Obstruction } from "./judge";
import type { Pending } from "./pending";

export interface FromNodes {
  decisions: Decision[];
  /** All nodes were seen, and the decision does not hang on pods that were not. */
  firm: boolean;
  /** Nodes whose labels the pod's selector and affinity allow: where there are some, labels are not what keeps it out. */
  meant: NodeFit[];
}

const has = (fit: NodeFit, predicate: Obstacle["predicate"]): boolean => fit.obstacles.some((obstacle) => obstacle.predicate === predicate);
const without = (fits: NodeFit[], ...predicates: Obstacle["predicate"][]): NodeFit[] => fits.filter((fit) => !predicates.some((one) => has(fit, one)));
const nearestFirst = (fits: NodeFit[]): NodeFit[] => [...fits].sort((a, b) => a.obstacles.length - b.obstacles.length || (name(a) < name(b) ? -1 : 1));
const name = (fit: NodeFit): string => fit.node.metadata.name ?? "";

/**
 * Narrows the nodes as an engineer would: first those that the pod is meant for (selector, affinity, volume), then without those that
 * are closed to all (control plane, cordoned), then what the rest lack. The step that leaves none is what keeps the pod waiting.
 */
export function judgeNodes(pending: Pending): FromNodes | null {
  const { pod, world } = pending;
  const pinned = pinnedNode(pod.spec ?? {});
  const nodes = pinned ? world.nodes.filter((node) => node.metadata.name === pinned) : world.nodes;
  const fits = nodes.map((node) => fitNode(pod, node, world));
  if (!fits.length) return null;
  const decided = (obstruction: Obstruction, at: NodeFit[], more: Partial<Decision> = {}): Decision => ({
    obstruction,
    confidence: pending.allNodes ? "certain" : "likely",
    fits: nearestFirst(at),
    ...more,
  });
  const firm = pending.allNodes;

  const meant = without(fits, "node-selector", "node-affinity");
  if (!meant.length) return { decisions: labelDecisions(pending, fits, decided), firm, meant };
  const reachable = without(meant, "volume-node");
  if (!reachable.length) return { decisions: [decided("volume-node", meant)], firm, meant };

  const workers = reachable.filter((fit) => !isReserved(fit) && !(isControlPlane(fit.node) && has(fit, "unschedulable")));
  if (!workers.length) {
    const tainted = reachable.filter((fit) => has(fit, "taint"));
    const only = tainted.length ? taintDecision(tainted, decided) : decided("unschedulable", reachable);
    return { decisions: [only], firm, meant };
  }
  const open = without(workers, "unschedulable");
  if (!open.length) return { decisions: [decided("unschedulable", workers)], firm, meant };
  const clear = without(open, "taint");
  if (!clear.length) return { decisions: [taintDecision(open, decided)], firm, meant };

  const big = clear.filter((fit) => !never(fit).length);
  if (!big.length) return { decisions: tooSmall(clear, open, decided), firm, meant };
  return { decisions: crowded(big, pending, decided), firm: firm && world.allPods, meant };
}

type Decided = (obstruction: Obstruction, at: NodeFit[], more?: Partial<Decision>) => Decision;

function labelDecisions(pending: Pending, fits: NodeFit[], decided: Decided): Decision[] {
  const selector = without(fits, "node-selector").length === 0;
  const affinity = without(fits, "node-affinity").length === 0;
  // A DaemonSet's own pin is no rule that a person wrote.
  if (pending.ofDaemonSet && affinity && !selector) return [];
  if (selector && !affinity) return [decided("node-selector", fits)];
  if (affinity && !selector) return [decided("node-affinity", fits)];
  return [decided("node-selector", fits, { confidence: "likely" }), decided("node-affinity", fits, { confidence: "possible" })];
}

function taintDecision(fits: NodeFit[], decided: Decided): Decision {
  const keys = fits.map((fit) => fit.obstacles.flatMap((o) => (o.predicate === "taint" ? o.taints.map((taint) => taint.key) : [])));
  const ordered = nearestFirst(fits);
  const nearest = keys[fits.indexOf(ordered[0]!)]!;
  // Where a node is down, its taint stands beside others that were there before: the state of the node is the deeper fault only if every node is down.
  const broken = keys.every((of) => of.some(isConditionTaint));
  const key = (broken ? nearest.find(isConditionTaint) : nearest.find((one) => !isControlPlaneTaint(one) && !isConditionTaint(one))) ?? nearest[0]!;
  return decided(broken ? "node-condition" : "taint", fits, { taint: key });
}

function never(fit: NodeFit): (Obstacle & { predicate: "resource" })[] {
  return fit.obstacles.filter((one) => one.predicate === "resource").filter((one) => !one.ever);
}

/** No open node could ever take it. A device that only tainted nodes have is a matter of the taint. */
function tooSmall(clear: NodeFit[], open: NodeFit[], decided: Decided): Decision[] {
  const lacking = new Map<string, NodeFit[]>();
  for (const fit of clear) for (const { resource } of never(fit)) lacking.set(resource, [...(lacking.get(resource) ?? []), fit]);
  const decisions: Decision[] = [];
  for (const [resource, fits] of [...lacking].sort(([a, x], [b, y]) => y.length - x.length || excess(y, b) - excess(x, a) || (a < b ? -1 : 1))) {
    const elsewhere = open.filter((fit) => has(fit, "taint") && !never(fit).length);
    if (resource.includes("/") && elsewhere.length && fits.length === clear.length) decisions.push(taintDecision(elsewhere, decided));
    decisions.push(decided("resource", fits, { resource, ...(fits.length < clear.length ? { confidence: "likely" as const } : {}) }));
  }
  return decisions;
}
/** How many times more than the largest node is asked for. */
function excess(fits: NodeFit[], resource: string): number {
  const ratios = fits.flatMap((fit) => never(fit).filter((one) => one.resource === resource)).map((one) => one.requested / Math.max(one.available, 1e-9));
  return Math.min(...ratios);
}

/** Nodes that could take it were they empty: the obstacle that the most of them have, in the order of the scheduler's work from its end. */
function crowded(big: NodeFit[], pending: Pending, decided: Decided): Decision[] {
  const kinds: Obstruction[] = ["pod-affinity", "topology-spread", "resource", "host-port"];
  const found: Decision[] = [];
  for (const kind of kinds) {
    const at = big.filter((fit) => has(fit, kind as Obstacle["predicate"]));
    if (!at.length) continue;
    const complete = at.length === big.length;
    const confidence = complete && pending.allNodes ? "certain" : "likely";
    if (kind !== "resource") found.push(decided(kind, at, { confidence }));
    else
      for (const resource of resourcesOf(at))
        found.push(
          decided(
            "resource",
            at.filter((fit) => lacks(fit, resource)),
            { resource, confidence },
          ),
        );
  }
  return found.sort((a, b) => b.fits.length - a.fits.length || kinds.indexOf(a.obstruction) - kinds.indexOf(b.obstruction));
}
function resourcesOf(fits: NodeFit[]): string[] {
  return [...new Set(fits.flatMap((fit) => fit.obstacles.flatMap((one) => (one.predicate === "resource" ? [one.resource] : []))))].sort();
}
function lacks(fit: NodeFit, resource: string): boolean {
  return fit.obstacles.some((one) => one.predicate === "resource" && one.resource === resource);
}
