/** `-o jsonpath='{.status}'` of one object: what was asked for stands in the command, the answer below it. */
import type { ContainerStatus, KubernetesObject } from "@unloop/engine/model/kubernetes";
import { conform } from "../conform/index";
import type { Place } from "./objects";

const simple = /^jsonpath(?:-as-json)?=\{((?:\.[A-Za-z]{1,40}(?:\[\d\])?){1,8})\}$/;

/** Path of the one field asked for, e.g. `["status", "containerStatuses", "0", "state"]`; null for anything richer. */
function pathOf(output: string): string[] | null {
  return (
    simple
      .exec(output)?.[1]!
      .split(/[.[\]]/)
      .filter(Boolean) ?? null
  );
}

function valueOf(lines: string[]): unknown {
  const text = lines.join("\n").trim();
  if (!text || text.length > 1_000_000) return undefined;
  if (!/^[{[]/.test(text)) return text.includes("\n") ? undefined : text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function nest(path: string[], value: unknown): unknown {
  return path.reduceRight((inner, field) => (/^\d$/.test(field) ? [inner] : { [field]: inner }), value);
}

/** True where the answer was used. A spec is left out: one field of it would pass for the whole. */
export function readJsonPath(lines: string[], place: Place): boolean {
  const { command, all } = place;
  const path = command?.output ? pathOf(command.output) : null;
  const target = command?.names.length === 1 ? command.names[0]! : null;
  const value = path && target ? valueOf(lines) : undefined;
  if (!path || !target?.kind || value === undefined || place.namespace === "*") return false;
  const { kind, name } = target;
  const metadata = { name, ...(kind !== "Node" && { namespace: place.namespace }) };
  if ((kind === "Secret" || kind === "ConfigMap") && path.join(".") === "data" && typeof value === "object" && value !== null) {
    // The values of a Secret never go further than this line.
    all.sightings.push({ object: { kind, metadata }, fidelity: "metadata", keys: Object.keys(value), section: place.section });
    return true;
  }
  if ((kind !== "Pod" && kind !== "Node") || path[0] !== "status") return false;
  if (kind === "Pod" && path[1] === "containerStatuses" && path[2] === "0") {
    const shape = nest(path.slice(3), value) as Partial<ContainerStatus>;
    const { status } = conform({ kind: "Pod", metadata, status: { containerStatuses: [{ ...shape, name: shape.name ?? "" }] } } as KubernetesObject, true) as {
      status?: { containerStatuses?: ContainerStatus[] };
    };
    const found = status?.containerStatuses?.[0];
    if (found) all.states.push({ namespace: place.namespace, pod: name, status: found });
    return found !== undefined;
  }
  const object = conform({ kind, metadata, ...(nest(path, value) as object) }, true);
  all.sightings.push({ object, fidelity: kind === "Pod" ? "described" : "row", section: place.section });
  return true;
}
