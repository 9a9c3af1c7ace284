/** What kubelet and container runtime said about a Case's container, each text with the Evidence that shows it. */
import type { CauseContext } from "../model/cause";
import type { LogSignal, SeenEvent } from "../model/observation";
import type { Evidence } from "../model/report";
import { eventEvidence, logEvidence, shorten, statusEvidence } from "./evidence";

export interface Told {
  text: string;
  evidence: Evidence;
}

/** Texts of the runtime are bounded before a pattern sees them; the kubelet itself cuts at 12 KiB. */
const limit = 4096;

export interface Where {
  /** `waiting.reason` for which the waiting message counts. */
  waiting: readonly string[];
  /** `terminated.reason` for which the termination message counts. */
  terminated: readonly string[];
  /** Event reasons, for input that shows no messages of the status (kubectl describe prints none for a waiting container). */
  events: readonly string[];
}

/**
 * The texts of the places named, the status before the events, the newest event first. Events count only while the container is in one of
 * those states (or its state was not seen): an event outlives its fault by up to an hour.
 */
export function toldBy(context: CauseContext, where: Where): Told[] {
  const { status, events } = context.seen;
  const told: Told[] = [];
  const waits = status.waiting && where.waiting.includes(status.waiting.reason);
  const ended = status.last?.reason && where.terminated.includes(status.last.reason);
  if (waits && status.waiting!.message) told.push(fromStatus(context, status.waiting!.message, "state.waiting.message"));
  if (ended && status.last!.message) told.push(fromStatus(context, status.last!.message, "lastState.terminated.message"));
  // A table row says CrashLoopBackOff and nothing about the end.
  const endUnseen = !status.last || (status.last.reason === null && status.last.exitCode === null);
  const unseen = endUnseen && !status.running && (!status.waiting || status.waiting.reason === "CrashLoopBackOff");
  if (waits || ended || unseen)
    for (const event of events.all) if (where.events.includes(event.reason) && isOfContainer(context, event)) told.push(fromEvent(context, event));
  return told;
}

/** True where an event is about the Case's container, or does not say which one. */
export function isOfContainer(context: CauseContext, event: SeenEvent): boolean {
  const name = context.case.container?.name;
  return !name || !event.container || event.container === name;
}

/** True where the container has not run in this state: waiting for volumes, sandbox or image. */
export function isNotStarted(context: CauseContext): boolean {
  const { status } = context.seen;
  if (status.running || status.last?.processRan) return false;
  return !status.waiting || ["ContainerCreating", "PodInitializing", ""].includes(status.waiting.reason);
}

/** What a reader is shown of one text, and behind which words the inner cause begins: runtimes wrap it again and again. */
const shown = 150;
const wrappers = [
  "unable to start container process: ",
  "error during container init: ",
  "OCI runtime create failed: ",
  "failed to resolve reference ",
  "ErrImagePull: ",
];

/** The part of a long text that says why, verbatim. */
function tellingPart(text: string): string {
  if (text.length <= shown) return text;
  const at = Math.max(...wrappers.map((w) => text.lastIndexOf(w) + w.length).filter((end, i) => end >= wrappers[i]!.length && end < text.length - 10), 0);
  return at === 0 ? text : `…${text.slice(at)}`;
}

function fromStatus(context: CauseContext, message: string, field: string): Told {
  const text = message.slice(0, limit);
  return { text, evidence: statusEvidence(context, tellingPart(text), field) };
}
export function fromEvent(context: CauseContext, event: SeenEvent): Told {
  const text = event.message.slice(0, limit);
  return { text, evidence: { ...eventEvidence(context, event), text: shorten(tellingPart(text)) } };
}

/** What the log tells for one cause, the best first. A program that was told to stop and ended well has survived all that it complained of. */
export function signalsOf(context: CauseContext, cause: string): LogSignal[] {
  if (context.seen.logs.reading?.stoppedInOrder && context.seen.status.last?.exitCode === 0) return [];
  return context.seen.logs.reading?.signals.filter((signal) => signal.cause === cause) ?? [];
}
export function signalEvidence(context: CauseContext, signal: LogSignal): Evidence[] {
  return signal.lines.slice(0, 4).map((line) => logEvidence(context, line));
}

/** How the last run ended, in one line: `OOMKilled, exit code 137 (SIGKILL), after 12 s`. */
export function lastRunEvidence(context: CauseContext): Evidence | null {
  const last = context.seen.status.last;
  if (!last) return null;
  const code = last.exitCode === null ? null : `exit code ${last.exitCode}${last.signal ? ` (${last.signal})` : ""}`;
  const after = last.ranForSeconds === null ? null : `after ${last.ranForSeconds} s`;
  return statusEvidence(context, [last.reason, code, after].filter(Boolean).join(", "), "lastState.terminated");
}

/** Image of the Case's container, as the spec names it. */
export function imageOf(context: CauseContext): string | null {
  const pod = context.case.pods[0];
  return pod?.spec?.image ?? pod?.status?.image ?? null;
}
export function nodeOf(context: CauseContext): string | null {
  return context.case.pods[0]?.pod.spec?.nodeName ?? null;
}
/** For a title: the container's name, or the workload's where the Case is about no container. */
export function whoOf(context: CauseContext): string {
  return context.case.container?.name ? `Container ${context.case.container.name}` : context.case.workload.name || "The program";
}
