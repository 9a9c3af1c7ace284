/** Settles which namespace `?` is: the one of the context in which the commands ran. */
import { type Collected, contextNamespace } from "./collect";
import { isNamespaced } from "./kinds";

function mostFrequent(names: string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;
}

/** @param asked whether a prompted command left its namespace out, so that the context's own is really meant */
export function settleNamespaces(all: Collected, asked: boolean): void {
  if (!leavesOpen(all)) return;
  const known = new Map<string, Set<string>>();
  for (const { object } of all.sightings) {
    const { namespace, name } = object.metadata;
    if (!namespace || namespace === contextNamespace) continue;
    const key = `${object.kind}/${name}`;
    known.set(key, (known.get(key) ?? new Set()).add(namespace));
  }
  const own = (kind: string, name: string | undefined): string | null => {
    const told = all.namespaceOf.get(`${kind}/${name}`);
    const seen = known.get(`${kind}/${name}`);
    return told ?? (seen?.size === 1 ? [...seen][0]! : null);
  };
  const settled: string[] = [];
  for (const { object } of all.sightings)
    if (object.metadata.namespace === contextNamespace) {
      const found = own(object.kind, object.metadata.name);
      if (found) settled.push(found);
    }
  for (const { event } of all.events) {
    const about = event.involvedObject;
    const found = event.metadata.namespace === contextNamespace && about ? own(about.kind ?? "", about.name) : null;
    if (found) settled.push(found);
  }
  const elsewhere = [...new Set([...known.values()].flatMap((names) => [...names]))];
  const fallback = mostFrequent(all.contextNamespaces) ?? mostFrequent(settled) ?? (!asked && elsewhere.length === 1 ? elsewhere[0]! : "default");
  const place = (namespace: string | undefined, kind: string, name: string | undefined): string | undefined =>
    namespace !== contextNamespace ? namespace : isNamespaced(kind) ? (own(kind, name) ?? fallback) : undefined;

  for (const { object } of all.sightings) {
    const settledAt = place(object.metadata.namespace, object.kind, object.metadata.name);
    if (settledAt === undefined) delete object.metadata.namespace;
    else object.metadata.namespace = settledAt;
  }
  for (const { event } of all.events) {
    const about = event.involvedObject!;
    const at = event.metadata.namespace === contextNamespace ? (own(about.kind ?? "", about.name) ?? fallback) : event.metadata.namespace;
    event.metadata.namespace = at;
    if (about.namespace === contextNamespace) about.namespace = at;
  }
  for (const log of all.logs) if (log.namespace === contextNamespace) log.namespace = own("Pod", log.pod) ?? fallback;
  for (const state of all.states) if (state.namespace === contextNamespace) state.namespace = own("Pod", state.pod) ?? fallback;
  for (const entry of all.inventory) if (entry.namespace === contextNamespace) entry.namespace = fallback;
  for (const { want } of all.answers) if (want.namespace === contextNamespace) want.namespace = fallback;
}

/** Big listings name every namespace. */
function leavesOpen(all: Collected): boolean {
  return (
    all.sightings.some(({ object }) => object.metadata.namespace === contextNamespace) ||
    [
      ...all.events.map((e) => e.event.metadata.namespace),
      ...[...all.logs, ...all.states, ...all.inventory].map((one) => one.namespace),
      ...all.answers.map((a) => a.want.namespace),
    ].includes(contextNamespace)
  );
}
