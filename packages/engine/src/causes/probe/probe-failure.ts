/** Which probe of the Case fails, what it says, and what it asks: the ground of all probe causes. */
import type { CauseContext } from "../../model/cause";
import type { ProbeSpec, SeenEvent } from "../../model/observation";
import type { Evidence } from "../../model/report";
import { eventEvidence, specEvidence } from "../evidence";
import { isOfContainer } from "../told";
import { type ProbeClass, readProbeText } from "./grammar";
import { oncePerCase } from "../once";

export interface FailureText {
  text: string;
  class: ProbeClass;
  named: string | null;
  errored: boolean;
  count: number;
  event: SeenEvent;
}
export interface ProbeFailure {
  probe: "liveness" | "readiness" | "startup";
  /** null where the pod's spec was not seen. */
  spec: ProbeSpec | null;
  /** True where it ended the last run; else it keeps the container from getting ready. */
  kills: boolean;
  /** The newest first. */
  texts: FailureText[];
  /** What it asks, also where a command does the asking. */
  asks: { port: number | null; path: string | null; https: boolean; local: boolean };
  /** The kubelet's own words that it killed. */
  killing: SeenEvent | null;
}

function readProbeFailure(context: CauseContext): ProbeFailure | null {
  const { status, probes, events } = context.seen;
  const unseen = !status.last && !status.waiting && !status.running;
  const killer = probes.killedBy?.probe ?? (unseen ? (events.probeKills[0]?.probe ?? null) : null);
  const unready = status.running && !status.running.ready && (!status.last || context.case.symptom === "NotReady");
  const probe = killer ?? (unready ? (status.running!.started === false && probes.probes.some((p) => p.probe === "startup") ? "startup" : "readiness") : null);
  if (!probe) return null;
  const spec = probes.probes.find((p) => p.probe === probe) ?? null;
  const texts = events.unhealthy
    .filter((u) => u.probe === probe && isOfContainer(context, u.event))
    .map((u) => ({ text: u.text, errored: u.errored, count: u.event.count, event: u.event, ...readProbeText(u.text) }));
  if (!killer && !texts.length) return null;
  const killing = events.probeKills.find((k) => k.probe === probe)?.event ?? null;
  return { probe, spec, kills: killer !== null, texts, asks: asksOf(spec, texts[0]?.text ?? ""), killing };
}
/** The probe to explain; null where none is at fault: none killed the last run, and the container is not merely unready. */
export const probeFailure = oncePerCase(readProbeFailure);

/** The class that says most: seen most often among the failures of the last run. */
export function mainText(failure: ProbeFailure, ...classes: ProbeClass[]): FailureText | null {
  const all = failure.texts.filter((t) => failure.kills || t.errored || failure.probe !== "liveness");
  const best = [...all].sort((a, b) => b.count - a.count)[0];
  if (!best) return null;
  return classes.includes(best.class) ? best : (all.find((t) => classes.includes(t.class) && t.count * 2 >= best.count) ?? null);
}

const url = /\b(https?):\/\/(\[[^\]]{1,60}\]|[^\s/:"']{1,253})(?::(\d{1,5}))?(\/[^\s"']{0,400})?/;
const ofTool = /(?:\bnc\b.{0,80}?\s|-p[ =]?|--port[ =])(\d{2,5})\b/;

function asksOf(spec: ProbeSpec | null, text: string): ProbeFailure["asks"] {
  if (spec && spec.kind !== "exec") return { port: spec.port, path: spec.path, https: spec.scheme === "HTTPS", local: false };
  const command = (spec?.command ?? []).join(" ").slice(0, 2000);
  const found = url.exec(command) ?? (spec ? null : url.exec(text.slice(0, 2000)));
  if (found) return { port: Number(found[3] ?? (found[1] === "https" ? 443 : 80)), path: found[4] ?? "/", https: found[1] === "https", local: spec !== null };
  const port = ofTool.exec(command)?.[1] ?? (spec ? undefined : /dial tcp \S{1,60}?:(\d{1,5}):/.exec(text)?.[1]);
  return { port: port ? Number(port) : null, path: null, https: false, local: spec !== null };
}

/** The other probes of the container that do not fail: proof that the application can be asked there. */
export function healthyProbes(context: CauseContext, failure: ProbeFailure): ProbeSpec[] {
  const failing = new Set(
    context.seen.events.unhealthy.filter((u) => readProbeText(u.text).class !== "refused" && readProbeText(u.text).class !== "timeout").map((u) => u.probe),
  );
  const wasReady = context.seen.status.running?.ready ?? false;
  return context.seen.probes.probes.filter((p) => {
    if (p.probe === failure.probe || failing.has(p.probe)) return false;
    if (p.probe === "startup") return failure.probe !== "startup" && (context.seen.status.running?.started ?? true);
    return p.probe === "readiness"
      ? wasReady || !context.seen.events.unhealthy.some((u) => u.probe === "readiness" && u.event.count > 2)
      : failure.probe === "readiness";
  });
}

/** Events first, then what the spec asks. */
export function probeEvidence(context: CauseContext, failure: ProbeFailure, text: FailureText | null): Evidence[] {
  return [
    ...(text ? [eventEvidence(context, text.event)] : []),
    ...(failure.kills && failure.killing ? [eventEvidence(context, failure.killing)] : []),
    ...(failure.spec ? [specEvidence(context, describeProbe(failure.spec), failure.spec.fieldPath)] : []),
  ];
}

export function describeProbe(spec: ProbeSpec): string {
  const what =
    spec.kind === "http"
      ? `GET ${spec.scheme === "HTTPS" ? "https" : "http"}://:${spec.spec.httpGet?.port}${spec.path}`
      : spec.kind === "tcp"
        ? `tcp port ${spec.spec.tcpSocket?.port}`
        : spec.kind === "grpc"
          ? `grpc port ${spec.spec.grpc?.port}`
          : `exec ${(spec.command ?? []).join(" ")}`;
  const { periodSeconds = 10, failureThreshold = 3, timeoutSeconds = 1, initialDelaySeconds = 0 } = spec.spec;
  return `${spec.probe}: ${what.slice(0, 180)} delay ${initialDelaySeconds} s, every ${periodSeconds} s, timeout ${timeoutSeconds} s, ${failureThreshold} failures`;
}

/** `The liveness probe kills api` or `The readiness probe keeps api from serving`. */
export function effectOf(context: CauseContext, failure: ProbeFailure): string {
  const name = context.case.container?.name ?? context.case.workload.name;
  return failure.kills
    ? `the kubelet kills ${name} for it, again and again`
    : failure.probe === "startup"
      ? `${name} never counts as started`
      : `${name} never gets ready, so no Service sends it traffic`;
}
