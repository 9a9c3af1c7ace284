/** Which addresses behind a Service are ready: Endpoints say it, a row of slices does not, the pods behind the addresses may. */
import type { EndpointSlice, Pod } from "@unloop/engine/model/kubernetes";
import type { Sighting } from "./collect";

const label = "kubernetes.io/service-name";

/** The Service of a slice: labelled, or by its generated name where such a Service was seen. */
function serviceOf(slice: EndpointSlice, services: Set<string>): string | null {
  const labelled = slice.metadata.labels?.[label];
  if (labelled) return labelled;
  const stem = slice.metadata.name!.replace(/-[a-z0-9]{5}$/, "");
  return services.has(`${slice.metadata.namespace}/${stem}`) ? stem : null;
}

/** Whether the pod at an address is ready; null where it was not seen. */
function readiness(merged: Map<string, Sighting>): (namespace: string, address: string) => boolean | null {
  const byAddress = new Map<string, boolean>();
  for (const { object, row } of merged.values()) {
    const pod = object as Pod;
    if (object.kind !== "Pod" || !pod.status?.podIP) continue;
    const [up, of] = (row?.READY ?? "").split("/");
    const condition = pod.status.conditions?.find((c) => c.type === "Ready");
    const ready = condition ? condition.status === "True" : up !== undefined && of !== undefined ? up === of : null;
    if (ready !== null) byAddress.set(`${object.metadata.namespace}/${pod.status.podIP}`, ready);
  }
  return (namespace, address) => byAddress.get(`${namespace}/${address}`) ?? null;
}

export function settleSlices(merged: Map<string, Sighting>): void {
  const services = new Set(
    [...merged.values()].filter((s) => s.object.kind === "Service").map((s) => `${s.object.metadata.namespace}/${s.object.metadata.name}`),
  );
  const isReady = readiness(merged);
  const groups = new Map<string, { key: string; sighting: Sighting; sure: boolean }[]>();
  for (const [key, sighting] of merged) {
    if (sighting.object.kind !== "EndpointSlice") continue;
    const slice = sighting.object as EndpointSlice;
    const namespace = slice.metadata.namespace ?? "";
    const service = serviceOf(slice, services);
    if (service) slice.metadata.labels = { ...slice.metadata.labels, [label]: service };
    const sure = (slice.endpoints ?? []).every((e) => {
      if (e.conditions?.ready !== undefined) return true;
      const ready = (e.addresses ?? []).map((address) => isReady(namespace, address));
      if (ready.includes(null)) return false;
      e.conditions = { ready: !ready.includes(false) };
      return true;
    });
    if (!sure && sighting.fidelity === "row") delete slice.endpoints;
    if (!service) continue;
    const group = groups.get(`${namespace}/${service}`) ?? [];
    groups.set(`${namespace}/${service}`, group);
    group.push({ key, sighting, sure });
  }
  // Endpoints and slices of one Service show the same addresses: counted once.
  for (const [place, group] of groups) {
    const name = place.slice(place.indexOf("/") + 1);
    const isEndpoints = (one: { sighting: Sighting }): boolean => one.sighting.object.metadata.name === name;
    const slices = group.filter((one) => !isEndpoints(one));
    if (!slices.length || slices.length === group.length) continue;
    const drop = slices.every((one) => one.sighting.fidelity !== "row" && one.sure) ? group.filter(isEndpoints) : slices;
    for (const { key } of drop) merged.delete(key);
  }
}
