/** Finds every secret of a text and writes the text again without them. */
import { atSigns } from "./at-signs";
import { encodedRun } from "./encoded";
import { detectors } from "./detectors";
import { escapedText } from "./escaped";
import { percentEncoded } from "./percent";
import { repeatFinder } from "./repeats";
import { startScan, type Mask, type Scan } from "./scan";
import { placeFinder, withoutPrefixes } from "./views";
import { wraps } from "./wraps";

export interface Scrubbed {
  text: string;
  masks: { kind: string; line: number }[];
  /** What was masked, so that other texts of the same thing can be searched for it. */
  values: Map<string, string>;
}
const mostLeaks = 1000;

export function scrubText(text: string): Scrubbed {
  const { masks, values } = secretsOf(text);
  return masks.length === 0 ? { text, masks: [], values } : { ...write(text, masks), values };
}

/** Where secrets stand in a text, in order and without overlap, and their values. */
export function secretsOf(text: string): { masks: Mask[]; values: Map<string, string> } {
  const view = withoutPrefixes(text);
  const scan = startScan(view?.text ?? text, findSecrets);
  findSecrets(scan);
  wraps(scan, detectors.touches);
  const masks = scan.values.size === 0 ? scan.masks : [...scan.masks, ...repeatFinder(scan.values)(scan.text)];
  if (view) {
    const place = placeFinder(view);
    for (const found of masks) {
      found.start = place(found.start, false);
      found.end = place(found.end, true);
    }
  }
  return { masks: merged(masks), values: scan.values };
}

/** A text without the given ranges. */
export function withoutMasks(text: string, masks: Mask[]): string {
  return masks.length === 0 ? text : write(text, merged(masks)).text;
}

/** Fills `scan.masks`, without looking for values that come back. */
export function findSecrets(scan: Scan): void {
  detectors.run(scan, encodedRun);
  if (scan.text.includes("@")) atSigns(scan);
  if (scan.text.includes("%")) percentEncoded(scan);
  if (scan.text.includes("\\")) escapedText(scan);
}

/** In order and without overlap. Where two overlap the more telling kind stays. */
function merged(masks: Mask[]): Mask[] {
  const sorted = masks.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const out: Mask[] = [];
  for (const next of sorted) {
    const last = out.at(-1);
    if (!last || next.start >= last.end) {
      out.push({ ...next });
      continue;
    }
    if (weight(next) > weight(last) && next.end - next.start >= (last.end - last.start) * 0.6) last.kind = next.kind;
    last.end = Math.max(last.end, next.end);
  }
  return out;
}

function weight(mask: Mask): number {
  return mask.kind === "pem" || mask.kind === "jwt" || mask.kind.includes(":") ? 1 : 0;
}

function write(text: string, masks: Mask[]): Omit<Scrubbed, "values"> {
  const parts: string[] = [];
  const leaks = new Map<string, { kind: string; line: number }>();
  let at = 0;
  let line = 1;
  let newline = text.indexOf("\n");
  for (const { start, end, kind } of masks) {
    for (; newline >= 0 && newline < start; newline = text.indexOf("\n", newline + 1)) line++;
    parts.push(text.slice(at, start), `«${kind}»`);
    if (leaks.size < mostLeaks) leaks.set(`${line} ${kind}`, { kind, line });
    // Lines that a mask swallows are no lines of the scrubbed text.
    if (newline >= 0 && newline < end) newline = text.indexOf("\n", end);
    at = end;
  }
  parts.push(text.slice(at));
  return { text: parts.join(""), masks: [...leaks.values()] };
}
