/** What a pod asks of a node and what a node still has. Rules: k8s.io/component-helpers/resource helpers.go (PodRequests). */
import type { Container, Node, Pod, PodSpec, Quantity } from "../model/kubernetes";
import { parseQuantity } from "./quantity";

export type Amounts = Record<string, number>;

/**
 * The effective request in base units, `pods: 1` included. Init containers run one after the other (their largest counts),
 * sidecars stay (they add up), a missing request is the limit, a request of the pod itself replaces the sum.
 */
export function podRequests(spec: PodSpec): Amounts {
  const sum: Amounts = {};
  for (const container of spec.containers ?? []) add(sum, requestsOf(container));
  const sidecars: Amounts = {};
  const peak: Amounts = {};
  for (const container of spec.initContainers ?? []) {
    const own = requestsOf(container);
    if (container.restartPolicy === "Always") add(sidecars, own);
    const now = { ...sidecars };
    if (container.restartPolicy !== "Always") add(now, own);
    for (const [resource, value] of Object.entries(now)) peak[resource] = Math.max(peak[resource] ?? 0, value);
  }
  add(sum, sidecars);
  for (const [resource, value] of Object.entries(peak)) sum[resource] = Math.max(sum[resource] ?? 0, value);
  for (const [resource, quantity] of Object.entries(spec.resources?.requests ?? {})) {
    const value = parseQuantity(quantity);
    if (value !== null) sum[resource] = value;
  }
  add(sum, amounts(spec.overhead));
  sum["pods"] = 1;
  return sum;
}

/** Quantities in base units; what is no quantity is left out. */
export function amounts(quantities: Record<string, Quantity> | undefined): Amounts {
  const result: Amounts = {};
  for (const [resource, quantity] of Object.entries(quantities ?? {})) {
    const value = parseQuantity(quantity);
    if (value !== null) result[resource] = value;
  }
  return result;
}

function requestsOf(container: Container): Amounts {
  return { ...amounts(container.resources?.limits), ...amounts(container.resources?.requests) };
}
function add(sum: Amounts, more: Amounts): void {
  for (const [resource, value] of Object.entries(more)) sum[resource] = (sum[resource] ?? 0) + value;
}

export function allocatable(node: Node): Amounts {
  return amounts(node.status?.allocatable ?? node.status?.capacity);
}
/** True while a pod takes room on its node: finished pods do not. */
export function takesRoom(pod: Pod): boolean {
  return pod.status?.phase !== "Succeeded" && pod.status?.phase !== "Failed";
}
/** What the pods on a node have not taken. `pods` are all pods of the cluster or just those of the node. */
export function free(node: Node, pods: Pod[]): Amounts {
  const left = allocatable(node);
  for (const pod of pods) {
    if (pod.spec?.nodeName !== node.metadata.name || !takesRoom(pod)) continue;
    for (const [resource, value] of Object.entries(podRequests(pod.spec ?? {}))) if (resource in left) left[resource] = left[resource]! - value;
  }
  return left;
}
