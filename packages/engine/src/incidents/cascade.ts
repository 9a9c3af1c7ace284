/** Tells roots from victims: an incident that fails because a Service, workload or node behind it fails is caused by that one. */
import type { Graph } from "../model/graph";
import type { Incident } from "../model/report";
import type { Judged } from "./judged";

export interface Linked {
  judged: Judged;
  incident: Incident;
}

function sameWorkload(a: { kind: string; namespace: string; name: string }, b: { kind: string; namespace: string; name: string }): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** Causes with which a workload says that something else does not answer it. */
const outward = /^dependency\/(refused|timeout|service-has-no-endpoints|name-not-resolved)$/;
/** Verdicts too weak to stand against a failing Service that the workload calls. */
const weak = /^(app\/(exited-without-reason|uncaught-exception|exited-cleanly)|probe\/(application-unhealthy|too-aggressive|port-wrong)|killed\/unattributed)$/;

function isOpen(incident: Incident): boolean {
  const { cause } = incident;
  if (cause && outward.test(cause.id) && cause.confidence === "possible") return true;
  return cause === null || (weak.test(cause.id) && (cause.confidence !== "certain" || cause.id === "probe/application-unhealthy"));
}

/** A workload of which every replica fails again and again is a root even in the moment in which all of them happen to be up. */
function canBeRoot({ incident }: Linked): boolean {
  const { desired, failing } = incident.replicas;
  return incident.severity !== "contained" || (incident.status === "active" && desired !== null && failing >= desired);
}

interface Place {
  namespace: string;
  service: string;
  /** The log names it; false where only the configuration does. */
  isNamed: boolean;
}

/** How many workloads that look well may lie between a victim and its root. */
const farthest = 3;

/**
 * The failing workload behind a Service. Where those behind it look well themselves, it may be one that they call: a server without a probe
 * stays up and answers 503 while its own dependency is gone.
 */
function rootBehind(one: Linked, start: Place, all: Linked[], graph: Graph): Linked | null {
  const isThrough = start.isNamed && (isOpen(one.incident) || one.incident.cause?.id === "dependency/service-has-no-endpoints");
  const seen = new Set<string>();
  let places = [start];
  for (let depth = 0; depth <= farthest && places.length; depth++) {
    const next: Place[] = [];
    for (const { namespace, service } of places) {
      if (seen.has(`${namespace}/${service}`)) continue;
      seen.add(`${namespace}/${service}`);
      const behind = graph.behind(namespace, service).filter((w) => !sameWorkload(w, one.incident.workload));
      const root = all.find((o) => o !== one && canBeRoot(o) && behind.some((w) => sameWorkload(w, o.incident.workload)));
      if (root) return root;
      next.push(...graph.calls.filter((c) => behind.some((w) => sameWorkload(w, c.from))).map((c) => ({ ...c.to, isNamed: start.isNamed })));
    }
    if (!isThrough) return null;
    places = next;
  }
  return null;
}

function targetsOf({ judged, incident }: Linked, graph: Graph): Place[] {
  const { namespace, name, kind } = incident.workload;
  const id = incident.cause?.id ?? null;
  const direct: Place[] = [];
  const hosts = [
    incident.cause?.subject.host,
    incident.cause?.subject.kind === "Service" ? incident.cause.subject.name : null,
    ...(judged.seen.logs.reading?.signals ?? []).filter((s) => s.cause.startsWith("dependency/")).map((s) => s.subject.host),
  ];
  // Who was kept out by a policy never reached the other side, and who was rejected by it did: neither is its victim.
  if (incident.cause?.subject.kind === "NetworkPolicy") return [];
  if ((id !== null && outward.test(id)) || isOpen(incident))
    for (const host of hosts) {
      if (!host) continue;
      const target = graph.resolve(host, namespace);
      const byAddress = /^[\d.]+$/.test(host) ? graph.serviceByAddress(host) : null;
      if (target?.service) direct.push({ namespace: target.namespace, service: target.name, isNamed: true });
      else if (byAddress)
        direct.push({ namespace: byAddress.object.metadata.namespace ?? namespace, service: byAddress.object.metadata.name ?? "", isNamed: true });
    }
  if (direct.length) return direct;
  if (!isOpen(incident) && !(outward.test(id!) && !incident.cause?.subject.host)) return [];
  return graph.calls.filter((c) => sameWorkload(c.from, { kind, namespace, name })).map((c) => ({ ...c.to, isNamed: false }));
}

