/** The moment of each section: the newest time that its text tells, with the ages added to the times that they count from. */
import type { ContainerStatus, Pod } from "@unloop/engine/model/kubernetes";
import type { Collected } from "./collect";
import { addSeconds, agePrecision, parseAge } from "./time";

/** Ages that are coarser than this tell a moment too roughly to order a crash and its events. Seconds. */
const roughest = 60;

function later(a: string | null, b: string | null): string | null {
  if (!a || !b) return a ?? b;
  return Date.parse(a) >= Date.parse(b) ? a : b;
}

/** The newest end of a container's run. */
function lastFinish(statuses: ContainerStatus[]): string | null {
  return statuses.reduce<string | null>((newest, s) => later(newest, s.state?.terminated?.finishedAt ?? s.lastState?.terminated?.finishedAt ?? null), null);
}

/** `7 (71s ago)` in a row and `Finished:` of the same pod elsewhere, AGE and creationTimestamp: time and age of one fact. */
function pairUp(all: Collected): void {
  const finished = new Map<string, string>();
  const created = new Map<string, string>();
  const started = new Map<string, string>();
  for (const { object, row } of all.sightings) {
    if (row) continue;
    const key = `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
    const pod = object.kind === "Pod" ? (object as Pod) : null;
    const end = pod && lastFinish(pod.status?.containerStatuses ?? []);
    if (end) finished.set(key, later(finished.get(key) ?? null, end)!);
    if (pod?.status?.startTime && pod.status.phase === "Pending") started.set(key, pod.status.startTime);
    if (object.metadata.creationTimestamp) created.set(key, object.metadata.creationTimestamp);
  }
  // Describe tells no creation. Where no other clock is left (events are gone after an hour), the start of a pod that still waits stands for it.
  if (!all.clocks.length && !created.size) for (const [key, time] of started) created.set(key, time);
  if (!finished.size && !created.size) return;
  for (const { object, row, section } of all.sightings) {
    if (!row) continue;
    const key = `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
    const since = /\((\S{1,20}) ago\)$/.exec(row.RESTARTS ?? "")?.[1];
    const end = finished.get(key);
    const start = created.get(key);
    const add = (time: string | undefined, text: string | undefined): void => {
      const age = parseAge(text);
      if (time && text && age !== null) all.clocks.push({ section, time, age, precision: agePrecision(text) });
    };
    add(end, since);
    add(start, row.AGE);
  }
}

export interface Moments {
  /** RFC 3339, or null where the text tells no time. */
  takenAt: string | null;
  of(section: number): string | null;
}

export function settleMoments(all: Collected): Moments {
  pairUp(all);
  const bySection = new Map<number, string>();
  let newest: string | null = null;
  const note = (section: number, time: string): void => {
    bySection.set(section, later(bySection.get(section) ?? null, time)!);
    newest = later(newest, time);
  };
  for (const { time, section } of all.times) note(section, time);
  const exact = new Map<number, string>();
  for (const clock of all.clocks) {
    if (clock.precision > roughest) continue;
    const at = addSeconds(clock.time, clock.age);
    exact.set(clock.section, later(exact.get(clock.section) ?? null, at)!);
    note(clock.section, at);
  }
  // A section without a clock of its own was asked for in the same minute as the others.
  return { takenAt: newest, of: (section) => (exact.has(section) ? (bySection.get(section) ?? newest) : newest) };
}
