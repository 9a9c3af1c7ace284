/** Who else is hit: the Services in front of a workload, who calls them, and the routes that lead there. */
import type { Graph } from "../model/graph";
import type { Ingress } from "../model/kubernetes";
import type { Incident } from "../model/report";
import type { SnapshotView } from "../model/view";
import type { Judged } from "./judged";

const most = 20;

export function blastRadius(
  { case: failing }: Judged,
  view: SnapshotView,
  graph: Graph,
  replicas: Incident["replicas"],
  failingWorkloads: Set<string>,
): Incident["blastRadius"] {
  const { kind, namespace, name } = failing.workload;
  const capacity = replicas.desired !== null && replicas.ready !== null ? `${replicas.ready} of ${replicas.desired} ready` : null;
  if (failing.scope === "node" || failing.scope === "log" || kind.endsWith("Job")) return { services: [], dependents: [], routes: [], capacity };
  const services = view
    .list("Service", namespace)
    .map((s) => s.object.metadata.name!)
    .filter((service) => graph.behind(namespace, service).some((w) => w.kind === kind && w.name === name));
  const dependents = new Map<string, Incident["blastRadius"]["dependents"][number]>();
  for (const call of graph.calls) {
    if (call.to.namespace !== namespace || !services.includes(call.to.service)) continue;
    const from = `${call.from.kind}/${call.from.namespace}/${call.from.name}`;
    if ((call.from.kind === kind && call.from.name === name && call.from.namespace === namespace) || dependents.has(from)) continue;
    dependents.set(from, {
      workload: call.from,
      via: `${call.via} → Service ${call.to.service}${call.port ? `:${call.port}` : ""}`,
      healthy: !failingWorkloads.has(from),
    });
  }
  const routes = (view.list("Ingress", namespace) as { object: Ingress }[]).flatMap(({ object }) =>
    (object.spec?.rules ?? []).flatMap((rule) =>
      (rule.http?.paths ?? []).filter((p) => services.includes(p.backend?.service?.name ?? "")).map((p) => ({ host: rule.host ?? "*", path: p.path ?? "/" })),
    ),
  );
  return { services: services.slice(0, most), dependents: [...dependents.values()].slice(0, most), routes: routes.slice(0, most), capacity };
}