const inDatabase = /^dependency\/(migration-failed|database-missing)$/;

/** The failing Job that should have made what a program misses in its database: a migration of the same namespace. */
function migrationOf(one: Linked, all: Linked[], graph: Graph): Linked | null {
  if (!inDatabase.test(one.incident.cause?.id ?? "") || one.incident.workload.kind === "Job") return null;
  const servicesOf = (of: Linked): string[] =>
    graph.calls.filter((c) => sameWorkload(c.from, of.incident.workload)).map((c) => `${c.to.namespace}/${c.to.service}`);
  const own = servicesOf(one);
  const jobs = all.filter(({ incident: { workload, cause } }) => {
    const isMigration = cause?.id === "dependency/migration-failed" || /migrat|schema|flyway|liquibase|alembic/.test(workload.name);
    return workload.kind === "Job" && workload.namespace === one.incident.workload.namespace && isMigration;
  });
  const fitting = jobs.filter((job) => {
    const theirs = servicesOf(job);
    return !own.length || !theirs.length || own.some((service) => theirs.includes(service));
  });
  return fitting.find((job) => job.incident.cause?.id === "dependency/migration-failed") ?? fitting[0] ?? null;
}

/** Sets `causedBy` and `victims`. A cycle of calls has no victim in it: the one nearest to a cause of its own stays the root. */
export function linkCascade(all: Linked[], graph: Graph): void {
  const upstream = new Map<Linked, Linked>();
  for (const one of all) {
    if (one.incident.workload.kind === "Node") continue;
    const node = all.find((o) => o.incident.workload.kind === "Node" && isVictimOfNode(one, o));
    if (node) {
      upstream.set(one, node);
      continue;
    }
    const migration = migrationOf(one, all, graph);
    if (migration) {
      upstream.set(one, migration);
      continue;
    }
    for (const place of targetsOf(one, graph)) {
      const root = rootBehind(one, place, all, graph);
      if (root) {
        upstream.set(one, root);
        break;
      }
      if (one.incident.cause?.id === "dependency/service-has-no-endpoints") break;
    }
  }
  for (const start of all) {
    const path: Linked[] = [];
    for (let at: Linked | undefined = start; at; at = upstream.get(at)) {
      const index = path.indexOf(at);
      if (index >= 0) {
        const cycle = path.slice(index);
        const root = cycle.find((c) => !c.incident.cause?.id.startsWith("dependency/")) ?? cycle.sort((a, b) => (a.incident.id < b.incident.id ? -1 : 1))[0]!;
        upstream.delete(root);
        break;
      }
      path.push(at);
    }
  }
  for (const [victim, direct] of upstream) {
    victim.incident.causedBy = direct.incident.id;
    direct.incident.victims.push(victim.incident.id);
  }
  shareRoots(all, upstream);
}

/** Several workloads that find the same Service empty are one fault: the first carries it, the others are its victims. */
function shareRoots(all: Linked[], upstream: Map<Linked, Linked>): void {
  const first = new Map<string, Linked>();
  for (const one of all) {
    if (upstream.has(one) || one.incident.cause?.id !== "dependency/service-has-no-endpoints") continue;
    const key = `${one.incident.cause.subject.namespace ?? one.incident.workload.namespace}/${one.incident.cause.subject.name ?? one.incident.cause.subject.host}`;
    const there = first.get(key);
    if (!there) first.set(key, one);
    else {
      one.incident.causedBy = there.incident.id;
      there.incident.victims.push(one.incident.id);
    }
  }
}

function isVictimOfNode(one: Linked, node: Linked): boolean {
  const id = one.incident.cause?.id ?? null;
  const name = node.incident.workload.name;
  const onNode = one.incident.pods.length > 0 && one.incident.pods.every((p) => p.node === name);
  if (id?.startsWith("node/") && one.incident.cause?.subject.node === name) return true;
  return onNode && node.incident.symptom !== "DiskPressure" && (isOpen(one.incident) || id!.startsWith("node/") || one.judged.case.tentative);
}
