/** What the parsers collected → a Snapshot. */
import type { Container, ContainerStatus, Event, Pod, Workload } from "@unloop/engine/model/kubernetes";
import { type Answer, type ContainerLog, type Inventory, objectKey, type Snapshot, wantKey } from "@unloop/engine/model/snapshot";
import { ownerOf, templateOf } from "@unloop/engine/detect/owners";
import { viewSnapshot } from "@unloop/engine/model/view";
import { admit } from "@unloop/engine/scrub/index";
import { type Moments, settleMoments } from "./clocks";
import { type Collected, contextNamespace, type SeenLog, type Sighting } from "./collect";
import { admitAll, admitLine } from "./door";
import { settleLooseEvents, toEvents } from "./event-objects";
import { settleLogPods, settleLogRun } from "./log-owner";
import { mergeSightings } from "./merge";
import { settleNamespaces } from "./places";
import { stateFromClues, withState } from "./pod-state";
import { settleSlices } from "./slices";
import { addSeconds, parseTime } from "./time";

const logTime = /^[["]?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?) ?(Z|UTC|[+-]\d{2}:?\d{2})/;
const logField = /"(?:time|ts|timestamp|@timestamp|t)":\s?"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})"/;
const day = 86_400_000;

/** Newest time with a zone in the last lines. */
function newestIn(log: SeenLog): string | null {
  for (const line of log.lines.slice(-10).reverse()) {
    const match = logTime.exec(line) ?? logField.exec(line.slice(0, 2000));
    const zone = match?.[2] === "UTC" ? "Z" : match?.[2]?.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
    const time = match ? parseTime(`${match[1]!.replace(" ", "T").replace(",", ".")}${zone}`) : null;
    if (time) return time;
  }
  return null;
}
/** A program may print any time; one that is a day off the rest is not the cluster's. */
function addLogTimes(all: Collected): void {
  const newest = Math.max(...all.times.map((t) => Date.parse(t.time)));
  for (const log of all.logs) {
    const time = newestIn(log);
    if (time && (!Number.isFinite(newest) || Math.abs(Date.parse(time) - newest) < day)) all.times.push({ time, section: -1 });
  }
}

function troubledPods(all: Collected): { namespace: string; name: string }[] {
  const pods = new Map<string, { namespace: string; name: string }>();
  for (const { object, row } of all.sightings) {
    if (object.kind !== "Pod") continue;
    const status = row?.STATUS ?? (object as Pod).status?.phase ?? "";
    if (!/^(?:Running|Completed|Succeeded|)$/.test(status))
      pods.set(object.metadata.name!, { namespace: object.metadata.namespace ?? contextNamespace, name: object.metadata.name! });
  }
  return [...pods.values()];
}

function markTerminating(all: Collected, moments: Moments): void {
  for (const { object, age, section } of all.terminating) {
    const now = moments.of(section);
    const start = (object as Pod).status?.startTime;
    object.metadata.deletionTimestamp = now && age !== null ? addSeconds(now, -age) : (now ?? start ?? "1970-01-01T00:00:00Z");
  }
}

/** Pods that no command showed, but that a log of theirs or their events prove. */
function addUnseenPods(all: Collected, events: Sighting[], merged: Map<string, Sighting>): void {
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
function settleStates(
  all: Collected,
  events: Sighting[],
  merged: Map<string, Sighting>,
  ended: Map<SeenLog, { container: string; ended: boolean }>,
  snapshot: Snapshot,
): void {
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
    (e) => /\{(.+)\}$/.exec(e.involvedObject?.fieldPath ?? "")?.[1] ?? /\bcontainer: ([a-z0-9-]{1,63})\)$/.exec(e.message ?? "")?.[1] ?? [],
  );
}

function toLogs(logs: SeenLog[], ended: Map<SeenLog, { container: string; ended: boolean }>): ContainerLog[] {
  return logs.map((log) => {
    const text = log.lines.join("\n");
    const admitted = admit(text, { bytes: Math.max(text.length * 2, 65_536) });
    const run = ended.get(log) ?? { container: log.container, ended: true };
    return {
      namespace: log.pod ? log.namespace : "",
      pod: log.pod,
      container: run.container,
      instance: log.previous === false ? "current" : "previous",
      run: run.ended ? "crashed" : "current",
      text: admitted.text,
      cut: admitted.cut === "bytes" ? "bytes" : log.cut,
      leaked: admitted.leaked,
    };
  });
}

function uniqueInventory(entries: Inventory[]): Inventory[] {
  const unique = new Map<string, Inventory>();
  for (const entry of entries) {
    const key = `${entry.kind} ${entry.namespace}`;
    if (unique.get(key)?.extent !== "complete") unique.set(key, entry);
  }
  return [...unique.values()].sort((a, b) => (`${a.kind} ${a.namespace}` < `${b.kind} ${b.namespace}` ? -1 : 1));
}
function uniqueAnswers(answers: Answer[], merged: Map<string, Sighting>): Answer[] {
  const unique = new Map<string, Answer>();
  for (const answer of answers) {
    const { want } = answer;
    if (want.type === "get" && merged.has(objectKey(want.kind, want.namespace, want.name))) continue;
    unique.set(wantKey(want), { ...answer, ...(answer.message && { message: admitLine(answer.message) }) });
  }
  return [...unique.values()];
}

/** Fills `snapshot` with everything collected. */
export function assemble(all: Collected, snapshot: Snapshot, asked: boolean): void {
  if (all.looseEvents.length) settleLooseEvents(all, troubledPods(all));
  settleNamespaces(all, asked);
  addLogTimes(all);
  const moments = settleMoments(all);
  markTerminating(all, moments);
  const merged = mergeSightings(all.sightings);
  const events = toEvents(all.events, moments);
  settleLogPods(all.logs, merged);
  addUnseenPods(all, events, merged);
  settleSlices(merged);
  const ended = new Map(all.logs.map((log) => [log, settleLogRun(log, merged)]));
  snapshot.objects = merged as unknown as Snapshot["objects"];
  settleStates(all, events, merged, ended, snapshot);
  for (const event of events) merged.set(objectKey("Event", event.object.metadata.namespace, event.object.metadata.name!), event);
  snapshot.objects = admitAll(merged);
  snapshot.takenAt = moments.takenAt;
  snapshot.source.serverVersion = all.serverVersion;
  snapshot.inventory = uniqueInventory(all.inventory);
  snapshot.answers = uniqueAnswers(all.answers, merged);
  snapshot.logs = toLogs(all.logs, ended);
  snapshot.unread = all.unread.map(admitLine).filter(Boolean);
}
