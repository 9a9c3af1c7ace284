/** Step 3: the events of the pod and its container, newest first. */
import type { Case } from "../model/case";
import type { Event } from "../model/kubernetes";
import type { EventsStep, ProbeKill, SeenEvent } from "../model/observation";
import type { SeenObject } from "../model/snapshot";
import { compareCodePoints, eventCount, eventTime, type SnapshotView } from "../model/view";
import { creatorsOf } from "../detect/owners";

const combinedPrefix = "(combined from similar events): ";
const fieldPath = /^spec\.(?:containers|initContainers|ephemeralContainers)\{(.+)\}$/;
const probeKilling = /^(?:Init container|Container) (\S+) failed (liveness|startup) probe/;
const unhealthyText = /^(Liveness|Readiness|Startup) probe (failed|errored)(?: and resulted in \w+ state)?: ?([\s\S]*)$/;
/** Containers named in messages without a fieldPath (kubectl describe prints none). */
const namedInMessage = /^(?:Container|Init container|Stopping container|Created container:?|Started container|Back-off restarting failed container) (\S+)/;

export function readEvent(event: Event): SeenEvent {
  const combined = (event.message ?? "").startsWith(combinedPrefix);
  const message = combined ? (event.message ?? "").slice(combinedPrefix.length) : (event.message ?? "");
  const named = namedInMessage.exec(message)?.[1];
  const ofPath = fieldPath.exec(event.involvedObject?.fieldPath ?? "")?.[1];
  return {
    event,
    reason: event.reason ?? "",
    message,
    combined,
    type: event.type ?? "",
    count: eventCount(event),
    first: event.firstTimestamp ?? event.eventTime ?? null,
    last: eventTime(event),
    container: (combined ? null : ofPath) ?? (named === "in" ? null : named) ?? null,
  };
}

function ownerEvents(failing: Case, view: SnapshotView): SeenObject<Event>[] {
  const { kind, namespace, name } = failing.workload;
  return [...creatorsOf(view, failing.workload), { kind, name }].flatMap((o) => view.eventsOf(o.kind, namespace, o.name));
}

/** The objects whose events tell about a Case. */
function subjectsOf(failing: Case, view: SnapshotView): SeenObject<Event>[] {
  const { name } = failing.workload;
  if (failing.scope === "node") return view.eventsOf("Node", undefined, name).concat(view.eventsOf("Node", "default", name));
  if (failing.scope === "workload") return ownerEvents(failing, view);
  return failing.pods.slice(0, 3).flatMap(({ pod }) => view.eventsOf("Pod", pod.metadata.namespace, pod.metadata.name ?? "", pod.metadata.uid));
}

function newestFirst(events: SeenEvent[]): SeenEvent[] {
  return events // Pasted events without a time are named in the order of their age.
    .sort((a, b) => compareCodePoints(b.last ?? "", a.last ?? "") || compareCodePoints(a.event.metadata.name ?? "", b.event.metadata.name ?? ""));
}

export function observeEvents(failing: Case, view: SnapshotView): EventsStep {
  const own = failing.container?.name;
  const unique = [...new Set(subjectsOf(failing, view))];
  const all = newestFirst(unique.map((seen) => readEvent(seen.object)).filter((e) => !own || !e.container || e.container === own));
  const probeKills: ProbeKill[] = [];
  const unhealthy: EventsStep["unhealthy"] = [];
  for (const event of all) {
    const kill = event.reason === "Killing" ? probeKilling.exec(event.message) : null;
    if (kill) probeKills.push({ probe: kill[2] as "liveness" | "startup", event });
    const failed = event.reason === "Unhealthy" ? unhealthyText.exec(event.message) : null;
    if (failed) unhealthy.push({ probe: failed[1]!.toLowerCase() as "liveness", errored: failed[2] === "errored", text: failed[3]!, event });
  }
  const warnings = all.filter((e) => e.type === "Warning" && e.reason !== "BackOff");
  const shown = warnings[0] ?? all.find((e) => e.reason === "BackOff") ?? null;
  const namespace = failing.workload.namespace;
  const seen = view.complete("Event", namespace || "default") || all.length > 0;
  const about = failing.pods[0]?.pod.metadata.name ?? failing.workload.name;
  return {
    result: probeKills.length || warnings.length ? "clue" : seen ? "clear" : "unknown",
    summary: shown ? `${shown.reason}: ${shown.message}`.slice(0, 160) : seen ? "no warning" : "the events were not seen",
    command: `kubectl events${namespace ? ` -n ${namespace}` : ""} --for ${failing.pods[0] ? "pod" : failing.workload.kind.toLowerCase()}/${about}`,
    all,
    seen,
    probeKills,
    unhealthy,
    owner: failing.scope === "node" ? [] : newestFirst([...new Set(ownerEvents(failing, view))].map((seen) => readEvent(seen.object))),
  };
}
