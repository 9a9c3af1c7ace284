/** Step 5: the probes, what they ask and how long they wait, and whether one killed the last run. */
import type { Case } from "../model/case";
import type { Container, IntOrString, Probe } from "../model/kubernetes";
import type { EventsStep, ProbeSpec, ProbesStep, StatusStep } from "../model/observation";
import type { SnapshotView } from "../model/view";
import { probeBudget } from "../detect/container";
import { secondsBetween } from "../detect/time";

function resolvePort(container: Container, port: IntOrString | undefined): number | null {
  if (port === undefined) return null;
  const number = Number(port);
  if (Number.isInteger(number)) return number;
  return container.ports?.find((p) => p.name === port)?.containerPort ?? null;
}

/** The port that the kubelet dialled, by its own words: kubectl describe prints no names of ports to resolve a named one with. */
function dialledPort(events: EventsStep, probe: ProbeSpec["probe"]): number | null {
  for (const { probe: of, text } of events.unhealthy) {
    const found = of === probe ? /(?:https?:\/\/[^\s/"]{1,255}?|dial tcp \S{1,60}?|service "[^"\s]{1,255}?):(\d{1,5})\b/.exec(text.slice(0, 1000)) : null;
    if (found) return Number(found[1]);
  }
  return null;
}

function readProbe(container: Container, probe: ProbeSpec["probe"], spec: Probe, list: string, events: EventsStep): ProbeSpec {
  const kind = spec.httpGet ? "http" : spec.tcpSocket ? "tcp" : spec.grpc ? "grpc" : "exec";
  return {
    probe,
    spec,
    kind,
    port: resolvePort(container, spec.httpGet?.port ?? spec.tcpSocket?.port ?? spec.grpc?.port) ?? (kind === "exec" ? null : dialledPort(events, probe)),
    path: spec.httpGet ? (spec.httpGet.path ?? "/") : null,
    scheme: spec.httpGet ? (spec.httpGet.scheme === "HTTPS" ? "HTTPS" : "HTTP") : null,
    command: spec.exec?.command ?? null,
    budgetSeconds: probeBudget(spec),
    fieldPath: `spec.${list}[${container.name}].${probe}Probe`,
  };
}

/** Seconds between a kill and the event about it that still count as the same. */
const near = 90;
/** How a process ends that was told to stop: by itself, by the signal, or killed after the grace period. */
const stopped = new Set([0, 137, 143]);

/** Seconds a container lives at least before this probe can kill it: the first tick may come at once. */
function earliestKill({ spec }: ProbeSpec): number {
  return (spec.initialDelaySeconds ?? 0) + ((spec.failureThreshold ?? 3) - 1) * (spec.periodSeconds ?? 10) - 1;
}

/**
 * Whether the events tell that a probe ended the last run. The recorder's spam filter lets only one event in five minutes through once a
 * crash loop goes on (client-go events_cache.go), so an older kill counts where the last run ended and lasted as such a kill makes it.
 */
function killedBy(status: StatusStep, events: EventsStep, probes: ProbeSpec[]): ProbesStep["killedBy"] {
  const { last } = status;
  if (!last || last.reason === "OOMKilled" || !last.processRan) return null;
  const looksStopped = last.exitCode !== null && stopped.has(last.exitCode);
  for (const kill of events.probeKills) {
    const apart = secondsBetween(kill.event.last, last.finishedAt);
    const probe = probes.find((p) => p.probe === kill.probe);
    const lastedLongEnough = last.ranForSeconds === null || !probe || last.ranForSeconds >= earliestKill(probe);
    if (apart === null || Math.abs(apart) <= near || (apart > near && looksStopped && lastedLongEnough)) return { probe: kill.probe, proof: "killing-event" };
  }
  if (!looksStopped) return null;
  for (const probe of probes) {
    if (probe.probe === "readiness") continue;
    const failures = events.unhealthy.filter((u) => u.probe === probe.probe && !u.errored);
    const count = failures.reduce((sum, u) => sum + u.event.count, 0);
    const isNear = failures.some((u) => {
      const apart = secondsBetween(u.event.last, last.finishedAt);
      return apart === null || Math.abs(apart) <= near;
    });
    if (isNear && count >= (probe.spec.failureThreshold ?? 3)) return { probe: probe.probe, proof: "unhealthy-events" };
  }
  return null;
}

export function observeProbes(failing: Case, view: SnapshotView, status: StatusStep, events: EventsStep): ProbesStep {
  const container = failing.pods[0]?.spec ?? null;
  const list = failing.container?.type === "app" ? "containers" : "initContainers";
  const probes: ProbeSpec[] = [];
  if (container)
    for (const probe of ["startup", "liveness", "readiness"] as const) {
      const spec = container[`${probe}Probe`];
      if (spec) probes.push(readProbe(container, probe, spec, list, events));
    }
  const killer = killedBy(status, events, probes);
  const failed = [...new Set(events.unhealthy.map((u) => u.probe))];
  const command = `kubectl get pod ${failing.pods[0]?.pod.metadata.name ?? "POD"}${failing.workload.namespace ? ` -n ${failing.workload.namespace}` : ""} -o yaml`;
  const summary = killer
    ? `the ${killer.probe} probe killed the last run`
    : failed.length
      ? `${failed.join(" and ")} probe failed, killed nothing`
      : probes.length
        ? `${probes.map((p) => p.probe).join(", ")} probe: nothing against it`
        : container
          ? "no probes"
          : "the spec was not seen";
  return { result: killer ? "cause" : failed.length ? "clue" : container ? "clear" : "unknown", summary, command, probes, killedBy: killer };
}
