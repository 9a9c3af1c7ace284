/** Reading a crash log: normalise lines, cut runs, find blocks, match patterns. */
import type { LogReading } from "../model/observation";
import type { ScrubbedText } from "../model/snapshot";

export interface LogHints {
  exitCode: number | null;
  /** `terminated.reason`. */
  reason: string | null;
  image: string | null;
}
export function readLog(text: ScrubbedText, _hints: LogHints): LogReading {
  return {
    kind: text.trim() ? "silent" : "empty",
    signals: [],
    tail: [],
    stoppedInOrder: false,
    listens: [],
    serves: [],
    requests: [],
    startedAfterSeconds: null,
  };
}
