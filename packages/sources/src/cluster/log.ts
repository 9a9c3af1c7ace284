/** One container's log. Facts: kubernetes pkg/kubelet/kubelet_pods.go validateContainerLogStatus, server.go getContainerLogs. */
import type { AnswerState, ContainerLog, WantTarget } from "@unloop/engine/model/snapshot";
import { admit } from "@unloop/engine/scrub/index";
import type { Api } from "./api";
import type { Budgets } from "./options";
import { pathOf, resourceOf } from "./resources";

export type LogWant = Extract<WantTarget, { type: "log" }>;
export type LogResult = { state: "got"; log: ContainerLog } | { state: Exclude<AnswerState, "got">; message: string };

/** Lines asked for when the first answer was too long. */
const fewLines = 200;
const margin = 32 * 1024;
/** The kubelet sends these after the header of a 200. */
const insideAnswer = /^(?:unable to retrieve container logs for \w|failed to try resolving symlinks in path |failed to open log file )/;
/** A container that never ran has no log; one whose log was there may have lost it. */
const neverRan = /is waiting to start|previous terminated container .{1,300} not found/;
const lost = /^container .{1,300} is (?:terminated|not available)/;

/** Fetches the end of a log: tailLines alone, since limitBytes keeps the oldest bytes. Never throws for what the server says. */
export async function fetchLog(api: Api, want: LogWant, budgets: Budgets): Promise<LogResult> {
  const full = await read(api, want, budgets.logLines, budgets.logBytes);
  return full.state === "over-budget" ? read(api, want, fewLines, budgets.logBytes) : full;
}

async function read(api: Api, want: LogWant, lines: number, maxBytes: number): Promise<LogResult> {
  const query = new URLSearchParams({ container: want.container, tailLines: String(lines) });
  if (want.instance === "previous") query.set("previous", "true");
  const path = `${pathOf(resourceOf("Pod")!, want.namespace, want.pod)}/log?${query}`;
  // An unreachable kubelet stays so for longer than a retry waits.
  // The margin lets the door see whole what its own limit then cuts.
  const reply = await api.get(path, { accept: "text/plain, */*", maxBytes: maxBytes + margin, keep: "end", retries: 1 });
  if (reply.state !== "got") {
    if (reply.status === 400) return { state: neverRan.test(reply.message) ? "absent" : lost.test(reply.message) ? "gone" : "cannot", message: reply.message };
    return { state: reply.state, message: reply.message };
  }
  const { body } = reply;
  if (body.length < 2000) {
    const text = body.toString("utf8").trim();
    if (insideAnswer.test(text) && !text.includes("\n")) return { state: "gone", message: text };
  }
  const { text, leaked, cut } = admit(body, { bytes: maxBytes });
  const isWindow = countLines(body, lines) >= lines;
  const { namespace, pod, container, instance, run } = want;
  return {
    state: "got",
    log: { namespace, pod, container, instance, run, text, cut: reply.isCut || cut === "bytes" ? "bytes" : isWindow ? "head" : "none", leaked },
  };
}
function countLines(body: Buffer, enough: number): number {
  let lines = 0;
  for (let at = body.indexOf(10); at >= 0 && lines < enough; at = body.indexOf(10, at + 1)) lines++;
  return lines;
}
