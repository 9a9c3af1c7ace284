/** Described Deployment, ReplicaSet, StatefulSet, DaemonSet, Job and CronJob. Formats: kubectl describe.go. */
import type { Condition, LabelSelector, PersistentVolumeClaim, PodTemplate, Workload } from "@unloop/engine/model/kubernetes";
import { accessModesOf } from "../rows/cells";
import { parseTime } from "../time";
import { controllerOf, readPodSpec } from "./pod";
import { leadingNumber, without } from "./shape";
import { annotationsOf, type Entry, find, labelsOf, rowsOf, valueOf } from "./tree";

/** `a=b,c in (d,e)`; undefined where it is absent or can not be read. */
export function selectorOf(text: string | undefined): LabelSelector | undefined {
  if (!text) return undefined;
  const matchLabels: Record<string, string> = {};
  const matchExpressions: NonNullable<LabelSelector["matchExpressions"]> = [];
  for (const part of text.split(/,(?![^(]{0,2000}\))/)) {
    const equal = /^([\w./-]{1,317})={1,2}([\w.-]{0,63})$/.exec(part.trim());
    const set = /^([\w./-]{1,317}) (in|notin) \(([\w.,-]{0,2000})\)$/.exec(part.trim());
    const bare = /^(!?)([\w./-]{1,317})$/.exec(part.trim());
    if (equal) matchLabels[equal[1]!] = equal[2]!;
    else if (set) matchExpressions.push({ key: set[1]!, operator: set[2] === "in" ? "In" : "NotIn", values: set[3]!.split(",") });
    else if (bare) matchExpressions.push({ key: bare[2]!, operator: bare[1] ? "DoesNotExist" : "Exists" });
    else return undefined;
  }
  return without<LabelSelector>({
    matchLabels: Object.keys(matchLabels).length ? matchLabels : undefined,
    matchExpressions: matchExpressions.length ? matchExpressions : undefined,
  });
}

/** `2 desired | 0 updated | 0 total | 0 available | 2 unavailable`, and `0 current / 1 desired` of a ReplicaSet. */
function counts(text: string | undefined): Record<string, number> {
  return Object.fromEntries(
    [...(text ?? "").matchAll(/(\d{1,9}) (desired|updated|total|available|unavailable|current)/g)].map(([, number, word]) => [word!, Number(number)]),
  );
}

function templateOf(entry: Entry | null): PodTemplate | undefined {
  if (!entry) return undefined;
  const labels = labelsOf(find(entry.children, "Labels"));
  const annotations = annotationsOf(find(entry.children, "Annotations"));
  return { metadata: without({ labels, annotations }), spec: readPodSpec(entry.children) };
}

function conditionsOf(entry: Entry | null): Condition[] | undefined {
  const found = rowsOf(entry)
    .map(([type = "", status = "", reason]) => without<Condition>({ type, status, reason }))
    .filter((c) => /^(?:True|False|Unknown)$/.test(c.status));
  return found.length ? found : undefined;
}

/** `Volume Claims:` of a StatefulSet; several follow each other with `Name:`. */
function claimsOf(entry: Entry | null): PersistentVolumeClaim[] | undefined {
  const claims: PersistentVolumeClaim[] = [];
  for (const child of entry?.children ?? []) {
    if (child.key === "Name") claims.push({ kind: "PersistentVolumeClaim", metadata: { name: child.value }, spec: {} });
    const spec = claims.at(-1)?.spec;
    if (!spec || !child.value) continue;
    if (child.key === "StorageClass") spec.storageClassName = child.value;
    if (child.key === "Capacity") spec.resources = { requests: { storage: child.value } };
    if (child.key === "Access Modes") spec.accessModes = accessModesOf(child.value) ?? [];
  }
  return claims.length ? claims : undefined;
}

/** `0 Running / 1 Waiting / 0 Succeeded / 0 Failed`, `1 Active (0 Ready) / 0 Succeeded / 0 Failed`. */
function podCounts(of: Entry[]): Record<string, number> {
  return Object.fromEntries(
    [...(valueOf(of, "Pods Statuses", "Pods Status") ?? "").matchAll(/(\d{1,9}) (?:\(\d+ Ready\) )?(Running|Waiting|Succeeded|Failed|Active)/g)].map(
      ([, number, word]) => [word!, Number(number)],
    ),
  );
}

