/** The door: the only way for text and objects into a Snapshot. */
import type { Leak, ScrubbedText } from "../model/snapshot";
import { stripControls } from "./controls";
import { cutBytes, cutLines, cutText, defaultBytes, defaultLine, slack, type Limits } from "./cut";
import { decode } from "./decode";
import { joinPartialLines } from "./join";
import { scrubText } from "./scrub-text";

export type { Limits } from "./cut";
export { admitObject, type AdmittedObject } from "./object";

export interface Admitted {
  text: ScrubbedText;
  /** Each kind and line once, in order. Placeholders and harmless text give none. */
  leaked: Leak[];
  /** `bytes` where the text was longer than the limit. */
  cut: "none" | "bytes";
}

/**
 * Decodes (UTF-8, UTF-16 with or without mark, NULs), strips terminal controls, joins what the runtime split, cuts to limits, then masks secrets.
 * What is cut is cut at line ends; a longer line keeps its head and ends in `…`. Never throws.
 *
 * @example
 * admit("postgres://app:hunter2x@db:5432/shop").text // "postgres://app:«password»@db:5432/shop"
 */
export function admit(text: string | Uint8Array, limits: Limits = {}): Admitted {
  const decoded = typeof text === "string" ? text : decode(cutBytes(text, limits));
  const window = cutText(decoded, limits);
  const line = limits.line ?? defaultLine;
  const whole = cutLines(joinPartialLines(stripControls(cutLines(window.text, line * 4 + slack))), line + slack);
  const scrubbed = scrubText(whole);
  const isCut = window.cut || (typeof text !== "string" && text.length > (limits.bytes ?? defaultBytes) + slack * 4);
  return { text: cutLines(scrubbed.text, line, "…") as ScrubbedText, leaked: scrubbed.masks, cut: isCut ? "bytes" : "none" };
}
