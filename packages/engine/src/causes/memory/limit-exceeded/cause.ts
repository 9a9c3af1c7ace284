/** memory/limit-exceeded: the kernel killed the container because it used more memory than its own limit. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import { eventEvidence, specEvidence } from "../../evidence";
import { humanDuration } from "../../../detect/time";
import { formatQuantity } from "../../../scheduling/quantity";
import { containerIn, kubectlName, templateOf } from "../../template";
import { lastRunEvidence, whoOf } from "../../told";
import { type MemoryLimit, hasMemoryPressure, memoryLimit, nodeKills, specSeen } from "../out-of-memory";

/** Dies sooner: too small for what it loads. Lives longer: what it holds grows. Seconds. */
const atStart = 60;
const grown = 600;

export const cause: Cause = {
  id: "memory/limit-exceeded",
  title: "The container needs more memory than its limit",
  needs: ["status"],
  explains: ["killed/", "app/exited-without-reason", "app/exited-cleanly", "probe/application-unhealthy", "probe/too-aggressive", "memory/node-exhausted"],
  messages: {
    "at-start": {
      title: "Out of memory at start: {container} needs more than its limit of {limit}",
      explanation:
        "The kernel killed {container} {after} after its start (OOMKilled) because it reached its memory limit of {limit}. So early it is no leak: what the program loads at start does not fit.",
    },
    leak: {
      title: "Out of memory after {after}: {container} outgrows its limit of {limit}",
      explanation:
        "The kernel killed {container} (OOMKilled) when it reached its memory limit of {limit}. It ran for {after} before: its memory grows, by a leak, a cache without bound, or load. A higher limit buys time.",
    },
    "under-load": {
      title: "Out of memory: {container} needs more than its limit of {limit}",
      explanation: "The kernel killed {container} (OOMKilled) when it reached its memory limit of {limit}{ran}. The limit is too small for what it does.",
    },
    "no-spec": {
      title: "Out of memory: {container} was killed for its memory",
      explanation: "The kernel killed {container} (OOMKilled). That is its own memory limit, unless it has none; the limit was not seen.",
    },
    unsaid: {
      title: "Out of memory, probably: {container} has a limit of {limit}",
      explanation:
        "{container} was killed with SIGKILL (137). The runtime does not say OOMKilled this time, but it did of another run or replica, or the node tells of the kill.",
    },
    child: {
      title: "A process in {container} was killed for memory (limit {limit})",
      explanation:
        "The kernel killed a process of {container} at its memory limit of {limit}, {after} or less after its start; the container itself ended with exit code {code}. The runtime keeps the mark, so in a long run the two may have nothing to do with each other.",
    },
  },
  find(context) {
    const { last } = context.seen.status;
    if (!last?.processRan || last.synthetic) return [];
    const limit = memoryLimit(context);
    if (last.reason === "OOMKilled") return limit || !specSeen(context) ? [killed(context, limit)] : [];
    if (last.exitCode !== 137 || !limit || context.seen.probes.killedBy || context.seen.status.disruption) return [];
    return unsaid(context, limit);
  },
};

function killed(context: CauseContext, limit: MemoryLimit | null): Finding {
  const last = context.seen.status.last!;
  const seconds = last.ranForSeconds;
  const pattern = seconds === null ? null : seconds < atStart ? "at-start" : seconds >= grown ? "leak" : "under-load";
  const plain = last.exitCode === 137 || last.exitCode === null;
  const message = !limit ? "no-spec" : !plain ? "child" : (pattern ?? "under-load");
  const doubt = !limit || hasMemoryPressure(context) || nodeKills(context).some((e) => e.reason === "SystemOOM");
  return {
    message,
    args: argsOf(context, limit, seconds),
    confidence: plain ? (doubt ? "likely" : "certain") : last.exitCode === 0 ? "possible" : pattern === "at-start" && !doubt ? "certain" : "likely",
    subject: { name: null },
    details: { limit: limit?.written ?? null, afterSeconds: seconds, pattern, exitCode: last.exitCode, limitOf: limit?.of ?? null },
    evidence: evidenceOf(context, limit),
    edits: limit ? edits(context, limit, pattern) : [],
    next: [
      {
        why: "how its memory grows",
        command: `kubectl -n ${context.case.workload.namespace} top pod ${context.case.pods[0]?.pod.metadata.name ?? ""} --containers`,
      },
    ],
  };
}

