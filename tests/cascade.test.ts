/** Roots and victims of small platforms: who is called the cause of whom. */
import { describe, expect, it } from "vitest";
import { diagnose } from "@unloop/engine/diagnose";
import type { KubernetesObject, Pod } from "@unloop/engine/model/kubernetes";
import { snapshotOf } from "./case-files";

const namespace = "harbour";
interface Part {
  name: string;
  /** Text of the crashed run; null for a container that runs. */
  log: string | null;
  /** Up in this instant, between two crashes. */
  isUp?: boolean;
  calls?: string;
  imageMissing?: boolean;
  /** Runs and is not ready. */
  isDown?: boolean;
}

function podOf({ name, log, isUp, calls, imageMissing, isDown }: Part): KubernetesObject {
  const running = { running: { startedAt: "2026-03-01T09:59:58Z" } };
  const ended = { terminated: { exitCode: 1, reason: "Error", startedAt: "2026-03-01T09:57:00Z", finishedAt: "2026-03-01T09:57:02Z" } };
  const waits = {
    waiting: imageMissing ? { reason: "ImagePullBackOff", message: `Back-off pulling image "harbour/${name}:9"` } : { reason: "CrashLoopBackOff" },
  };
  const isReady = isUp || (log === null && !imageMissing && !isDown);
  return {
    kind: "Pod",
    apiVersion: "v1",
    metadata: { name: `${name}-0`, namespace, labels: { app: name }, ownerReferences: [{ kind: "StatefulSet", name, controller: true }] },
    spec: { containers: [{ name, image: `harbour/${name}:9`, env: calls ? [{ name: "UPSTREAM", value: calls }] : [] }] },
    status: {
      phase: imageMissing ? "Pending" : "Running",
      conditions: [{ type: "Ready", status: isReady ? "True" : "False" }],
      containerStatuses: [
        { name, ready: isReady, restartCount: log === null ? 0 : 6, state: isReady || isDown ? running : waits, lastState: log === null ? {} : ended },
      ],
    },
  } as unknown as KubernetesObject;
}
function objectsOf(part: Part): KubernetesObject[] {
  const isReady = part.isUp || (part.log === null && !part.imageMissing && !part.isDown);
  return [
    podOf(part),
    {
      kind: "StatefulSet",
      metadata: { name: part.name, namespace },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: part.name } },
        template: { metadata: { labels: { app: part.name } }, spec: (podOf(part) as Pod).spec },
      },
      status: { replicas: 1, readyReplicas: isReady ? 1 : 0 },
    },
    {
      kind: "Service",
      metadata: { name: part.name, namespace },
      spec: { clusterIP: `10.96.1.${part.name.length}`, selector: { app: part.name }, ports: [{ port: 8080 }] },
    },
    {
      kind: "EndpointSlice",
      metadata: { name: `${part.name}-x`, namespace, labels: { "kubernetes.io/service-name": part.name } },
      endpoints: [{ addresses: ["10.1.0.9"], conditions: { ready: isReady } }],
    },
  ] as unknown as KubernetesObject[];
}

/** `victim → root` for all incidents that have a cause elsewhere, and the names of the roots. */
function told(parts: Part[], more: KubernetesObject[] = []): { links: string[]; roots: string[] } {
  const kinds = ["Pod", "StatefulSet", "Service", "EndpointSlice", "NetworkPolicy"];
  const { incidents } = diagnose(
    snapshotOf({
      takenAt: "2026-03-01T10:00:00Z",
      objects: [...parts.flatMap(objectsOf), ...more],
      inventory: kinds.map((kind) => ({ kind, namespace, extent: "complete" as const })),
      logs: parts.filter((p) => p.log !== null).map((p) => ({ namespace, pod: `${p.name}-0`, container: p.name, text: p.log! })),
    }),
  );
  const nameOf = (id: string | null): string => incidents.find((i) => i.id === id)?.workload.name ?? "";
  const victims = incidents.filter((i) => i.causedBy);
  return {
    links: victims.map((i) => `${i.workload.name} → ${nameOf(i.causedBy)}`).sort(),
    roots: incidents
      .filter((i) => !i.causedBy)
      .map((i) => i.workload.name)
      .sort(),
  };
}

