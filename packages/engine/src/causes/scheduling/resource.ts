/** How much is asked, how much the nodes have: shared by the causes about amounts. */
import type { CauseContext, Finding, Message } from "../../model/cause";
import type { Node } from "../../model/kubernetes";
import type { Detail, Evidence } from "../../model/report";
import { isControlPlane, matchesNodeAffinity, matchesNodeSelector, untolerated } from "../../scheduling/node-match";
import { formatQuantity } from "../../scheduling/quantity";
import { allocatable, free, podRequests } from "../../scheduling/requests";
import { objectEvidence, specEvidence } from "../evidence";
import { decisionFor } from "./judge";
import type { Pending } from "./pending";

export const messages: Record<string, Message> = {
  never: {
    title: "No node can ever take {requested} {resource}",
    explanation:
      "The pod asks for {requested} {resource}; the largest node that it may use, {node}, has {available} in all. It waits for ever, however empty the nodes become: ask for less, or add a larger node.",
  },
  full: {
    title: "No node has {requested} {resource} free",
    explanation:
      "The pod asks for {requested} {resource}. {node} has the most left: {available}. It starts when others go, or when it asks for less, or when a node is added.",
  },
  told: {
    title: "{count} of {total} nodes have too little {resource} for {requested}",
    explanation:
      "The scheduler finds too little {resource} on {count} of {total} nodes. Look at what the nodes have left (Allocated resources in kubectl describe node); ask for less, free some, or add a node.",
  },
};

/** Finds that `resource` (as `test` says) is what keeps the pod waiting. */
export function findInsufficient(context: CauseContext, test: (resource: string) => boolean): Finding[] {
  const found = decisionFor(context, "resource", (decision) => decision.resource !== undefined && test(decision.resource));
  if (!found) return [];
  const { pending, decision } = found;
  const resource = decision.resource!;
  const requested = pending.spec === "none" ? null : (podRequests(pending.pod.spec ?? {})[resource] ?? null);
  const best = largest(pending, resource);
  const asked = requested === null ? "what it asks for" : formatQuantity(resource, requested);
  const never = best !== null && requested !== null && requested > best.inAll;
  const known = best !== null && (never || best.left !== null);
  const available = best === null ? null : never ? best.inAll : best.left;
  const details: Record<string, Detail> = {
    resource,
    requested: requested === null ? null : formatQuantity(resource, requested),
    available: available === null ? null : formatQuantity(resource, available),
    node: best?.node.metadata.name ?? null,
    ever: best === null || requested === null ? null : !never,
    nodes: pending.message?.nodes ?? (pending.world.nodes.length || null),
  };
  return [
    {
      message: never ? "never" : known ? "full" : "told",
      args: {
        resource: shown(resource),
        requested: asked,
        available: String(details["available"] ?? "less"),
        node: best?.node.metadata.name ?? "a node",
        count: decision.reason?.count ?? decision.fits.length,
        total: pending.message?.nodes ?? pending.world.nodes.length,
      },
      confidence: decision.confidence,
      subject: { kind: context.case.workload.kind, namespace: context.case.workload.namespace, name: context.case.workload.name },
      details,
      evidence: evidence(context, pending, resource, requested, best?.node ?? null),
      edits: best && requested !== null && available !== null ? [lower(resource, available, never)] : [],
      next: [
        { why: `how much ${shown(resource)} is asked for on each node, and by whom`, command: "kubectl describe nodes | grep -A 12 'Allocated resources'" },
      ],
    },
  ];
}

function shown(resource: string): string {
  return resource === "pods" ? "pod slots" : resource;
}
function lower(resource: string, available: number, never: boolean) {
  const amount = formatQuantity(resource, available);
  return {
    kind: "manual" as const,
    title:
      available > 0
        ? `request at most ${amount} ${shown(resource)}${never ? "" : " (what is free now)"}`
        : `add a node that has ${shown(resource)}, or stop asking for it`,
    note: never ? "or add a node that is large enough" : "or remove what is not needed, or add a node",
  };
}

interface Best {
  node: Node;
  inAll: number;
  /** null where not all pods of the nodes were seen. */
  left: number | null;
}
/** The node with the most of a resource among those that the pod may use. */
function largest(pending: Pending, resource: string): Best | null {
  const spec = pending.pod.spec ?? {};
  const usable = pending.world.nodes.filter(
    (node) =>
      Object.keys(allocatable(node)).length > 0 &&
      !node.spec?.unschedulable &&
      matchesNodeSelector(node, spec) &&
      matchesNodeAffinity(node, spec) &&
      !untolerated(spec.tolerations, node).length,
  );
  const open = usable.filter((node) => !isControlPlane(node));
  const all = (open.length ? open : usable).map((node): Best => ({
    node,
    inAll: allocatable(node)[resource] ?? 0,
    left: pending.world.allPods ? Math.max(0, free(node, pending.world.pods)[resource] ?? 0) : null,
  }));
  return all.sort((a, b) => (b.left ?? b.inAll) - (a.left ?? a.inAll) || b.inAll - a.inAll)[0] ?? null;
}

function evidence(context: CauseContext, pending: Pending, resource: string, requested: number | null, node: Node | null): Evidence[] {
  const list: Evidence[] = [];
  if (pending.witness) list.push(pending.witness);
  if (requested !== null && resource !== "pods")
    list.push(specEvidence(context, `requests: ${resource}=${formatQuantity(resource, requested)}`, "spec.containers[*].resources.requests"));
  if (node) {
    const amount = formatQuantity(resource, allocatable(node)[resource] ?? 0);
    list.push(objectEvidence(node, `${node.metadata.name}: allocatable ${resource} ${amount}`, `status.allocatable[${resource}]`));
  }
  return list;
}
