/** The first line of an incident: what is how bad, for how long, and when it is tried again. */
import type { Incident, Severity } from "../model/report";
import type { Instant } from "../model/snapshot";
import { count, inWords, secondsBetween, workloadName } from "./words";

const verbs: Record<Severity, string> = { outage: "is down", degraded: "is degraded", blocked: "is stuck", contained: "has a failing container" };

export interface Headline {
  /** `trading/trade-api is down`. */
  title: string;
  /** `0 of 3 replicas serve`, `14 restarts in 19 min`, …: in the order of what matters. */
  facts: string[];
}

export function headline(incident: Incident, takenAt: Instant | null): Headline {
  const restarted = incident.pods.reduce((sum, pod) => sum + pod.restarts, 0);
  const lasted = secondsBetween(incident.since.earliest, takenAt);
  const since = lasted === null ? "" : inWords(lasted);
  const restarts = restarted ? `${count(restarted, "restart")}${since && ` in ${since}`}` : null;
  return {
    title: `${workloadName(incident.workload)} ${verb(incident)}${restarts || !since ? "" : ` for ${since}`}`,
    facts: [serving(incident), restarts, nextTry(incident, takenAt)].filter((fact) => fact !== null),
  };
}

function verb({ status, severity, workload, symptom, container }: Incident): string {
  if (status === "recovered") return "has recovered";
  if (status === "recovering") return "is recovering";
  if (!workload.name) return `ends with ${symptom}`;
  if (workload.kind === "Job" || workload.kind === "CronJob") return severity === "contained" || severity === "outage" ? "fails" : verbs[severity];
  if (severity === "contained" && container) return `has a failing ${container.type === "app" ? "container" : `${container.type} container`} ${container.name}`;
  return verbs[severity];
}

function serving({ replicas: { desired, ready, failing }, workload }: Incident): string | null {
  if (desired === null || ready === null || workload.kind === "Pod") return failing > 1 ? `${failing} pods fail` : null;
  if (workload.kind === "Job" || workload.kind === "CronJob" || workload.kind === "Node") return failing ? count(failing, "failed pod") : null;
  return desired === 1 && ready === 1 ? "its one replica serves" : `${ready} of ${desired} replicas serve`;
}

function nextTry({ nextRestart, status }: Incident, takenAt: Instant | null): string | null {
  if (!nextRestart || status === "recovered") return null;
  const latest = secondsBetween(takenAt, nextRestart.latest);
  if (latest === null) return null;
  const earliest = secondsBetween(takenAt, nextRestart.earliest) ?? latest;
  if (latest <= 0) return "next try now";
  const to = inWords(latest);
  if (earliest <= 0) return `next try within ${to}`;
  const from = inWords(earliest);
  if (from === to) return `next try in ${to}`;
  const [number, unit] = from.split(" ");
  return `next try in ${to.endsWith(` ${unit}`) ? number : from} to ${to}`;
}
