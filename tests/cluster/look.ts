/** Collecting from a fake API server. */
import type { Snapshot, Want } from "@unloop/engine/model/snapshot";
import { type CollectOptions, collect } from "@unloop/sources/cluster";
import type { FakeApi, FakeObject } from "./fake-api";

export function look(api: FakeApi, options: Partial<CollectOptions> = {}): Promise<Snapshot> {
  return collect({ kubeconfig: api.kubeconfig(), wants: () => [], env: {}, requestTimeoutMs: 5000, timeoutMs: 20_000, ...options });
}
/** Wants these once. */
export function wanting(...targets: (Partial<Want> & { type: Want["type"] })[]): () => Want[] {
  return () => targets.map((target) => ({ priority: 50, consequence: "not known", ...target }) as Want);
}
export function pod(
  name: string,
  fields: {
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    cells?: unknown[];
    spec?: object;
    status?: object;
    owner?: string;
  } = {},
): FakeObject {
  const { namespace = "shop", labels, annotations, cells, owner, ...rest } = fields;
  const ownerReferences = owner ? [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: owner, uid: `uid-${owner}`, controller: true }] : undefined;
  return {
    kind: "Pod",
    apiVersion: "v1",
    metadata: { name, namespace, uid: `uid-${name}`, labels, annotations, ownerReferences, creationTimestamp: "2026-03-01T10:00:00Z" },
    ...(cells ? { cells } : {}),
    ...rest,
  };
}
/** A pod whose only container exits with 1 soon after each start. */
export function crashing(name: string, fields: { namespace?: string; labels?: Record<string, string> } = {}): FakeObject {
  const ended = { exitCode: 1, reason: "Error", startedAt: "2026-03-01T10:00:00Z", finishedAt: "2026-03-01T10:00:02Z", containerID: "containerd://a" };
  const status = {
    name: "app",
    ready: false,
    restartCount: 7,
    state: { waiting: { reason: "CrashLoopBackOff", message: "back-off" } },
    lastState: { terminated: ended },
  };
  const owner = /^(.+-[a-z0-9]{9,10})-[a-z0-9]{5}$/.exec(name)?.[1];
  return pod(name, {
    ...fields,
    ...(owner ? { owner } : {}),
    cells: [name, "0/1", "CrashLoopBackOff", "7 (71s ago)", "20m"],
    spec: { containers: [{ name: "app", image: "app:1" }] },
    status: { phase: "Running", containerStatuses: [status] },
  });
}
export function answerTo(snapshot: Snapshot, kind: string): string | undefined {
  return snapshot.answers.find((answer) => "kind" in answer.want && answer.want.kind === kind)?.state;
}
export function extentOf(snapshot: Snapshot, kind: string): string | undefined {
  return snapshot.inventory.find((entry) => entry.kind === kind)?.extent;
}
