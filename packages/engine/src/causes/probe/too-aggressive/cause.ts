/** probe/too-aggressive: the application starts or answers well, only later than the probe allows. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import { logEvidence, specEvidence } from "../../evidence";
import { secondsBetween } from "../../../detect/time";
import { lastRunEvidence } from "../../told";
import { addStartupProbe, editProbes } from "../probe-edit";
import { type ProbeFailure, effectOf, mainText, probeEvidence, probeFailure } from "../probe-failure";

/** Kubelet and kill take their time on top of the budget. Seconds. */
const slack = 20;
const leastBudget = 60;
/** Starting a process in a container takes a good part of a second, an interpreter more. */
const shortTimeout = 5;

export const cause: Cause = {
  id: "probe/too-aggressive",
  title: "The probe is less patient than the application is slow",
  needs: ["status", "spec"],
  explains: ["killed/", "app/exited-cleanly", "app/exited-without-reason", "probe/application-unhealthy"],
  messages: {
    start: {
      title: "The {probe} probe gives {container} {budget} s to start, it needs {needed}",
      explanation:
        "{container} starts well and is killed before it is done: the {probe} probe gives up after {budget} s, the start takes {needed}. A startupProbe gives it the time.",
    },
    "start-unknown": {
      title: "The {probe} probe kills {container} before it is up ({budget} s)",
      explanation:
        "Nothing listens on port {port} yet when the {probe} probe gives up after {budget} s: each run is killed while it starts. The log shows no error, only work. How long it needs is not known; a startupProbe gives it time.",
    },
    "slow-command": {
      title: "The {probe} probe gives its command {timeout} s, which is not enough",
      explanation:
        "The probe's command runs longer than its timeout of {timeout} s, and that counts as a failure: {effect}. Raise timeoutSeconds, or use httpGet or tcpSocket, which start no process.",
    },
    slow: {
      title: "The {probe} probe waits {timeout} s for an answer, {container} needs longer",
      explanation:
        "{container} answers, but not always within the probe's timeout of {timeout} s: {effect}. Raise timeoutSeconds, or find out why it is slow (CPU limit, load).",
    },
  },
  find(context) {
    const failure = probeFailure(context);
    if (!failure?.kills || !failure.spec || failure.probe === "readiness") return failure ? slowAnswers(context, failure) : [];
    const early = mainText(failure, "refused", "timeout", "status", "grpc-unreachable", "grpc-not-serving", "closed", "output", "empty", "no-route");
    if (!early || (early.class === "status" && !/^(?:5\d\d|404)$/.test(early.named ?? ""))) return [];
    const budget = failure.spec.budgetSeconds;
    const reading = context.seen.logs.reading;
    const needed = reading?.startedAfterSeconds ?? readyAfter(context);
    if (needed !== null && needed > budget - (failure.spec.spec.periodSeconds ?? 10)) return [slowStart(context, failure, Math.round(needed), "certain")];
    if (early.class !== "refused" && early.class !== "grpc-unreachable") return slowAnswers(context, failure);
    if (needed !== null || !diesAtBudget(context, failure) || failure.asks.port === null) return [];
    const listening = reading?.listens.some((l) => l.port === failure.asks.port);
    const declared = context.case.pods[0]?.spec?.ports?.map((p) => p.containerPort) ?? [];
    const elsewhere = reading?.listens.length && !declared.includes(failure.asks.port);
    if (listening || elsewhere) return [];
    const erring = reading?.kind === "told" && reading.signals[0]!.confidence !== "possible";
    return [slowStart(context, failure, null, erring || !reading || reading.kind === "empty" ? "possible" : "likely")];
  },
};

function slowStart(context: CauseContext, failure: ProbeFailure, needed: number | null, confidence: Finding["confidence"]): Finding {
  const budget = failure.spec!.budgetSeconds;
  const reading = context.seen.logs.reading;
  const line =
    needed === null
      ? reading?.tail.findLast((l) => !/SIG(?:TERM|INT)|signal|shut|clos|stop|exit/i.test(l.text))
      : reading?.tail.find((l) => /start|ready|listen|serving|up in/i.test(l.text));
  const text = mainText(failure, "refused", "timeout", "status", "grpc-unreachable", "grpc-not-serving", "closed", "output", "empty", "no-route");
  const ended = lastRunEvidence(context);
  return {
    message: needed === null ? "start-unknown" : "start",
    args: {
      probe: failure.probe,
      container: context.case.container?.name ?? "",
      budget,
      needed: needed === null ? "" : `${needed} s`,
      port: failure.asks.port ?? "",
    },
    confidence,
    subject: { probe: failure.probe, port: failure.asks.port },
    details: { budget, needed, kills: true },
    evidence: [...(line ? [logEvidence(context, line)] : []), ...probeEvidence(context, failure, text), ...(ended ? [ended] : [])].slice(0, 5),
    edits: [moreTime(context, failure, Math.max(leastBudget, Math.ceil((needed ?? budget * 3) * 1.5)))],
  };
}