const keyError = `Traceback (most recent call last):\n  File "/srv/main.py", line 3, in <module>\n    depth = os.environ["DEPTH_SOURCE"]\nKeyError: 'DEPTH_SOURCE'\n`;
const serverError = (host: string): string =>
  `Traceback (most recent call last):\n  File "/srv/main.py", line 9, in <module>\n    r.raise_for_status()\nrequests.exceptions.HTTPError: 503 Server Error: Service Unavailable for url: http://${host}:8080/\n`;
const refused = (address: string): string => `Error: connect ECONNREFUSED ${address}\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n`;

describe("cascades", () => {
  it("a caller of a failing workload is its victim", () => {
    expect(
      told([
        { name: "tides", log: keyError },
        { name: "quay", log: refused("10.96.1.5:8080") },
      ]),
    ).toEqual({ links: ["quay → tides"], roots: ["tides"] });
  });

  it("a root that is up between two crashes is still the root", () => {
    expect(
      told([
        { name: "tides", log: keyError, isUp: true },
        { name: "quay", log: refused("10.96.1.5:8080") },
      ]).links,
    ).toEqual(["quay → tides"]);
  });

  it("the root is found through a server that looks well and answers 503", () => {
    const parts: Part[] = [
      { name: "ledger", log: null, imageMissing: true },
      { name: "berths", log: null, calls: "http://ledger:8080" },
      { name: "portal", log: serverError("berths") },
    ];
    expect(told(parts)).toEqual({ links: ["portal → ledger"], roots: ["ledger"] });
  });

  it("the root is found through a pod that merely waits for it", () => {
    const parts: Part[] = [
      { name: "ledger", log: null, imageMissing: true },
      { name: "moorings", log: null, isDown: true, calls: "http://ledger:8080" },
      { name: "portal", log: refused("10.96.1.8:8080") },
    ];
    expect(told(parts)).toEqual({ links: ["portal → ledger"], roots: ["ledger"] });
  });

  it("a server that looks well and calls nobody that fails has no part in it", () => {
    const parts: Part[] = [
      { name: "ledger", log: null, imageMissing: true },
      { name: "berths", log: null },
      { name: "portal", log: serverError("berths") },
    ];
    expect(told(parts)).toEqual({ links: [], roots: ["ledger", "portal"] });
  });

  it("who fails for a reason of its own is no victim of what it calls", () => {
    const parts: Part[] = [
      { name: "tides", log: keyError },
      { name: "quay", log: keyError.replaceAll("DEPTH_SOURCE", "CRANE_COUNT"), calls: "http://tides:8080" },
    ];
    expect(told(parts)).toEqual({ links: [], roots: ["quay", "tides"] });
  });

  it("who was answered and rejected is no victim of the other side's own trouble", () => {
    const rejected = `psycopg2.OperationalError: connection to server at "tides", port 5432 failed: FATAL:  password authentication failed for user "crane"\n`;
    expect(
      told([
        { name: "tides", log: keyError, isUp: true },
        { name: "quay", log: rejected },
      ]),
    ).toEqual({ links: [], roots: ["quay", "tides"] });
  });

  it("who misses a table is a victim of the migration that failed", () => {
    const noTable = `psycopg2.errors.UndefinedTable: relation "berths" does not exist\nLINE 1: select * from berths\n`;
    const job = (name: string): KubernetesObject[] =>
      [
        {
          kind: "Job",
          metadata: { name, namespace },
          spec: { backoffLimit: 1, template: { spec: { containers: [{ name: "run", image: "harbour/tools:1" }] } } },
          status: { failed: 1, conditions: [{ type: "Failed", status: "True", reason: "BackoffLimitExceeded" }] },
        },
        {
          kind: "Pod",
          metadata: { name: `${name}-0`, namespace, ownerReferences: [{ kind: "Job", name, controller: true }] },
          spec: { restartPolicy: "Never", containers: [{ name: "run", image: "harbour/tools:1" }] },
          status: {
            phase: "Failed",
            containerStatuses: [{ name: "run", ready: false, restartCount: 0, state: { terminated: { exitCode: 1, reason: "Error" } } }],
          },
        },
      ] as unknown as KubernetesObject[];
    const quay: Part[] = [{ name: "quay", log: noTable }];
    expect(told(quay, job("schema-migrate"))).toEqual({ links: ["quay → schema-migrate"], roots: ["schema-migrate"] });
    expect(told(quay, job("nightly-report"))).toEqual({ links: [], roots: ["nightly-report", "quay"] });
  });
});