function rollingUpdate(text: string | undefined): { maxUnavailable: string | number; maxSurge: string | number } | undefined {
  const match = /^(\d{1,9}%?) max unavailable, (\d{1,9}%?) max surge/.exec(text ?? "");
  const number = (part: string): string | number => (part.endsWith("%") ? part : Number(part));
  return match ? { maxUnavailable: number(match[1]!), maxSurge: number(match[2]!) } : undefined;
}

const seconds = (text: string | undefined): number | undefined => leadingNumber(text?.replace(/s$/, ""));

function specOf(kind: string, of: Entry[]): NonNullable<Workload["spec"]> {
  const replicas = counts(valueOf(of, "Replicas"));
  const type = valueOf(of, "StrategyType", "Update Strategy");
  const suspend = valueOf(of, "Suspend");
  const template = templateOf(find(of, "Pod Template"));
  const base = without<NonNullable<Workload["spec"]>>({
    selector: selectorOf(valueOf(of, "Selector")),
    replicas: replicas.desired,
    suspend: suspend === undefined ? undefined : /^true$/i.test(suspend),
    completions: leadingNumber(valueOf(of, "Completions")),
    parallelism: leadingNumber(valueOf(of, "Parallelism")),
    backoffLimit: leadingNumber(valueOf(of, "Backoff Limit")),
    activeDeadlineSeconds: seconds(valueOf(of, "Active Deadline Seconds")),
    schedule: valueOf(of, "Schedule"),
    concurrencyPolicy: valueOf(of, "Concurrency Policy"),
    volumeClaimTemplates: claimsOf(find(of, "Volume Claims")),
  });
  if (kind === "CronJob") return { ...base, ...(template && { jobTemplate: { spec: { template } } }) };
  if (kind === "Deployment" && type) base.strategy = without({ type, rollingUpdate: rollingUpdate(valueOf(of, "RollingUpdateStrategy")) });
  else if (type) base.updateStrategy = { type };
  return { ...base, ...(template && { template }) };
}

function statusOf(kind: string, of: Entry[]): NonNullable<Workload["status"]> {
  const replicas = counts(valueOf(of, "Replicas"));
  const pods = podCounts(of);
  const conditions = conditionsOf(find(of, "Conditions"));
  if (kind === "Job")
    return without({
      active: pods.Active ?? pods.Running,
      succeeded: pods.Succeeded,
      failed: pods.Failed,
      startTime: parseTime(valueOf(of, "Start Time")) ?? undefined,
      completionTime: parseTime(valueOf(of, "Completed At")) ?? undefined,
      conditions: conditions ?? (valueOf(of, "Completed At") ? [{ type: "Complete", status: "True" }] : undefined),
    });
  if (kind === "CronJob") return without({ lastScheduleTime: parseTime(valueOf(of, "Last Schedule Time")) ?? undefined });
  if (kind === "DaemonSet")
    return without({
      desiredNumberScheduled: leadingNumber(valueOf(of, "Desired Number of Nodes Scheduled")),
      currentNumberScheduled: leadingNumber(valueOf(of, "Current Number of Nodes Scheduled")),
      updatedNumberScheduled: leadingNumber(valueOf(of, "Number of Nodes Scheduled with Up-to-date Pods")),
      numberReady: leadingNumber(valueOf(of, "Number of Nodes Scheduled with Available Pods")),
    });
  return without({
    replicas: replicas.total ?? replicas.current,
    updatedReplicas: replicas.updated,
    availableReplicas: replicas.available,
    unavailableReplicas: replicas.unavailable,
    conditions,
  });
}

/** The workload that the tree shows. */
export function readWorkload(kind: string, of: Entry[], namespace: string, name: string): Workload {
  return {
    kind,
    metadata: without<Workload["metadata"]>({
      name,
      namespace,
      labels: labelsOf(find(of, "Labels")),
      annotations: annotationsOf(find(of, "Annotations")),
      creationTimestamp: parseTime(valueOf(of, "CreationTimestamp")) ?? undefined,
      ownerReferences: controllerOf(of),
    }),
    spec: specOf(kind, of),
    status: statusOf(kind, of),
  };
}
