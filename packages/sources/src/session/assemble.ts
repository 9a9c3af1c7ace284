/** What the parsers collected → a Snapshot. */
import type { Pod } from "@unloop/engine/model/kubernetes";
import { type Answer, type ContainerLog, objectKey, type Snapshot, wantKey } from "@unloop/engine/model/snapshot";
import { admit } from "@unloop/engine/scrub/index";
import { addLogTimes } from "./log-times";
import { addUnseenPods, type LogRuns, settleStates } from "./settle-states";
import { type Moments, settleMoments } from "./clocks";
import { type Collected, contextNamespace, type SeenLog, type Sighting } from "./collect";
import { admitAll, admitLine } from "./door";
import { settleLooseEvents, toEvents } from "./event-objects";
import { settleLogPods, settleLogRun } from "./log-owner";
import { settleInventory } from "./listings";
import { mergeSightings } from "./merge";
import { settleNamespaces } from "./places";
import { settleSlices } from "./slices";
import { addSeconds } from "./time";

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

function toLogs(logs: SeenLog[], ended: LogRuns): ContainerLog[] {
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
  snapshot.objects = merged;
  settleStates(all, events, merged, ended, snapshot);
  for (const event of events) merged.set(objectKey("Event", event.object.metadata.namespace, event.object.metadata.name!), event);
  snapshot.objects = admitAll(merged);
  snapshot.takenAt = moments.takenAt;
  snapshot.source.serverVersion = all.serverVersion;
  snapshot.inventory = settleInventory(all);
  snapshot.answers = uniqueAnswers(all.answers, merged);
  snapshot.logs = toLogs(all.logs, ended);
  snapshot.unread = all.unread.map(admitLine).filter(Boolean);
}
