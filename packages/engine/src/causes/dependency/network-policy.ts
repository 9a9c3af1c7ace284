/** Whether a NetworkPolicy keeps a call out. Source: networking.k8s.io/v1 NetworkPolicySpec; policies add up, what none allows is dropped. */
import type { CauseContext } from "../../model/cause";
import type { ServiceTarget } from "../../model/graph";
import type { LabelSelector, NetworkPolicy, Pod } from "../../model/kubernetes";
import type { SeenObject } from "../../model/snapshot";
import { selects } from "../../model/view";

export interface Block {
  policy: SeenObject<NetworkPolicy>;
  direction: "egress" | "ingress";
}
interface Peer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr?: string };
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port?: string | number; protocol?: string; endPort?: number }[];
}
interface End {
  namespace: string;
  labels: Record<string, string> | undefined;
  /** Labels of the namespace; the API server sets `kubernetes.io/metadata.name` on each. */
  namespaceLabels: Record<string, string>;
}

function endOf(pod: Pod): End {
  const namespace = pod.metadata.namespace ?? "";
  return { namespace, labels: pod.metadata.labels, namespaceLabels: { "kubernetes.io/metadata.name": namespace } };
}

function policiesFor(context: CauseContext, end: End, direction: "Egress" | "Ingress"): SeenObject<NetworkPolicy>[] {
  return (context.view.list("NetworkPolicy", end.namespace) as SeenObject<NetworkPolicy>[]).filter(({ object: { spec } }) => {
    const types = spec?.policyTypes ?? ["Ingress", ...(spec?.egress ? ["Egress"] : [])];
    return spec !== undefined && types.includes(direction) && selects(spec.podSelector ?? {}, end.labels);
  });
}

function allowsPort(rule: Rule, port: number | null, names: Set<string>): boolean {
  if (!rule.ports?.length || port === null) return true;
  return rule.ports.some(
    (p) =>
      p.port === undefined || Number(p.port) === port || (p.endPort !== undefined && Number(p.port) <= port && port <= p.endPort) || names.has(String(p.port)),
  );
}

function allowsPeer(peers: Peer[] | undefined, other: End | null, home: string): boolean {
  if (!peers?.length) return true;
  return peers.some((peer) => {
    if (peer.ipBlock) return true;
    if (!other) return false;
    const isNamespace = peer.namespaceSelector ? selects(peer.namespaceSelector, other.namespaceLabels) : other.namespace === home;
    return isNamespace && (!peer.podSelector || selects(peer.podSelector, other.labels));
  });
}

function blocks(
  policies: SeenObject<NetworkPolicy>[],
  direction: "egress" | "ingress",
  other: End | null,
  ports: (number | null)[],
  names: Set<string>,
): Block | null {
  if (!policies.length) return null;
  const allowed = policies.some(({ object }) =>
    ((object.spec?.[direction] ?? []) as Rule[]).some(
      (rule) =>
        ports.some((port) => allowsPort(rule, port, names)) && allowsPeer(direction === "egress" ? rule.to : rule.from, other, object.metadata.namespace ?? ""),
    ),
  );
  return allowed ? null : { policy: policies[0]!, direction };
}

/** The DNS server stands in kube-system, with the label that every distribution gives it. */
const dns: End = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" }, namespaceLabels: { "kubernetes.io/metadata.name": "kube-system" } };

/**
 * The policy that drops the packets between the Case's pod and a target; null where none does or none was seen.
 * @param isLookup the call failed while its name was looked up: then the way to DNS is judged
 */
export function blockingPolicy(context: CauseContext, target: ServiceTarget | null, port: number | null, isLookup: boolean): Block | null {
  const pod = context.case.pods[0]?.pod;
  if (!pod?.metadata.labels) return null;
  const client = endOf(pod);
  const egress = policiesFor(context, client, "Egress");
  if (isLookup) return blocks(egress, "egress", dns, [53], new Set(["dns", "dns-tcp"]));
  const server = target?.pods[0]?.object;
  if (!server) return blocks(egress, "egress", null, [port], new Set());
  const listening = (server.spec?.containers ?? []).flatMap((c) => c.ports ?? []);
  const targetPorts = (target.service?.object.spec?.ports ?? []).filter((p) => port === null || p.port === port).map((p) => Number(p.targetPort ?? p.port));
  const ports = [...targetPorts.filter(Number.isInteger), port];
  const names = new Set(listening.filter((p) => ports.includes(p.containerPort ?? -1)).map((p) => p.name ?? ""));
  const end = endOf(server);
  return blocks(egress, "egress", end, ports, names) ?? blocks(policiesFor(context, end, "Ingress"), "ingress", client, ports, names);
}