function moreTime(context: CauseContext, failure: ProbeFailure, seconds: number): Edit {
  if (failure.probe === "liveness" && !context.seen.probes.probes.some((p) => p.probe === "startup"))
    return addStartupProbe(context.case, "livenessProbe", seconds);
  return editProbes(context.case, `Let the ${failure.probe} probe wait ${seconds} s`, (probe, kind) => {
    if (kind !== `${failure.probe}Probe`) return [];
    const value = Math.ceil(seconds / Math.max(1, probe.periodSeconds ?? 10));
    return probe.failureThreshold === undefined
      ? [{ op: "add", path: "/failureThreshold", value }]
      : [
          { op: "test", path: "/failureThreshold", value: probe.failureThreshold },
          { op: "replace", path: "/failureThreshold", value },
        ];
  });
}

/** It was seen to answer this path, and the probe timed out: then the answer is slow, not absent. */
function slowAnswers(context: CauseContext, failure: ProbeFailure): Finding[] {
  const text = mainText(failure, "timeout");
  const timeout = failure.spec?.spec.timeoutSeconds ?? 1;
  const answered = context.seen.logs.reading?.requests.find((r) => r.path.split("?")[0] === failure.asks.path?.split("?")[0] && r.status < 400);
  const command = failure.spec?.kind === "exec" && timeout <= shortTimeout;
  if (!text || !failure.spec || (!answered && !command)) return [];
  const after = Math.max(5, timeout * 3);
  return [
    {
      message: command ? "slow-command" : "slow",
      args: { probe: failure.probe, container: context.case.container?.name ?? "", timeout, effect: effectOf(context, failure) },
      confidence: "likely",
      subject: { probe: failure.probe, port: failure.asks.port, path: failure.asks.path },
      details: { budget: failure.spec.budgetSeconds, timeoutSeconds: timeout, needed: null, kills: failure.kills },
      evidence: [...probeEvidence(context, failure, text), ...(answered ? [logEvidence(context, answered.line)] : []), ...cpuLimit(context)],
      edits: [
        editProbes(context.case, `Wait ${after} s for an answer`, (probe, kind) =>
          kind !== `${failure.probe}Probe`
            ? []
            : probe.timeoutSeconds === undefined
              ? [{ op: "add", path: "/timeoutSeconds", value: after }]
              : [
                  { op: "test", path: "/timeoutSeconds", value: timeout },
                  { op: "replace", path: "/timeoutSeconds", value: after },
                ],
        ),
      ],
    },
  ];
}
function cpuLimit(context: CauseContext): Finding["evidence"] {
  const limit = context.case.pods[0]?.spec?.resources?.limits?.cpu;
  return limit === undefined ? [] : [specEvidence(context, `cpu limit ${limit}`, `spec.containers[${context.case.container?.name}].resources.limits.cpu`)];
}

/** The run lasted as long as the probe's patience, and the grace that follows. */
function diesAtBudget(context: CauseContext, failure: ProbeFailure): boolean {
  const ran = context.seen.status.last?.ranForSeconds;
  if (ran == null) return true;
  const grace = failure.spec!.spec.terminationGracePeriodSeconds ?? context.case.pods[0]?.pod.spec?.terminationGracePeriodSeconds ?? 30;
  const { periodSeconds = 10, failureThreshold = 3, timeoutSeconds = 1 } = failure.spec!.spec;
  return ran <= failure.spec!.budgetSeconds + periodSeconds + failureThreshold * timeoutSeconds + grace + slack;
}

/** How long a replica that is ready took. */
function readyAfter(context: CauseContext): number | null {
  const name = context.case.container?.name;
  for (const { object } of context.case.siblings) {
    const status = object.status?.containerStatuses?.find((s) => s.name === name);
    const ready = object.status?.conditions?.find((c) => c.type === "ContainersReady" && c.status === "True");
    const took = secondsBetween(status?.state?.running?.startedAt, ready?.lastTransitionTime);
    if (took !== null && took > 0 && (status?.restartCount ?? 0) === 0) return took;
  }
  return null;
}
