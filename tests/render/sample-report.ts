/** A Report to render: the Trade API whose Secret was renamed, and the gateway that calls it. */
import type { Incident, Report, Subject, Verdict } from "@unloop/engine/model/report";

export const noSubject: Subject = {
  kind: null,
  namespace: null,
  name: null,
  key: null,
  env: null,
  host: null,
  port: null,
  path: null,
  image: null,
  node: null,
  probe: null,
  similar: null,
};
const noRef = { kind: null, namespace: null, name: null, container: null, line: null, path: null };

export function verdict(over: Partial<Verdict> = {}): Verdict {
  return {
    id: "config/secret-not-found",
    confidence: "certain",
    title: "Secret broker-credentials does not exist",
    explanation: "Container api needs its key api-key for BROKER__APIKEY. There is a Secret broker-api-credentials with that key: it was probably renamed.",
    subject: { ...noSubject, kind: "Secret", namespace: "trading", name: "broker-credentials" },
    details: {},
    evidence: [
      {
        source: "event",
        text: 'Error: secret "broker-credentials" not found',
        ref: { ...noRef, kind: "Pod", namespace: "trading", name: "trade-api-1", container: "api" },
      },
      {
        source: "spec",
        text: "env BROKER__APIKEY ← broker-credentials/api-key",
        ref: { ...noRef, kind: "Deployment", namespace: "trading", name: "trade-api", path: "spec.containers[api].env[BROKER__APIKEY]" },
      },
    ],
    ...over,
  };
}

export function incident(over: Partial<Incident> = {}): Incident {
  return {
    id: "one",
    severity: "outage",
    status: "active",
    symptom: "CreateContainerConfigError",
    workload: { kind: "Deployment", namespace: "trading", name: "trade-api", revision: "7" },
    container: { name: "api", type: "app" },
    pods: [{ name: "trade-api-1", node: "worker-1", restarts: 14 }],
    replicas: { desired: 3, ready: 0, failing: 3 },
    since: { earliest: "2026-03-01T09:41:00Z", latest: "2026-03-01T09:41:00Z" },
    lastCrash: "2026-03-01T09:58:00Z",
    ranFor: "PT2.4S",
    nextRestart: { earliest: "2026-03-01T10:01:00Z", latest: "2026-03-01T10:02:00Z", backOff: "PT2M40S" },
    routine: [
      { step: "status", result: "clue", summary: "CreateContainerConfigError", command: "kubectl get pod trade-api-1 -n trading" },
      { step: "logs", result: "unknown", summary: "never started", command: "kubectl logs trade-api-1 -n trading" },
      { step: "events", result: "clue", summary: "secret not found", command: "kubectl get events -n trading" },
      { step: "config", result: "cause", summary: "Secret broker-credentials does not exist", command: "kubectl get secret broker-credentials -n trading" },
      { step: "probes", result: "clear", summary: "no probes", command: "kubectl get pod trade-api-1 -n trading -o yaml" },
    ],
    cause: verdict(),
    alternatives: [],
    conclusion: { ruledOut: [], next: [] },
    causedBy: null,
    victims: [],
    blastRadius: { services: [], dependents: [], routes: [], capacity: null },
    change: null,
    fixes: [],
    ...over,
  };
}

export function report(incidents: Incident[], over: Partial<Report> = {}): Report {
  return {
    schemaVersion: "1",
    takenAt: "2026-03-01T10:00:00Z",
    source: { kind: "cluster", name: "lab", kubernetesVersion: "v1.34.4" },
    summary: {
      pods: 12,
      workloads: 4,
      failing: incidents.length,
      incidents: incidents.length,
      roots: incidents.filter(({ causedBy }) => causedBy === null).length,
    },
    incidents,
    notSeen: [],
    warnings: [],
    ...over,
  };
}
