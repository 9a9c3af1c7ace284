/** Seen events → Event objects: ages become times, the same event from two commands becomes one, names are made for an order. */
import type { Event } from "@unloop/engine/model/kubernetes";
import type { Collected, SeenAge, Sighting } from "./collect";
import type { Moments } from "./clocks";
import { addSeconds } from "./time";

/** A pod or object that an event without a subject is about: its messages name it, or it stood before, or it is the only one in trouble. */
export function settleLooseEvents(all: Collected, troubled: { namespace: string; name: string }[]): void {
  for (const { events, near, section } of all.looseEvents) {
    const told = events
      .map((e) =>
        /^Successfully assigned ([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253}) to |\b([a-z0-9.-]{1,253})_([a-z0-9-]{1,63})\([0-9a-f-]{8,40}\)/.exec(e.message),
      )
      .find((m) => m !== null);
    const about = told ? { namespace: told[1] ?? told[4]!, name: told[2] ?? told[3]! } : (near ?? (troubled.length === 1 ? troubled[0]! : null));
    if (!about) {
      all.unread.push("events without the object that they are about");
      continue;
    }
    for (const event of events)
      all.events.push({
        event: {
          kind: "Event",
          metadata: { namespace: about.namespace },
          involvedObject: { kind: "Pod", ...about },
          reason: event.reason,
          message: event.message,
          type: event.type,
          count: event.count,
          ...(event.from && { source: { component: event.from.split(",")[0]! } }),
        },
        last: event.last,
        first: event.first,
        section,
        row: { AGE: event.age, TYPE: event.type, REASON: event.reason },
      });
  }
}

function sameEvent({ event }: SeenAge): string {
  const about = event.involvedObject;
  return [
    about?.kind,
    about?.namespace ?? event.metadata.namespace,
    about?.name,
    event.reason,
    (event.message ?? "").replace(/\s+/g, " ").replace(/\.$/, ""),
  ].join("\u0000");
}

interface Timed {
  seen: SeenAge;
  last: string | null;
  first: string | null;
  count: number;
}
function timed(seen: SeenAge, moments: Moments): Timed {
  const now = moments.of(seen.section);
  const at = (age: number | null): string | null => (now !== null && age !== null ? addSeconds(now, -age) : null);
  return { seen, last: seen.event.lastTimestamp ?? at(seen.last), first: at(seen.first), count: seen.event.count ?? 1 };
}
const earlier = (a: string | null, b: string | null): string | null => (a && b ? (a < b ? a : b) : (a ?? b));
const later = (a: string | null, b: string | null): string | null => (a && b ? (a > b ? a : b) : (a ?? b));

/** Rows of one table that are alike are several events; the same event in two commands is one, with the higher count. */
function join(group: Timed[]): Timed {
  const perSection = new Map<number, number>();
  for (const one of group) perSection.set(one.seen.section, (perSection.get(one.seen.section) ?? 0) + one.count);
  // Custom columns may lack the type.
  const best = group.reduce((a, b) => (b.count > a.count || (!a.seen.event.type && b.seen.event.type) ? b : a));
  return {
    seen: best.seen,
    last: group.reduce<string | null>((t, one) => later(t, one.last), null),
    first: group.reduce<string | null>((t, one) => earlier(t, one.first), null),
    count: Math.max(...perSection.values()),
  };
}

/** Events in the order of their names are newest first, for readers that lack times. */
export function toEvents(seen: SeenAge[], moments: Moments): Sighting[] {
  const groups = new Map<string, Timed[]>();
  for (const one of seen) {
    const key = sameEvent(one);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(timed(one, moments));
  }
  const joined = [...groups.values()].map(join);
  const age = ({ seen: one }: Timed): number => one.last ?? Infinity;
  joined.sort((a, b) => (a.last && b.last && a.last !== b.last ? (a.last > b.last ? -1 : 1) : age(a) - age(b)));
  return joined.map(({ seen: { event, row, section }, last, first, count }, index) => {
    const about = event.involvedObject?.name ?? "";
    const object: Event = {
      ...event,
      metadata: { ...event.metadata, name: `${about}.${String(index).padStart(6, "0")}` },
      count,
      ...(last && { lastTimestamp: last }),
      ...(first && { firstTimestamp: first }),
    };
    return { object, fidelity: row["LAST SEEN"] === undefined ? "described" : "row", row, section };
  });
}
