/** Commands with a line or two that tell something, and many that tell nothing. */
import type { Command } from "./command";
import { isNamespaced, kindOf } from "./kinds";
import type { Place } from "./objects";

export function isOwnReader(command: Command): boolean {
  return [
    "version",
    "auth",
    "top",
    "rollout",
    "apply",
    "create",
    "delete",
    "run",
    "scale",
    "set",
    "patch",
    "label",
    "annotate",
    "expose",
    "edit",
    "replace",
    "cordon",
    "uncordon",
    "drain",
    "taint",
    "cp",
  ].includes(command.verb);
}
/** Commands with a line or two that tell something, and many that tell nothing. */
export function readOther(command: Command, lines: string[], place: Place): void {
  const { all } = place;
  if (command.verb === "version") {
    const server = lines.map((line) => /^Server Version:.{0,80}?(v\d{1,3}\.\d{1,3}\.\d{1,4}[\w.+-]{0,40})/.exec(line)?.[1]).find(Boolean);
    if (server) all.serverVersion = server;
  } else if (command.verb === "auth") readCanI(command, lines, place);
}
/** `auth can-i list secrets` → `no`: what can not be listed can not be missed either. */
function readCanI(command: Command, lines: string[], place: Place): void {
  const [, verb, resource] = command.words;
  const said = lines.find((line) => /^\s*(?:yes|no)\b/.test(line))?.trim();
  const kind = resource ? kindOf(resource.split("/")[0]!) : null;
  if (!said?.startsWith("no") || !kind || (verb !== "list" && verb !== "get")) return;
  place.all.inventory.push({ kind, namespace: isNamespaced(kind) ? place.namespace : "*", extent: "forbidden", section: place.section });
}
