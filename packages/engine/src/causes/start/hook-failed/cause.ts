/** start/hook-failed: the postStart hook failed, and the kubelet killed the container for it. */
import type { Cause } from "../../../model/cause";
import type { ProbeHandler } from "../../../model/kubernetes";
import type { SeenEvent } from "../../../model/observation";
import { eventEvidence, specEvidence, statusEvidence } from "../../evidence";
import { isOfContainer, lastRunEvidence, whoOf } from "../../told";

/** Hook failure and the end of the container come in one sync of the kubelet. */
const sameEndSeconds = 120;
/** In a long loop the kubelet drops events of a pod (25 at once, then one in 300 s), so the newest that is left may be of an earlier run. */
const droppedSeconds = 3600;

export const cause: Cause = {
  id: "start/hook-failed",
  title: "The postStart hook failed",
  needs: ["status"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/", "probe/too-aggressive", "probe/application-unhealthy"],
  messages: {
    exec: {
      title: "The postStart hook of {container} failed{code}",
      explanation:
        "Container {container} starts, its postStart hook fails, and the kubelet kills it for that. The hook runs beside the program: what it waits for may not be up yet.",
    },
    "not-found": {
      title: "The postStart hook of {container} calls a command that is not in the image",
      explanation: "Container {container} starts, its postStart hook can not be run, and the kubelet kills it for that.",
    },
  },
  find(context) {
    const { waiting, last } = context.seen.status;
    const name = context.case.container?.name;
    const text = waiting?.reason === "PostStartHookError" ? waiting.message : "";
    const pod = context.case.pods[0];
    // kubectl describe does not print hooks.
    const killed = [0, 137, 143].includes(last?.exitCode ?? -1) && (pod?.seen.fidelity !== "full" || pod.spec?.lifecycle?.postStart !== undefined);
    const within = killed ? droppedSeconds : sameEndSeconds;
    const ended = last !== null || text !== "";
    const event = context.seen.events.all.find((e) => ended && isHookEvent(e) && isOfContainer(context, e) && belongs(e, last?.finishedAt ?? null, within));
    if (!text && !event) return [];
    const told = `${text} ${event?.message ?? ""} ${context.seen.events.all.find((e) => e.reason === "FailedPostStartHook" && e.message.length > 40)?.message ?? ""}`;
    const code = /exited with (\d{1,3})|exit (?:code|status) (\d{1,3})/.exec(told.slice(0, 4096));
    const hook = context.case.pods[0]?.spec?.lifecycle?.postStart;
    const notFound = /executable file not found|no such file or directory/i.test(told) || ["126", "127"].includes(code?.[1] ?? code?.[2] ?? "");
    const evidence = [
      ...(text ? [statusEvidence(context, text, "state.waiting.message")] : []),
      ...(event ? [eventEvidence(context, event)] : []),
      ...(hook ? [specEvidence(context, `postStart: ${describe(hook)}`, `spec.containers[${name}].lifecycle.postStart`)] : []),
      ...[lastRunEvidence(context)].filter((e) => e !== null),
    ];
    return [
      {
        message: notFound ? "not-found" : "exec",
        args: { container: name ?? whoOf(context), code: code ? ` (exit code ${code[1] ?? code[2]})` : "" },
        confidence: "certain",
        subject: { path: hook?.exec?.command?.join(" ") ?? hook?.httpGet?.path ?? null },
        details: { hook: hook ? describe(hook) : null, exitCode: code ? Number(code[1] ?? code[2]) : null },
        evidence,
        edits: [{ kind: "manual", title: "Correct the postStart hook, or do its work in an init container" }],
        next: name
          ? [
              {
                why: "the hook's output is in no log; run it by hand",
                command: `kubectl -n ${context.case.workload.namespace} debug ${context.case.pods[0]?.pod.metadata.name ?? "POD"} -it --copy-to=hook-test --container=${name} -- sh`,
              },
            ]
          : [],
      },
    ];
  },
};

function isHookEvent(event: SeenEvent): boolean {
  return event.reason === "FailedPostStartHook" || (event.reason === "Killing" && event.message === "FailedPostStartHook");
}
function belongs(event: SeenEvent, finishedAt: string | null, within: number): boolean {
  if (!event.last || !finishedAt) return true;
  return (Date.parse(finishedAt) - Date.parse(event.last)) / 1000 < within;
}
function describe(hook: ProbeHandler): string {
  if (hook.exec) return (hook.exec.command ?? []).join(" ");
  if (hook.httpGet) return `GET ${hook.httpGet.path ?? "/"} on port ${hook.httpGet.port}`;
  return "tcp";
}
