/** A pod that only a row, a log or events show → the container states that these tell as facts. Nothing here is a spec. */
import type { ContainerStatus, Event, Pod } from "@unloop/engine/model/kubernetes";

export interface Clues {
  /** Cells of the table row; null where the pod was in no table. */
  row: Record<string, string> | null;
  /** Container whose log was pasted; empty where the command did not name it; null where no log was. */
  logged: string | null;
  /** The pasted log is that of an ended run. */
  ended: boolean;
  /** Containers that events of this pod name. */
  named: string[];
  events: Event[];
  /** The only container of the workload's template. */
  only: string | null;
}

/** How a container ended, as the runtimes say it; every other word that is no phase is a waiting reason, which is an open set. */
const endings = /^(?:Error|Completed|OOMKilled|StartError|ContainerCannotRun|DeadlineExceeded|seccomp killed|ExitCode:\d{1,3}|Signal:\d{1,2})$/;
const known = /^[A-Z][A-Za-z]{2,40}$/;
const phases =
  /^(?:Running|Pending|Succeeded|Failed|Unknown|Terminating|NotReady|Evicted|SchedulingGated|NodeLost|.*Deadline.*|OutOf.*|Node[A-Z].*|UnexpectedAdmissionError|ContainerStatusUnknown)$/;

function ended(word: string): ContainerStatus["state"] {
  const code = /^ExitCode:(\d{1,3})$/.exec(word);
  const signal = /^Signal:(\d{1,2})$/.exec(word);
  if (code) return { terminated: { exitCode: Number(code[1]) } };
  if (signal) return { terminated: { exitCode: 128 + Number(signal[1]) } };
  return { terminated: { reason: word, ...(word === "Completed" && { exitCode: 0 }), ...(word === "StartError" && { exitCode: 128 }) } };
}

/** The word behind the events, newest last. Source: kubelet event messages. */
function wordOfEvents(events: Event[]): string | null {
  for (const { reason, message = "" } of events.toReversed()) {
    if (reason === "BackOff") return /pulling image/.test(message) ? "ImagePullBackOff" : "CrashLoopBackOff";
    if (reason === "Failed") {
      const word = /^Error: ([A-Z][A-Za-z]{3,40})$/.exec(message)?.[1];
      if (word) return word;
      if (/^Error: (?:secret|configmap) ".{1,253}" not found|^Error: couldn't find key|runAsNonRoot/.test(message)) return "CreateContainerConfigError";
      if (message.startsWith("Failed to pull image")) return "ErrImagePull";
      if (/^Error: failed to (?:create containerd container|generate|prepare|reserve)|^Error: container create failed/.test(message))
        return "CreateContainerError";
      if (/^Error: failed to (?:create containerd task|start container)/.test(message)) return "RunContainerError";
    }
    if (/^(?:FailedMount|FailedAttachVolume|FailedMapVolume|FailedCreatePodSandBox|NetworkNotReady)$/.test(reason ?? "")) return "ContainerCreating";
    if (reason === "Started") return wasKilledByProbe(events) ? "Running" : null;
    if (reason === "InspectFailed") return "InvalidImageName";
    if (reason === "ErrImageNeverPull") return "ErrImageNeverPull";
  }
  return null;
}

function wasKilledByProbe(events: Event[]): boolean {
  return events.some(({ reason, message = "" }) => reason === "Killing" && /failed (?:liveness|startup) probe/.test(message));
}

/** A previous run has ended, however: that is all that a log of it, or a restart count, tells. */
const someEnd = (): ContainerStatus["state"] => ({ terminated: {} });

/**
 * Status of the one container that the clues are about; null where they do not say which, or nothing of it.
 * `container` is empty where it exists for certain and only its name is not known.
 */
export function stateFromClues(clues: Clues): { status: ContainerStatus; isInit: boolean } | null {
  const { row, logged } = clues;
  const [ready, of] = (row?.READY ?? "").split("/").map(Number);
  const full = row?.STATUS ?? "";
  const isInit = full.startsWith("Init:");
  const word = (isInit ? full.slice(5) : full) || (wordOfEvents(clues.events) ?? "");
  if (isInit && /^\d+\/\d+$/.test(word)) return null;
  const names = [...new Set(clues.named)];
  const sole = of === undefined || of === 1;
  const name = logged || clues.only || (names.length === 1 ? names[0]! : null) || (logged !== null || clues.events.length ? "" : null);
  if (name === null || (!sole && !logged && names.length !== 1)) return null;
  const restarts = /^(\d{1,9})/.exec(row?.RESTARTS ?? "")?.[1];
  const count = restarts === undefined ? undefined : Number(restarts);
  const status: ContainerStatus = {
    name,
    ...(sole && ready !== undefined && { ready: ready === of && ready > 0 }),
    ...(sole && count !== undefined && { restartCount: count }),
  };
  if (word === "Running") {
    status.state = { running: {} };
    if ((count ?? 0) > 0 || clues.ended || wasKilledByProbe(clues.events)) status.lastState = someEnd();
  } else if (endings.test(word)) {
    status.state = ended(word);
    if ((count ?? 0) > 0) status.lastState = someEnd();
  } else if (word && !phases.test(word)) {
    status.state = { waiting: { reason: known.test(word) ? word : (wordOfEvents(clues.events) ?? word) } };
    status.ready = false;
    if (word === "CrashLoopBackOff" || (count ?? 0) > 0) status.lastState = someEnd();
  } else if (!word && clues.ended) status.state = someEnd();
  else return null;
  return { status, isInit };
}

/** Puts the state into the pod, whose row said no more than one word. */
export function withState(pod: Pod, found: { status: ContainerStatus; isInit: boolean }): Pod {
  const list = found.isInit ? "initContainerStatuses" : "containerStatuses";
  return { ...pod, status: { ...pod.status, [list]: [found.status] } };
}
