/** The events below a described object. */
import { parseEventAge } from "../time";
import { isElision } from "../table";

export interface DescribedEvent {
  type: string;
  reason: string;
  /** As printed, e.g. `9s (x14 over 2m44s)`. */
  age: string;
  from: string;
  message: string;
  last: number | null;
  first: number | null;
  count: number;
}

const row =
  /^\s*(Normal|Warning)\s+([A-Za-z]\S{0,60})\s+(<\w{1,12}>|(?:\d{1,6}[ydhms]){1,3}(?: \(x\d{1,9} over (?:<\w{1,12}>|(?:\d{1,6}[ydhms]){1,3})\))?)(?:\s+(.*))?$/;
/** `kubelet`, `kubelet, node-1` (up to 1.20), `default-scheduler`. Sources are names of components. */
const source = /^([a-z][\w./-]{0,80}(?:, \S{1,253})?)(?:\s{2,}|\t|\s|$)(.*)$/i;

/** One line of the events table of describe; null for any other line. */
export function readEventLine(line: string): DescribedEvent | null {
  if (line.length > 70_000) return null;
  const match = row.exec(line);
  if (!match) return null;
  const rest = match[4] ?? "";
  // Events of the new API may lack a source: then the column is blank and the message stands alone.
  const blank =
    /^\s*(?:Normal|Warning)\s+\S+\s+(?:<\w{1,12}>|[\dydhms]+(?: \(x\d+ over [\w<>]+\))?)\s{12,}\S/.test(line) &&
    !/^[a-z][\w.-]{2,60}(?:, \S+)? {2,}/.test(rest);
  const parts = blank ? null : source.exec(rest);
  return {
    type: match[1]!,
    reason: match[2]!,
    age: match[3]!,
    from: parts?.[1] ?? "",
    message: (parts ? parts[2]! : rest).trim(),
    ...parseEventAge(match[3]!),
  };
}

/** The events of the given lines; a message may go on over several lines. */
export function readDescribedEvents(lines: string[]): DescribedEvent[] {
  const events: DescribedEvent[] = [];
  for (const line of lines) {
    const event = readEventLine(line);
    if (event) events.push(event);
    else if (events.length && line.trim() && !/^\s*-{2,}/.test(line) && !/^\s*Type\s+Reason\s+Age\b/.test(line) && !isElision(line)) {
      const last = events.at(-1)!;
      if (last.message.length < 20_000) last.message += `\n${line.trim()}`;
    }
  }
  return events;
}
