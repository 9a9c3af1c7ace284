/** What was ruled out, and the commands that would tell most. */
import type { NextStep } from "../model/report";
import type { Judged } from "./judged";

function ruledOut({ case: failing, seen, judgement }: Judged): string[] {
  const lines: string[] = [];
  const verdict = judgement.verdict?.cause.id ?? "";
  const { status, logs, events, config, probes } = seen;
  if (failing.scope === "log" || failing.scope === "node") return lines;
  if (status.last && status.last.reason !== "OOMKilled" && !verdict.startsWith("memory/")) {
    const code = status.last.exitCode === 137 ? "" : `, the exit code is ${status.last.exitCode ?? "not known"} and not 137`;
    if (code) lines.push(`memory limit: the last state is ${status.last.reason ?? "not known"}, not OOMKilled${code}`);
  }
  if ((status.last?.processRan || status.running) && !verdict.startsWith("image/")) lines.push("image: it was pulled and the process started");
  if (
    config.references.length &&
    config.references.every((r) => r.optional || (r.object === "yes" && (r.key === null || r.keyExists !== "no"))) &&
    !verdict.startsWith("config/")
  )
    lines.push(`configuration: ${config.references.length === 1 ? "what it refers to exists" : `all ${config.references.length} objects it refers to exist`}`);
  if (events.seen && !probes.killedBy && status.last && probes.probes.length && !verdict.startsWith("probe/"))
    lines.push("probes: no event says that a probe killed it (events can be missing)");
  if (logs.reading && logs.reading.kind !== "told" && !verdict.startsWith("app/")) {
    const what = logs.reading.kind === "empty" ? "it is empty" : logs.reading.stoppedInOrder ? "it ends in an orderly stop" : "no known error in it";
    lines.push(`log of the ${logs.log?.run === "crashed" ? "crashed" : "running"} container: ${what}`);
  }
  if (!status.disruption && status.last && !status.deleting) lines.push("eviction and drain: the pod carries no DisruptionTarget condition");
  return lines;
}

function namespaceFlag(namespace: string): string {
  return namespace ? ` -n ${namespace}` : "";
}

/** Where the verdict is open: what nobody has looked at yet, the most telling first. */
function openQuestions({ case: failing, seen }: Judged): NextStep[] {
  const pod = failing.pods[0]?.pod.metadata.name;
  const flag = namespaceFlag(failing.workload.namespace);
  const next: NextStep[] = [];
  if (failing.scope === "log") {
    next.push({ why: "the pod's status tells exit code, reason and probes", command: "kubectl describe pod POD" });
    return next;
  }
  if (!pod) {
    next.push({
      why: "the owner's events say why no pod is created",
      command: `kubectl describe ${failing.workload.kind.toLowerCase()} ${failing.workload.name}${flag}`,
    });
    return next;
  }
  const container = failing.container?.name ? ` -c ${failing.container.name}` : "";
  if (!seen.logs.log && seen.logs.missing !== "never started" && seen.logs.missing !== "the process never ran")
    next.push({ why: "the log of the crashed container was not seen", command: `kubectl logs ${pod}${container}${flag} --previous` });
  if (!seen.events.seen || failing.pods[0]?.seen.fidelity === "row")
    next.push({ why: "status, events and probes of the pod", command: `kubectl describe pod ${pod}${flag}` });
  const isSilent = seen.logs.reading?.kind === "empty" || seen.logs.reading?.kind === "silent";
  if (isSilent && failing.container?.type === "app")
    next.push({
      why: "a copy of the pod whose container stays alive, to start the program by hand",
      command: `kubectl debug ${pod}${flag} -it --copy-to=${pod.slice(0, 40)}-debug --container=${failing.container.name} -- sh`,
    });
  if (seen.config.references.some((r) => r.object === "unknown"))
    next.push({ why: "whether the ConfigMaps and Secrets it refers to exist", command: `kubectl get configmap,secret${flag}` });
  if (failing.scope === "pod") next.push({ why: "the nodes, their room and their taints", command: "kubectl describe nodes" });
  return next;
}

export function conclude(judged: Judged): { ruledOut: string[]; next: NextStep[] } {
  const found = judged.judgement.verdict;
  const own = found?.finding.next ?? [];
  const open = !found || found.finding.confidence !== "certain" ? openQuestions(judged) : [];
  const isSame = (a: NextStep, b: NextStep): boolean => a.command === b.command || (a.command.includes(" debug ") && b.command.includes(" debug "));
  const next = [...own, ...open].filter((step, index, all) => all.findIndex((s) => isSame(s, step)) === index);
  return { ruledOut: ruledOut(judged), next: next.slice(0, 3) };
}

/** When the kubelet starts the container again. Source: client-go flowcontrol.Backoff, pod_workers.go (sync jitter). */
export function nextRestart({ seen }: Judged): { earliest: string; latest: string; backOffSeconds: number } | null {
  const { backOffSeconds, last, waiting } = seen.status;
  if (backOffSeconds === null || !last?.finishedAt || waiting?.reason !== "CrashLoopBackOff") return null;
  const end = Date.parse(last.finishedAt);
  const started = last.startedAt && !last.startedAt.startsWith("1970") ? Date.parse(last.startedAt) : null;
  const forgotten = started === null ? Infinity : Math.max(end, started + 600_000);
  const earliest = Math.min(end + backOffSeconds * 1000, forgotten);
  const iso = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");
  return { earliest: iso(earliest), latest: iso(earliest + 15_000), backOffSeconds };
}
