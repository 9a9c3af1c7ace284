/** Which workloads a question is about: the one that was named, and those that its failed calls lead to. */
import type { Case } from "./model/case";
import type { Graph } from "./model/graph";
import type { Observations } from "./model/observation";
import type { WorkloadRef } from "./model/report";
import type { Focus } from "./model/snapshot";
import { nameStem } from "./detect/owners";

function key({ kind, namespace, name }: Pick<WorkloadRef, "kind" | "namespace" | "name">): string {
  return `${kind}/${namespace}/${name}`;
}

/** True where a workload, or one of its pods, is what was named; a pod that is gone leads to its workload by its name. */
export function isNamed(focus: Focus, workload: Pick<WorkloadRef, "kind" | "name">, pods: { name: string; node: string | null }[]): boolean {
  const { kind, name } = focus;
  if (!name) return true;
  if (workload.name === name && (!kind || kind === workload.kind)) return true;
  if (pods.some((p) => p.name === name)) return true;
  if (kind === "Node") return pods.some((p) => p.node === name);
  if (kind === "ReplicaSet" || kind === "Job") return nameStem(`${name}-bbbbb`).name === workload.name;
  return (kind === "Pod" || kind === null) && nameStem(name).name === workload.name;
}

/** Workloads behind the Services that a Case's log complains of, or that it calls at all where the log names none. */
function callees(failing: Case, seen: Observations, graph: Graph): WorkloadRef[] {
  const { namespace } = failing.workload;
  const hosts = (seen.logs.reading?.signals ?? []).flatMap((s) => (s.subject.host ? [s.subject.host] : []));
  const named = hosts.flatMap((host) => {
    const byAddress = /^[\d.]+$/.test(host) ? graph.serviceByAddress(host)?.object.metadata : null;
    const target = byAddress ? { namespace: byAddress.namespace ?? namespace, name: byAddress.name ?? "" } : graph.resolve(host, namespace);
    return target ? graph.behind(target.namespace, target.name) : [];
  });
  if (named.length) return named;
  return graph.calls.filter((call) => key(call.from) === key(failing.workload)).flatMap((call) => graph.behind(call.to.namespace, call.to.service));
}

/** Whether details of a workload help to answer; everything does where nothing was named. */
export function relevantTo(focus: Focus | null, cases: Case[], graph: Graph, look: (failing: Case) => Observations): (workload: WorkloadRef) => boolean {
  if (!focus?.name || focus.kind === "Node") return () => true;
  const podsOf = (failing: Case): { name: string; node: string | null }[] =>
    [...failing.pods.map((p) => p.pod), ...failing.siblings.map((s) => s.object)].map((p) => ({ name: p.metadata.name ?? "", node: p.spec?.nodeName ?? null }));
  const relevant = new Set<string>();
  const open = cases.filter((c) => isNamed(focus, c.workload, podsOf(c)));
  for (let failing = open.pop(); failing; failing = open.pop()) {
    relevant.add(key(failing.workload));
    if (failing.pods[0]?.seen.fidelity === "row") continue;
    for (const callee of callees(failing, look(failing), graph)) {
      if (relevant.has(key(callee))) continue;
      relevant.add(key(callee));
      open.push(...cases.filter((c) => key(c.workload) === key(callee)));
    }
  }
  return (workload) => relevant.has(key(workload)) || isNamed(focus, workload, []);
}
