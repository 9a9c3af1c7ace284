/** References and calls between workloads, built once for a Snapshot. */
import type { Call, Graph, ServiceTarget } from "../model/graph";
import type { EndpointSlice, Pod, PodSpec, Service, Workload } from "../model/kubernetes";
import type { WorkloadRef } from "../model/report";
import type { SeenObject } from "../model/snapshot";
import type { SnapshotView } from "../model/view";
import { ownerOf, templateOf } from "../detect/owners";
import { nearest } from "../routine/config";
import { addressesIn } from "./addresses";

const clusterSuffix = /\.svc(?:\.cluster\.local)?\.?$/;

/** Splits a host as a pod's resolver would: `name`, `name.ns`, `name.ns.svc…`, `pod.name.ns.svc…`; null for names outside the cluster. */
export function splitHost(host: string, namespace: string): { name: string; namespace: string } | null {
  const lower = host.toLowerCase();
  const inCluster = clusterSuffix.test(lower);
  const labels = lower.replace(clusterSuffix, "").split(".");
  if (labels.some((l) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(l))) return null;
  if (labels.length === 1) return { name: labels[0]!, namespace };
  if (labels.length === 2) return { name: labels[0]!, namespace: labels[1]! };
  return inCluster && labels.length === 3 ? { name: labels[1]!, namespace: labels[2]! } : null;
}

function matches(selector: Record<string, string> | undefined, labels: Record<string, string> | undefined): boolean {
  const pairs = Object.entries(selector ?? {});
  return pairs.length > 0 && pairs.every(([key, value]) => labels?.[key] === value);
}

function readyBehind(view: SnapshotView, namespace: string, name: string): number | null {
  const slices = view
    .list("EndpointSlice", namespace)
    .filter(
      (s) => s.object.metadata.labels?.["kubernetes.io/service-name"] === name || (!s.object.metadata.labels && s.object.metadata.name?.startsWith(`${name}-`)),
    );
  if (!slices.length) return view.complete("EndpointSlice", namespace) ? 0 : null;
  if (slices.some((s) => s.fidelity === "metadata" || (s.fidelity === "row" && !s.object.endpoints))) return null;
  return slices.reduce((sum, s) => sum + countReady(s.object), 0);
}
function countReady(slice: EndpointSlice): number {
  return (slice.endpoints ?? []).filter((e) => e.conditions?.ready !== false).reduce((sum, e) => sum + (e.addresses?.length ?? 1), 0);
}

function callsOf(ref: WorkloadRef, spec: PodSpec, view: SnapshotView): Call[] {
  const calls: Call[] = [];
  const add = (text: string | undefined, via: string): void => {
    for (const { host, port } of addressesIn(text ?? "")) {
      const target = splitHost(host, ref.namespace);
      if (target) calls.push({ from: ref, to: { namespace: target.namespace, service: target.name }, via, port });
    }
  };
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    for (const variable of container.env ?? []) {
      const { configMapKeyRef } = variable.valueFrom ?? {};
      const value = configMapKeyRef
        ? (view.get("ConfigMap", ref.namespace, configMapKeyRef.name ?? "")?.object as { data?: Record<string, string> } | undefined)?.data?.[
            configMapKeyRef.key ?? ""
          ]
        : variable.value;
      add(value, `env ${variable.name}`);
    }
    for (const source of container.envFrom ?? []) {
      const map =
        source.configMapRef && (view.get("ConfigMap", ref.namespace, source.configMapRef.name ?? "")?.object as { data?: Record<string, string> } | undefined);
      for (const [key, value] of Object.entries(map?.data ?? {})) add(value, `env ${source.prefix ?? ""}${key}`);
    }
    for (const argument of [...(container.command ?? []), ...(container.args ?? [])])
      if (argument.length < 2048) add(argument, `argument of ${container.name}`);
  }
  for (const volume of spec.volumes ?? []) {
    const map =
      volume.configMap && (view.get("ConfigMap", ref.namespace, volume.configMap.name ?? "")?.object as { data?: Record<string, string> } | undefined);
    for (const [key, value] of Object.entries(map?.data ?? {})) if (value.length < 65_536) add(value, `file ${key} of ConfigMap ${volume.configMap!.name}`);
  }
  return calls;
}

