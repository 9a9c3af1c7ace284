/** Which nodes a pod's selector, affinity and tolerations allow. As k8s.io/component-helpers scheduling/corev1 evaluates them. */
import type { Node, NodeSelectorTerm, PodSpec, Toleration } from "../model/kubernetes";

export interface Taint {
  key: string;
  value?: string;
  effect?: string;
}
interface Expression {
  key: string;
  operator: string;
  values?: string[];
}

/** One requirement of a node selector term against the labels of a node; `NotIn` and `DoesNotExist` hold where the label is absent. */
export function matchesExpression(labels: Record<string, string> | undefined, { key, operator, values }: Expression): boolean {
  const value = labels?.[key];
  switch (operator) {
    case "In":
      return value !== undefined && (values ?? []).includes(value);
    case "NotIn":
      return value === undefined || !(values ?? []).includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return value !== undefined && Number(value) > Number(values?.[0]);
    case "Lt":
      return value !== undefined && Number(value) < Number(values?.[0]);
    default:
      return false;
  }
}

/** A term without any requirement matches no node. */
export function matchesTerm(node: Node, term: NodeSelectorTerm): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (!expressions.length && !fields.length) return false;
  return (
    expressions.every((expression) => matchesExpression(node.metadata.labels, expression)) &&
    fields.every((field) => field.key === "metadata.name" && matchesExpression({ "metadata.name": node.metadata.name ?? "" }, field))
  );
}

/** Terms are alternatives; no terms allow every node. */
export function matchesTerms(node: Node, terms: NodeSelectorTerm[] | undefined): boolean {
  return !terms || terms.some((term) => matchesTerm(node, term));
}

export function nodeTerms(spec: PodSpec): NodeSelectorTerm[] | undefined {
  return spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
}

export function matchesNodeSelector(node: Node, spec: PodSpec): boolean {
  return Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => node.metadata.labels?.[key] === value);
}

export function matchesNodeAffinity(node: Node, spec: PodSpec): boolean {
  return matchesTerms(node, nodeTerms(spec));
}

/** The one node that a DaemonSet's controller writes into its pod (`metadata.name in [node]`), or null. */
export function pinnedNode(spec: PodSpec): string | null {
  const names = (nodeTerms(spec) ?? []).map((term) => term.matchFields?.find((field) => field.key === "metadata.name" && field.operator === "In")?.values);
  const first = names[0];
  return first?.length === 1 && names.every((values) => values?.length === 1 && values[0] === first[0]) ? first[0]! : null;
}

/** As the API server's documentation of Toleration: an empty key with `Exists` tolerates everything, an empty effect every effect. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  const operator = toleration.operator || "Equal";
  if (!toleration.key) return operator === "Exists";
  if (toleration.key !== taint.key) return false;
  return operator === "Exists" || (operator === "Equal" && (toleration.value ?? "") === (taint.value ?? ""));
}

/** The taints that keep a pod from being scheduled to the node; `PreferNoSchedule` never does. */
export function untolerated(tolerations: Toleration[] | undefined, node: Node): Taint[] {
  return taintsOf(node).filter(
    (taint) => (taint.effect === "NoSchedule" || taint.effect === "NoExecute") && !(tolerations ?? []).some((toleration) => tolerates(toleration, taint)),
  );
}
/** A table row shows no taints, but a node that is not ready has one for that (node lifecycle controller). */
function taintsOf(node: Node): Taint[] {
  const ready = node.status?.conditions?.find((condition) => condition.type === "Ready");
  return node.spec?.taints ?? (ready && ready.status !== "True" ? [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }] : []);
}

const controlPlane = /^node-role\.kubernetes\.io\/(?:control-plane|master|etcd)$/;
/** A taint that keeps workloads off the control plane on purpose. */
export function isControlPlaneTaint(key: string): boolean {
  return controlPlane.test(key);
}
/** A taint that the node lifecycle controller or the kubelet sets for the state of the node; its key tells which state. */
export function isConditionTaint(key: string): boolean {
  return (
    key.startsWith("node.kubernetes.io/") || key === "node.cloudprovider.kubernetes.io/uninitialized" || key === "node.cloudprovider.kubernetes.io/shutdown"
  );
}
export function isControlPlane(node: Node): boolean {
  const labels = Object.keys(node.metadata.labels ?? {});
  return labels.some(isControlPlaneTaint) || (node.spec?.taints ?? []).some((taint) => isControlPlaneTaint(taint.key));
}
/** `key=value:effect`, as kubectl writes a taint. */
export function showTaint(taint: Taint): string {
  return `${taint.key}${taint.value ? `=${taint.value}` : ""}${taint.effect ? `:${taint.effect}` : ""}`;
}
