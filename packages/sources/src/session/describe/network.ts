/** Described Service, Endpoints, EndpointSlice, Ingress and NetworkPolicy. Formats: kubectl describe.go. */
import type { EndpointSlice, Ingress, NetworkPolicy, Service } from "@unloop/engine/model/kubernetes";
import { leadingNumber, without } from "./shape";
import { metadataOf } from "./storage";
import { type Entry, find, labelsOf, listOf, rowsOf, valueOf } from "./tree";
import { selectorOf } from "./workload";

type ServicePort = NonNullable<NonNullable<Service["spec"]>["ports"]>[number];
/** `Port: http 80/TCP` is followed by its `TargetPort:`, `NodePort:` and `Endpoints:`. */
function portsOf(of: Entry[]): { ports: ServicePort[]; endpoints: string | undefined } {
  const ports: ServicePort[] = [];
  let endpoints: string | undefined;
  for (const { key, value } of of) {
    const match = key === "Port" ? /^(?:(\S{1,63})\s+)?(\d{1,5})\/(\w{3,4})$/.exec(value) : null;
    if (match) ports.push(without<ServicePort>({ name: match[1] === "<unset>" ? undefined : match[1], port: Number(match[2]), protocol: match[3] }));
    const port = ports.at(-1);
    const target = key === "TargetPort" && port ? /^([\w-]{1,63})\//.exec(value) : null;
    if (target && port) port.targetPort = /^\d+$/.test(target[1]!) ? Number(target[1]) : target[1]!;
    const node = key === "NodePort" && port ? /(\d{1,5})\/\w+$/.exec(value) : null;
    if (node && port) port.nodePort = Number(node[1]);
    if (key === "Endpoints") endpoints ??= value;
  }
  return { ports, endpoints };
}

/** `10.0.0.1:8080,10.0.0.2:8080 + 1 more...`. */
function addressesOf(text: string): { addresses: string[]; ports: number[] } {
  const pairs = text
    .replace(/ \+ \d+ more\.\.\.$/, "")
    .split(",")
    .map((one) => /^\[?([0-9a-fA-F.:]{2,45}?)\]?(?::(\d{1,5}))?$/.exec(one.trim()))
    .filter((one) => one !== null);
  return { addresses: [...new Set(pairs.map((p) => p[1]!))], ports: [...new Set(pairs.flatMap((p) => (p[2] ? [Number(p[2])] : [])))] };
}

/** The Service, and the ready addresses that describe shows with it. */
export function readService(of: Entry[], namespace: string, name: string): { service: Service; slice: EndpointSlice | null } {
  const { ports, endpoints } = portsOf(of);
  const selector = labelsOf(find(of, "Selector"));
  const service: Service = {
    kind: "Service",
    metadata: metadataOf(of, namespace, name),
    spec: without({
      type: valueOf(of, "Type"),
      clusterIP: valueOf(of, "IP", "IPs"),
      externalName: valueOf(of, "External Name"),
      selector,
      ports: ports.length ? ports : undefined,
    }),
  };
  if (endpoints === undefined) return { service, slice: null };
  const found = addressesOf(endpoints);
  return { service, slice: sliceOf(namespace, name, found.addresses, found.ports) };
}

/** Endpoints are shown per Service; the engine reads slices, so they become one. */
export function sliceOf(namespace: string, service: string, ready: string[], ports: number[], notReady: string[] = []): EndpointSlice {
  return {
    kind: "EndpointSlice",
    metadata: { name: service, namespace, labels: { "kubernetes.io/service-name": service } },
    ports: ports.map((port) => ({ port })),
    endpoints: [
      ...ready.map((address) => ({ addresses: [address], conditions: { ready: true } })),
      ...notReady.map((address) => ({ addresses: [address], conditions: { ready: false } })),
    ],
  };
}

export function readEndpoints(of: Entry[], namespace: string, name: string): EndpointSlice {
  const subsets = find(of, "Subsets")?.children ?? [];
  const list = (key: string): string[] =>
    subsets
      .filter((e) => e.key === key)
      .flatMap((e) => e.value.split(","))
      .filter((a) => a && a !== "<none>");
  const ports = rowsOf(find(subsets, "Ports")).flatMap((row) => leadingNumber(row[1]) ?? []);
  return sliceOf(namespace, name, list("Addresses"), ports, list("NotReadyAddresses"));
}

export function readEndpointSlice(of: Entry[], namespace: string, name: string): EndpointSlice {
  const endpoints: NonNullable<EndpointSlice["endpoints"]> = [];
  for (const entry of find(of, "Endpoints")?.children ?? []) {
    const addresses = entry.value.split(/, */).filter(Boolean);
    const ready = valueOf(find(entry.children, "Conditions")?.children ?? [], "Ready");
    const target = /^(\w{1,63})\/(\S{1,253})$/.exec(valueOf(entry.children, "TargetRef") ?? "");
    const nodeName = valueOf(entry.children, "NodeName");
    endpoints.push(
      without({
        addresses,
        conditions: ready === undefined ? undefined : { ready: ready === "true" },
        targetRef: target ? { kind: target[1]!, name: target[2]!, namespace } : undefined,
        nodeName,
      }),
    );
  }
  const ports = rowsOf(find(of, "Ports")).flatMap(([label = "", port]) => {
    const number = leadingNumber(port);
    return number === undefined ? [] : [without({ name: label === "<unset>" ? undefined : label, port: number })];
  });
  return { kind: "EndpointSlice", metadata: metadataOf(of, namespace, name), ...without({ addressType: valueOf(of, "AddressType") }), ports, endpoints };
}

/** `/path   service:8080 (10.0.0.1:8080)` below a host. */
export function readIngress(of: Entry[], namespace: string, name: string): Ingress {
  const rules: NonNullable<NonNullable<Ingress["spec"]>["rules"]> = [];
  for (const text of flatten(find(of, "Rules"))) {
    const host = /^([*\w][\w.*-]{0,252})$/.exec(text);
    const path = /^(?:(\/\S{0,1000})\s+)?([a-z0-9-]{1,63}):([\w-]{1,15})(?:\s.*)?$/.exec(text);
    if (path) {
      const port = /^\d+$/.test(path[3]!) ? { number: Number(path[3]) } : { name: path[3]! };
      rules.at(-1)?.http?.paths?.push({ path: path[1] ?? "/", backend: { service: { name: path[2]!, port } } });
    } else if (host && text !== "Host") rules.push({ ...(text !== "*" && { host: text }), http: { paths: [] } });
  }
  return { kind: "Ingress", metadata: metadataOf(of, namespace, name), spec: { rules } };
}
function flatten(entry: Entry | null): string[] {
  return (entry?.children ?? []).flatMap((child) => [child.text, ...flatten(child)]);
}

/** Only what the policy selects and which directions it governs: describe words the rules for people. */
export function readNetworkPolicy(of: Entry[], namespace: string, name: string): NetworkPolicy {
  const spec = find(of, "Spec")?.children ?? [];
  const selected = find(spec, "PodSelector");
  const every = /<none>/.test(selected?.value ?? "");
  const types = valueOf(spec, "Policy Types")?.split(/, */);
  const labels = every ? {} : selectorOf(listOf(selected).join(","));
  return { kind: "NetworkPolicy", metadata: metadataOf(of, namespace, name), spec: without({ podSelector: labels, policyTypes: types }) };
}