export function buildGraph(view: SnapshotView): Graph {
  const owned = new Map<string, { ref: WorkloadRef; pods: SeenObject<Pod>[]; spec: PodSpec | null }>();
  for (const seen of view.list("Pod")) {
    const { ref, owner } = ownerOf(view, seen);
    const at = `${ref.kind}/${ref.namespace}/${ref.name}`;
    const entry = owned.get(at) ?? { ref, pods: [], spec: templateOf(owner) };
    entry.pods.push(seen);
    entry.spec ??= seen.object.spec?.containers ? seen.object.spec : null;
    owned.set(at, entry);
  }
  for (const kind of ["Deployment", "StatefulSet", "DaemonSet"] as const)
    for (const seen of view.list(kind) as SeenObject<Workload>[]) {
      const ref = { kind, namespace: seen.object.metadata.namespace ?? "", name: seen.object.metadata.name ?? "", revision: null };
      const at = `${kind}/${ref.namespace}/${ref.name}`;
      if (!owned.has(at)) owned.set(at, { ref, pods: [], spec: templateOf(seen) });
    }
  const services = view.list("Service");
  const known = new Set(services.map((s) => `${s.object.metadata.namespace}/${s.object.metadata.name}`));
  const byAddress = new Map(services.filter((s) => s.object.spec?.clusterIP).map((s) => [s.object.spec!.clusterIP!, s]));
  let calls: Call[] | null = null;

  function podsBehind(service: SeenObject<Service>): SeenObject<Pod>[] {
    const namespace = service.object.metadata.namespace ?? "";
    return view.list("Pod", namespace).filter((p) => matches(service.object.spec?.selector, p.object.metadata.labels));
  }
  function behind(namespace: string, name: string): WorkloadRef[] {
    const service = view.get("Service", namespace, name);
    const selector = service?.object.spec?.selector;
    const found = [...owned.values()].filter(({ ref, pods }) => {
      if (ref.namespace !== namespace) return false;
      const template = (view.get(ref.kind, namespace, ref.name) as SeenObject<Workload> | null)?.object.spec?.template?.metadata?.labels;
      if (selector) return matches(selector, template) || pods.some((p) => matches(selector, p.object.metadata.labels));
      return service !== null && service.fidelity !== "full" && ref.name === name;
    });
    return found.map((f) => f.ref);
  }

  return {
    resolve(host, namespace): ServiceTarget | null {
      const place = splitHost(host, namespace);
      if (!place) return null;
      const service = view.get("Service", place.namespace, place.name);
      const absent = view.absent("Service", place.namespace, place.name);
      const exists = service ? "yes" : absent === "yes" ? "no" : "unknown";
      if (!service && place.namespace !== namespace && !host.includes(".svc") && !view.list("Service", place.namespace).length) return null;
      const local = view.list("Service", place.namespace).map((s) => s.object.metadata.name!);
      const elsewhere = services
        .filter((s) => s.object.metadata.name === place.name && s.object.metadata.namespace !== place.namespace)
        .map((s) => `${place.name}.${s.object.metadata.namespace}`);
      return {
        host,
        ...place,
        service,
        exists,
        similar: service ? [] : [...elsewhere, ...nearest(place.name, local)],
        pods: service ? podsBehind(service) : [],
        ready: service ? readyBehind(view, place.namespace, place.name) : null,
        ports: (service?.object.spec?.ports ?? []).map((p) => p.port).filter((p): p is number => p !== undefined),
      };
    },
    serviceByAddress: (address) => byAddress.get(address) ?? null,
    behind,
    get calls() {
      calls ??= [...owned.values()]
        .flatMap(({ ref, spec }) => (spec ? callsOf(ref, spec, view) : []))
        .filter((c) => known.size === 0 || known.has(`${c.to.namespace}/${c.to.service}`));
      return calls;
    },
  };
}
