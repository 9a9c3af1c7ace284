/** What kubectl itself answers instead of data: not found, forbidden, nothing there, waiting to start. */
import type { WantTarget } from "@unloop/engine/model/snapshot";
import type { Collected, SeenState } from "./collect";
import type { Command } from "./command";
import { isNamespaced, kindOf } from "./kinds";

const notFound = /^Error from server \(NotFound\): ([\w.-]{1,100}) "([^"]{1,253})" not found/;
const cannot =
  /^Error from server \(Forbidden\): .{0,600}?User "[^"]{0,300}" cannot (\w{1,20}) resource "([\w./-]{1,100})" in API group "[^"]{0,100}"(?: in the namespace "([^"]{1,63})"| at the cluster scope)?/;
const waiting = /^(?:Error from server \(BadRequest\): )?container "([^"]{1,63})" in pod "([^"]{1,253})" is waiting to start: (.{1,4000})$/;
const noPrevious = /^(?:Error from server \(BadRequest\): )?previous terminated container "([^"]{1,63})" in pod "([^"]{1,253})" not found/;
const gone = /^unable to retrieve container logs for /;
const nothing = /^No resources found(?: in ([a-z0-9-]{1,63}) namespace)?\.?$/;

export type Said = "nothing" | "error" | null;

/** The waiting reason is the message itself, or words for it. Source: kubelet, validateContainerLogStatus. */
function waitingReason(text: string): { reason: string; message?: string } {
  if (/^[A-Z][A-Za-z]{3,60}$/.test(text)) return { reason: text };
  if (text.startsWith("trying and failing to pull image")) return { reason: "ImagePullBackOff", message: text };
  if (text.startsWith("image can't be pulled")) return { reason: "ErrImagePull", message: text };
  return { reason: "", message: text };
}

/** Reads one line; null where kubectl did not say it. Facts go to `all`. */
export function readSaid(line: string, command: Command | null, namespace: string, all: Collected): Said {
  if (line.length > 6000) return null;
  const text = line.trim();
  const none = nothing.exec(text);
  if (none) {
    if (none[1] && command && command.namespace === null) all.contextNamespaces.push(none[1]);
    return "nothing";
  }
  const absent = notFound.exec(text);
  if (absent) {
    readAbsent(absent[1]!, absent[2]!, command, namespace, all);
    return "error";
  }
  const refused = cannot.exec(text);
  if (refused) {
    readForbidden(refused[1]!, refused[2]!, refused[3] ?? "*", text, command, all);
    return "error";
  }
  return (
    readLogSaid(text, command, namespace, all) ??
    (/^(?:Error from server|error: |The connection to the server|Unable to connect to the server|E\d{4} .*memcache\.go)/.test(text) ? "error" : null)
  );
}

function answer(all: Collected, want: WantTarget, state: "absent" | "forbidden" | "gone", message: string): void {
  all.answers.push({ want, state, message: message.slice(0, 300), consequence: "" });
}

function readAbsent(resource: string, name: string, command: Command | null, namespace: string, all: Collected): void {
  const kind = kindOf(resource);
  // A selector or a kind of another group may hide it: only a direct question by name is an answer. `*` names no namespace.
  const scope = kind && isNamespaced(kind) ? namespace : "";
  if (!kind || scope === "*" || (kind === "Namespace" && command?.namespace)) return;
  answer(all, { type: "get", kind, namespace: scope, name }, "absent", `${resource} "${name}" not found`);
}

function readForbidden(verb: string, resource: string, where: string, text: string, command: Command | null, all: Collected): void {
  const kind = kindOf(resource.split("/")[0]!);
  if (!kind || !/^(?:get|list|watch)$/.test(verb)) return;
  const namespace = isNamespaced(kind) ? where : "*";
  if (resource === "pods/log") {
    const pod = command?.names[0]?.name ?? "";
    const target = {
      type: "log",
      namespace: where,
      pod,
      container: command?.container ?? "",
      instance: command?.previous ? "previous" : "current",
      run: "crashed",
    } as const;
    answer(all, target, "forbidden", text);
    return;
  }
  if (verb === "get") {
    const name = / "([^"]{1,253})" is forbidden/.exec(text)?.[1];
    if (name) answer(all, { type: "get", kind, namespace: where === "*" ? "" : where, name }, "forbidden", text);
    return;
  }
  all.inventory.push({ kind, namespace, extent: "forbidden", section: -1 });
}

function readLogSaid(text: string, command: Command | null, namespace: string, all: Collected): Said {
  const state = waiting.exec(text);
  const target = (pod: string, container: string): WantTarget => ({
    type: "log",
    namespace,
    pod,
    container,
    instance: command?.previous ? "previous" : "current",
    run: "crashed",
  });
  if (state) {
    const status: SeenState["status"] = { name: state[1]!, ready: false, state: { waiting: waitingReason(state[3]!.trim()) } };
    all.states.push({ namespace, pod: state[2]!, status });
    answer(all, target(state[2]!, state[1]!), "absent", text);
    return "error";
  }
  const old = noPrevious.exec(text);
  if (old) {
    answer(all, target(old[2]!, old[1]!), "absent", text);
    return "error";
  }
  if (gone.test(text)) {
    answer(all, target(command?.names[0]?.name ?? "", command?.container ?? ""), "gone", text);
    return "error";
  }
  return text.includes("a container name must be specified for pod ") ? "error" : null;
}
