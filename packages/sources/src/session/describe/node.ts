/** A described node. Format: kubectl describe.go, describeNode. */
import type { KubernetesObject, Node, Pod } from "@unloop/engine/model/kubernetes";
import { parseTime } from "../time";
import { without } from "./shape";
import { annotationsOf, type Entry, find, labelsOf, listOf, quantitiesOf, rowsOf, valueOf } from "./tree";

type Taint = NonNullable<NonNullable<Node["spec"]>["taints"]>[number];
function taintOf(text: string): Taint | null {
  const match = /^([\w./-]{1,317})(?:=([\w.-]{0,63}))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(text.trim());
  return match ? without<Taint>({ key: match[1]!, value: match[2] || undefined, effect: match[3] }) : null;
}

const date = "(?:[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [\\d:]{8} [+-]\\d{4})";
const withTimes = new RegExp(`^(\\w{1,60})\\s+(True|False|Unknown)\\s+(${date})\\s+(${date})\\s+(\\S{1,80})\\s*(.*)$`);
/** A line of the conditions table; without its times where `grep` or a narrow paste left them out. */
export function readNodeCondition(text: string): NonNullable<NonNullable<Node["status"]>["conditions"]>[number] | null {
  const full = withTimes.exec(text);
  if (full) {
    const [, type, status, heartbeat, transition, reason, message] = full;
    return without({
      type: type!,
      status: status!,
      reason,
      message,
      lastHeartbeatTime: parseTime(heartbeat) ?? undefined,
      lastTransitionTime: parseTime(transition) ?? undefined,
    });
  }
  const short = /^(Ready|[A-Z]\w{1,40}Pressure|NetworkUnavailable)\s+(True|False|Unknown)\s+(.{1,1000})$/.exec(text);
  if (!short) return null;
  const [reason = "", ...message] = short[3]!.split(/\s+/);
  return { type: short[1]!, status: short[2]!, reason, message: message.join(" ") };
}

/** A row of `Non-terminated Pods`: who runs here and what it asked for, the one place where pasted text tells it of other namespaces. */
function podOn(node: string, row: string[]): Pod | null {
  const [namespace = "", name = "", cpuRequest, cpuLimit, memoryRequest, memoryLimit] = row;
  if (!/^[a-z0-9-]{1,63}$/.test(namespace) || !/^[a-z0-9.-]{1,253}$/.test(name) || cpuRequest === undefined) return null;
  const amount = (cell: string | undefined): string | undefined => /^(\d[\w.]{0,30}) \(/.exec(cell ?? "")?.[1];
  const set = (cpu: string | undefined, memory: string | undefined): Record<string, string> =>
    without({ cpu: amount(cpu), memory: amount(memory) } as Record<string, string>);
  const resources = { requests: set(cpuRequest, memoryRequest), limits: set(cpuLimit, memoryLimit) };
  return { kind: "Pod", metadata: { namespace, name }, spec: { nodeName: node, resources } };
}

export interface DescribedNode {
  node: Node;
  /** The pods that run on it, as rows. */
  pods: { pod: Pod; row: Record<string, string> }[];
  /** Newest heartbeat of its lease. */
  renewed: string | null;
}
export function readNode(of: Entry[], name: string): DescribedNode {
  const info = find(of, "System Info")?.children ?? [];
  const taints = listOf(find(of, "Taints"))
    .map(taintOf)
    .filter((t) => t !== null);
  const conditions = (find(of, "Conditions")?.children ?? []).map((c) => readNodeCondition(c.text)).filter((c) => c !== null);
  const addresses = (find(of, "Addresses")?.children ?? []).filter((a) => a.key && a.value).map((a) => ({ type: a.key, address: a.value }));
  const node: Node = {
    kind: "Node",
    metadata: without<KubernetesObject["metadata"]>({
      name,
      labels: labelsOf(find(of, "Labels")),
      annotations: annotationsOf(find(of, "Annotations")),
      creationTimestamp: parseTime(valueOf(of, "CreationTimestamp")) ?? undefined,
    }),
    spec: without({ unschedulable: valueOf(of, "Unschedulable") === "true" ? true : undefined, taints: taints.length ? taints : undefined }),
    status: without({
      capacity: quantitiesOf(find(of, "Capacity")),
      allocatable: quantitiesOf(find(of, "Allocatable")),
      conditions: conditions.length ? conditions : undefined,
      addresses: addresses.length ? addresses : undefined,
      nodeInfo: without({
        kubeletVersion: valueOf(info, "Kubelet Version"),
        containerRuntimeVersion: valueOf(info, "Container Runtime Version"),
        architecture: valueOf(info, "Architecture"),
        operatingSystem: valueOf(info, "Operating System"),
        bootID: valueOf(info, "Boot ID"),
      }),
    }),
  };
  const rows = rowsOf(find(of, "Non-terminated Pods"));
  const headings = rows[0]?.[0] === "Namespace" ? rows[0].map((h) => h.toUpperCase()) : [];
  const pods = rows.flatMap((row) => {
    const pod = podOn(name, row);
    return pod ? [{ pod, row: Object.fromEntries(headings.map((h, i) => [h, row[i] ?? ""])) }] : [];
  });
  return { node, pods, renewed: parseTime(valueOf(find(of, "Lease")?.children ?? [], "RenewTime")) };
}
