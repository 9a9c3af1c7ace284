/** What reading a section shows about the section itself, and how far its silence proves anything. */
import { isNamespaced } from "./kinds";
import type { Place } from "./objects";

/** What the parsers learn on the way about what stands near a loose text. */
export interface Nearby {
  /** Pod that was described, asked for or named last. */
  pod: { namespace: string; name: string } | null;
  /** Parts of objects that were found: such a text is no log. */
  fragments: number;
  /** Lines that no shape claimed. */
  loose: number;
  /** Lines that kubectl itself said. */
  said: number;
}

export interface Outcome {
  /** Kinds of which rows or objects were shown. */
  shown: Set<string>;
  nothing: boolean;
  failed: boolean;
  elided: boolean;
}

/** A listing proves absence only where nothing was filtered, left out or refused. */
export function noteInventory(place: Place, outcome: Outcome, ended: boolean): void {
  const { command, all } = place;
  if (!command || command.several || command.filtered || outcome.elided || outcome.failed) return;
  if (command.verb !== "get" && command.verb !== "describe" && command.verb !== "events") return;
  if (command.verb === "events" ? !outcome.nothing && !outcome.shown.size : command.names.length > 0) return;
  if (/^(?:jsonpath|go-template|custom-columns|template)/.test(command.output)) return;
  if (!outcome.nothing && outcome.shown.size === 0) return;
  // kubectl prints the kinds in the order in which they were asked for: what a cut can not have reached was seen whole.
  const lastShown = command.kinds.findLastIndex((kind) => outcome.shown.has(kind));
  const whole = ended || outcome.nothing ? command.kinds : command.kinds.slice(0, Math.max(0, lastShown));
  for (const kind of whole) {
    const listed = kind === "Endpoints" ? "EndpointSlice" : kind;
    all.inventory.push({ kind: listed, namespace: isNamespaced(kind) ? place.namespace : "*", extent: "complete", section: place.section });
  }
}
