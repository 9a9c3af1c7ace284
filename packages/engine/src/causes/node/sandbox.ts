/** Sandboxes that could not be created: what runtime and network plugin said. */
import type { CauseContext } from "../../model/cause";
import type { SeenEvent } from "../../model/observation";
import { isNotStarted } from "../told";
import { oncePerCase } from "../once";

export type SandboxFault = "addresses" | "plugin" | "network" | "network-not-ready" | "handler" | "pause" | "runtime-down" | "memory" | "other";
export interface SandboxTrouble {
  fault: SandboxFault;
  text: string;
  event: SeenEvent;
}

const wordings: [RegExp, SandboxFault][] = [
  [/init was OOM-killed|memory limit (?:too low|\d+ too low)|set memory limit/i, "memory"],
  [
    /cni plugin not initialized|cni config uninitialized|[Nn]etwork plugin (?:is not ready|returns error)|no networks? found in|NetworkPluginNotReady/,
    "network-not-ready",
  ],
  [
    /failed to (?:assign|allocate).{0,40}\bIP\b|no (?:available )?IP addresses? (?:available|left)|no more IPs|IPAM.{0,60}(?:exhausted|no free|full)|InsufficientFreeAddresses|range is full|no free (?:addresses|IPs)|address pool.{0,30}(?:empty|exhausted)/i,
    "addresses",
  ],
  [/failed to find (?:network )?plugin|exec: "[^"]*cni[^"]*"|plugin not found/i, "plugin"],
  [
    /no runtime for "[^"]*" is configured|unknown runtime handler|runtime handler "?[^"\s]*"? not (?:found|supported)|failed to (?:find|get) runtime handler/,
    "handler",
  ],
  [/failed to (?:get|pull) (?:the )?(?:sandbox|infra|pod-infra) (?:container )?image|failed to pull image "[^"]*pause/, "pause"],
  [
    /Cannot connect to the (?:Docker|docker) daemon|containerd\.sock.{0,80}(?:connection refused|no such file)|crio\.sock.{0,80}(?:connection refused|no such file)|transport is closing/,
    "runtime-down",
  ],
  [/network for (?:pod|sandbox)|set ?up (?:pod )?network|plugin type=|networkPlugin|CNI|cni|multus|calico|cilium|flannel|weave/, "network"],
];
const reasons = new Set(["FailedCreatePodSandBox", "NetworkNotReady", "FailedPodSandBoxStatus"]);

function readSandboxTrouble(context: CauseContext): SandboxTrouble | null {
  if (context.case.scope !== "pod" || !isNotStarted(context)) return null;
  const event = context.seen.events.all.find((one) => reasons.has(one.reason));
  if (!event) return null;
  const text = event.message.slice(0, 8192);
  if (event.reason === "NetworkNotReady") return { fault: "network-not-ready", text, event };
  return { fault: wordings.find(([pattern]) => pattern.test(text))?.[1] ?? "other", text, event };
}
/** The newest trouble of a pod that has not started; null once it runs. */
export const sandboxTrouble = oncePerCase(readSandboxTrouble);

/** The end of the chain of errors, without ids that change each time. */
export function shortReason(text: string): string {
  const flat = text
    .replace(/^Failed (?:to )?create pod sandbox: /, "")
    .replace(/rpc error: code = \w+ desc = /g, "")
    .replace(/\b[0-9a-f]{32,64}\b/g, "…")
    .replace(/\s+/g, " ")
    .trim();
  return flat.length > 200 ? `${flat.slice(0, 199)}…` : flat;
}
