/** Pods that a row, a log or events show, and what these tell of their containers. */
import type { Container, ContainerStatus, Event, Pod, Workload } from "@unloop/engine/model/kubernetes";
import { objectKey, type Snapshot } from "@unloop/engine/model/snapshot";
import { ownerOf, templateOf } from "@unloop/engine/detect/owners";
import { viewSnapshot } from "@unloop/engine/model/view";
import type { Collected, SeenLog, Sighting } from "./collect";
import { stateFromClues, withState } from "./pod-state";

/** Container and end of the run that each log shows. */
export type LogRuns = Map<SeenLog, { container: string; ended: boolean }>;

/** Pods that no command showed, but that a log of theirs or their events prove. */
export function addUnseenPods(all: Collected, events: Sighting[], merged: Map<string, Sighting>): void {
  const listed = new Set(all.inventory.filter((i) => i.kind === "Pod" && i.extent === "complete").map((i) => i.namespace));
  const add = (namespace: string, name: string, section: number): void => {
    const key = objectKey("Pod", namespace, name);
    if (merged.has(key) || listed.has(namespace) || listed.has("*")) return;
    merged.set(key, { object: { kind: "Pod", metadata: { name, namespace } }, fidelity: "row", section });
  };
  for (const log of all.logs) if (log.pod) add(log.namespace, log.pod, 0);
  for (const state of all.states) add(state.namespace, state.pod, 0);
  const troubled = (e: Event): boolean => e.type === "Warning" && e.involvedObject?.kind === "Pod";
  const shown = new Set([...merged.values()].filter((s) => s.object.kind === "Pod").map((s) => s.object.metadata.namespace));
  const deleted = new Set(events.flatMap((e) => /^Deleted pod: (\S{1,253})/.exec((e.object as Event).message ?? "")?.[1] ?? []));
  for (const { object, section } of events) {
    const event = object as Event;
    const { namespace = "", name = "" } = event.involvedObject ?? {};
    // Events outlive their pods: where pods of the namespace were shown, one that was not is gone.
    if (troubled(event) && !shown.has(namespace) && !deleted.has(name)) add(namespace, name, section);
  }
}

/** Containers of the workload's template, where it was seen. */
function templateContainers(seen: Sighting, snapshot: Snapshot): Container[] {
  const view = viewSnapshot(snapshot);
  const own = ownerOf(view, { object: seen.object as Pod, fidelity: seen.fidelity, ...(seen.row && { row: seen.row }) });
  return templateOf(own.owner)?.containers ?? templateOf(own.between as { object: Workload; fidelity: "row" } | null)?.containers ?? [];
}

/** Row pods learn their container's state from the log, the events and kubectl's own words. */
export function settleStates(all: Collected, events: Sighting[], merged: Map<string, Sighting>, ended: LogRuns, snapshot: Snapshot): void {
  const byPod = new Map<string, Event[]>();
  for (const { object } of events.toReversed()) {
    const about = (object as Event).involvedObject;
    if (about?.kind !== "Pod") continue;
    const key = objectKey("Pod", about.namespace, about.name ?? "");
    byPod.set(key, [...(byPod.get(key) ?? []), object as Event]);
  }
  for (const [key, seen] of merged) {
    if (seen.object.kind !== "Pod" || (seen.fidelity !== "row" && saysState(seen.object as Pod))) continue;
    // A manifest, or a text that was cut before the status: the spec alone tells nothing of how the pod is.
    if (seen.fidelity !== "row") seen.fidelity = "metadata";
    const { namespace, name } = seen.object.metadata;
    const logs = all.logs.filter((log) => log.pod === name && log.namespace === namespace);
    const told = all.states.find((s) => s.pod === name && s.namespace === namespace);
    const own = byPod.get(key) ?? [];
    if (!logs.length && !told && (!own.length || isWell(seen.row))) continue;
    if (!seen.row && !logs.length && !told && isUnscheduled(own)) {
      seen.object = {
        ...seen.object,
        status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: own.at(-1)!.message }] },
      } as Pod;
      seen.fidelity = "described";
      continue;
    }
    const log = logs.find((l) => ended.get(l)?.ended) ?? logs[0];
    const template = templateContainers(seen, snapshot);
    const found = stateFromClues({
      row: seen.row ?? null,
      logged: told ? told.status.name || null : log ? ended.get(log)!.container : null,
      ended: log ? ended.get(log)!.ended : false,
      named: namedIn(own),
      events: own,
      only: template.length === 1 ? template[0]!.name : null,
    });
    const status = told
      ? { status: { ...found?.status, ...told.status, name: told.status.name || found?.status.name || nameInMessage(told.status) }, isInit: false }
      : found;
    if (!status) continue;
    seen.object = withState(seen.object as Pod, status);
    seen.fidelity = "described";
    for (const one of logs) ended.get(one)!.container ||= status.status.name;
  }
}
function saysState({ status }: Pod): boolean {
  return status?.phase !== undefined || status?.containerStatuses !== undefined || status?.initContainerStatuses !== undefined;
}
function isWell(row: Record<string, string> | undefined): boolean {
  const [ready, of] = (row?.READY ?? "").split("/");
  return row?.STATUS === "Running" && ready === of && /^0(?: |$)/.test(row.RESTARTS ?? "");
}
/** The scheduler's last word, with nothing after it. */
function isUnscheduled(events: Event[]): boolean {
  return events.at(-1)?.reason === "FailedScheduling" && !events.some((e) => e.reason === "Scheduled");
}
function nameInMessage({ state }: ContainerStatus): string {
  return /\bcontainer: ([a-z0-9-]{1,63})\)$/.exec(state?.waiting?.message ?? "")?.[1] ?? "";
}
function namedIn(events: Event[]): string[] {
  return events.flatMap(
    (e) => /\{([^{}]{1,253})\}$/.exec(e.involvedObject?.fieldPath ?? "")?.[1] ?? /\bcontainer: ([a-z0-9-]{1,63})\)$/.exec(e.message ?? "")?.[1] ?? [],
  );
}