/** 137 without the word OOMKilled: containerd below 2.3 misses it when the exit is handled before the kernel's notice. */
function unsaid(context: CauseContext, limit: MemoryLimit): Finding[] {
  const name = context.case.container?.name;
  const replicas = [...context.case.pods.slice(1).map((p) => p.pod), ...context.case.siblings.map((s) => s.object)];
  const other = replicas.find((pod) =>
    [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].some(
      (s) => s.name === name && (s.state?.terminated?.reason === "OOMKilled" || s.lastState?.terminated?.reason === "OOMKilled"),
    ),
  );
  const own = context.case.pods[0]?.status;
  const earlier = own?.state?.terminated && own.lastState?.terminated?.reason === "OOMKilled";
  const ofNode = nodeKills(context).filter((e) => e.reason === "OOMKilling");
  if (!other && !earlier && !ofNode.length) return [];
  const evidence = [...ofNode.slice(0, 1).map((e) => eventEvidence(context, e)), ...evidenceOf(context, limit)];
  return [
    {
      message: "unsaid",
      args: argsOf(context, limit, null),
      confidence: other || earlier ? "likely" : "possible",
      subject: {},
      details: { limit: limit.written, afterSeconds: context.seen.status.last!.ranForSeconds, pattern: null, exitCode: 137, limitOf: limit.of },
      evidence,
      edits: edits(context, limit, null),
    },
  ];
}

function argsOf(context: CauseContext, limit: MemoryLimit | null, seconds: number | null): Finding["args"] {
  const after = seconds === null ? "some time" : seconds < 1 ? "less than a second" : humanDuration(seconds);
  return {
    container: context.case.container?.name ?? whoOf(context),
    limit: limit?.written ?? "",
    after,
    ran: seconds === null ? "" : `, ${after} after its start`,
    code: context.seen.status.last?.exitCode ?? 0,
  };
}

function evidenceOf(context: CauseContext, limit: MemoryLimit | null): Finding["evidence"] {
  const name = context.case.container?.name;
  const path = limit?.of === "pod" ? "spec.resources.limits.memory" : `spec.containers[${name}].resources.limits.memory`;
  return [
    lastRunEvidence(context)!,
    ...(limit ? [specEvidence(context, `memory limit ${limit.written}${limit.of === "pod" ? " of the whole pod" : ""}`, path)] : []),
  ];
}

/** Twice the limit: enough to see whether it is too small or leaks. */
function edits(context: CauseContext, limit: MemoryLimit, pattern: string | null): Edit[] {
  const template = templateOf(context.case);
  const found = template && containerIn(template, context.case.container?.name);
  const before = found?.container.resources?.limits?.memory;
  const after = limit.bytes === null ? null : formatQuantity("memory", limit.bytes * 2);
  if (!found || before === undefined || limit.of === "pod" || !after) return [{ kind: "manual", title: `Raise the memory limit above ${limit.written}` }];
  const path = `${found.pointer}/resources/limits/memory`;
  return [
    {
      kind: "patch",
      title: `Raise the memory limit from ${limit.written} to ${after}`,
      target: template.target,
      patch: [
        { op: "test", path, value: before },
        { op: "replace", path, value: after },
      ],
      command: `kubectl -n ${template.target.namespace} set resources ${kubectlName(template.target)} -c ${context.case.container!.name} --limits=memory=${after}`,
      risk: "restart",
      note: pattern === "leak" ? "buys time only, if it leaks" : "twice as much, to try; then measure what it needs",
    },
  ];
}
