/** Snapshot in, Report out. */
import type { Incident, Report, Severity, Warning } from "./model/report";
import type { Focus, Snapshot } from "./model/snapshot";
import { compareCodePoints, viewSnapshot } from "./model/view";
import { detect } from "./detect/index";
import { ownerOf } from "./detect/owners";
import { secondsBetween } from "./detect/time";
import { buildGraph } from "./graph/index";
import { linkCascade } from "./incidents/cascade";
import { toIncident } from "./incidents/incident";
import { type Judged, judgeCase, mergeCases } from "./incidents/judged";
import { notSeenOf } from "./incidents/not-seen";
import { warningsOf } from "./incidents/warnings";
import { isNamed } from "./relevance";
import { observe } from "./routine/index";
import { wantsOf } from "./wants";

export interface DiagnoseOptions {
  /** Only what began or last crashed within this many seconds before `takenAt`. */
  sinceSeconds?: number;
  /** Also what has recovered. */
  all?: boolean;
}

const severities: Severity[] = ["outage", "degraded", "blocked", "contained"];

function order(a: Incident, b: Incident): number {
  const at = (i: Incident): string =>
    `${i.workload.namespace}/${i.workload.kind}/${i.workload.name}/${i.container?.name ?? ""}/${i.workload.revision ?? ""}/${i.id}`;
  const explained = (i: Incident): number => (i.cause ? 0 : 1);
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || explained(a) - explained(b) || compareCodePoints(at(a), at(b));
}

function isWorthIt(judged: Judged): boolean {
  const confidence = judged.judgement.verdict?.finding.confidence;
  return !judged.case.tentative || confidence === "certain" || confidence === "likely";
}

function isAsked(incident: Incident, focus: Focus | null): boolean {
  if (!focus) return true;
  const { kind, namespace } = incident.workload;
  if (focus.namespace && kind !== "Node" && namespace !== focus.namespace) return false;
  if (!focus.name) return kind !== "Node" || !focus.namespace;
  return isNamed(focus, incident.workload, incident.pods);
}

/** What was asked for, and what causes it: a node or a workload of another namespace only where it is the cause. */
function withRelatives(incidents: Incident[], focus: Focus | null): Incident[] {
  const asked = new Set(incidents.filter((i) => isAsked(i, focus)).map((i) => i.id));
  if (focus) {
    for (
      let at = incidents.find((i) => asked.has(i.id) && i.causedBy && !asked.has(i.causedBy));
      at;
      at = incidents.find((i) => asked.has(i.id) && i.causedBy && !asked.has(i.causedBy))
    )
      asked.add(at.causedBy!);
  }
  return incidents
    .filter((i) => asked.has(i.id))
    .map((i) => ({ ...i, causedBy: i.causedBy && asked.has(i.causedBy) ? i.causedBy : null, victims: i.victims.filter((v) => asked.has(v)) }));
}

function isRecent(incident: Incident, takenAt: string | null, sinceSeconds: number | undefined): boolean {
  if (sinceSeconds === undefined) return true;
  const times = [incident.since.earliest, incident.since.latest, incident.lastCrash]
    .map((t) => secondsBetween(t, takenAt))
    .filter((s): s is number => s !== null);
  return !times.length || Math.min(...times) <= sinceSeconds;
}

function uniqueIds(incidents: Incident[]): void {
  const seen = new Map<string, number>();
  for (const incident of incidents) {
    const count = (seen.get(incident.id) ?? 0) + 1;
    seen.set(incident.id, count);
    if (count > 1) incident.id = `${incident.id}-${count}`;
  }
}

export function diagnose(snapshot: Snapshot, options: DiagnoseOptions = {}): Report {
  const view = viewSnapshot(snapshot);
  const graph = buildGraph(view);
  const contexts = new Map(detect(view).map((failing) => [failing, { case: failing, seen: observe(failing, view), view, graph }]));
  const current = [...contexts.values()].filter((c) => options.all || c.case.status !== "recovered");
  const judged = mergeCases(current.map(judgeCase).filter(isWorthIt));
  const failing = new Set(judged.map(({ case: { workload: w } }) => `${w.kind}/${w.namespace}/${w.name}`));
  const linked = judged.map((one) => ({ judged: one, incident: toIncident(one, view, graph, failing) }));
  linked.sort((a, b) => order(a.incident, b.incident));
  uniqueIds(linked.map((l) => l.incident));
  linkCascade(linked, graph);
  const incidents = withRelatives(
    linked.map((l) => l.incident).filter((i) => isRecent(i, snapshot.takenAt, options.sinceSeconds)),
    snapshot.focus,
  );
  const pods = view.list("Pod").filter((p) => !snapshot.focus?.namespace || p.object.metadata.namespace === snapshot.focus.namespace);
  const workloads = new Set(pods.map((p) => ownerOf(view, p).ref).map((w) => `${w.kind}/${w.namespace}/${w.name}`));
  const warnings: Warning[] = warningsOf(
    view,
    linked.filter((l) => incidents.some((i) => i.id === l.incident.id)),
  );
  return {
    schemaVersion: "1",
    takenAt: snapshot.takenAt,
    source: { kind: snapshot.source.kind, name: snapshot.source.name, kubernetesVersion: snapshot.source.serverVersion },
    summary: {
      pods: pods.length,
      workloads: workloads.size,
      failing: new Set(incidents.map((i) => `${i.workload.kind}/${i.workload.namespace}/${i.workload.name}`)).size,
      incidents: incidents.length,
      roots: incidents.filter((i) => !i.causedBy).length,
    },
    incidents,
    notSeen: notSeenOf(
      snapshot,
      wantsOf(view, graph, [...contexts.keys()], (failing) => contexts.get(failing)!),
    ),
    warnings,
  };
}
