/** The target of a call or a port that only the quoted source or the announcing line of an exception names. */
import type { Subject } from "../model/report";
import type { Candidate } from "./candidate";
import { isHost, portOf } from "./forms";
import type { Line } from "./line";

const url = /\b[a-z][a-z0-9+]{1,20}:\/\/(?:[^\s@/"']{0,80}@)?([A-Za-z0-9._-]{1,253}):(\d{2,5})\b/;
const argument = /\bhost\s?[=:]\s?["']([A-Za-z0-9._-]{1,253})["'](?:.{0,60}\bport\s?[=:]\s?["']?(\d{2,5}))?/;
const bound = /(?:[:\s-]|port )(\d{4,5})(?=["'\]\s,)]|$)/;

export function targetNear({ cause, block }: Candidate, lines: Line[]): Partial<Subject> {
  if (!block) return {};
  if (cause === "app/port-in-use") {
    for (let i = Math.max(0, block.start - 1); i < block.end && i <= block.start; i++) {
      const port = portOf(bound.exec(lines[i]!.text.slice(0, 600))?.[1] ?? "");
      if (port !== null) return { port };
    }
    return {};
  }
  if (!cause.startsWith("dependency/")) return {};
  for (let i = block.start; i < block.end && i < block.start + 300; i++) {
    const text = lines[i]!.text.slice(0, 600);
    const found = url.exec(text) ?? argument.exec(text);
    if (!found || !isHost(found[1]!)) continue;
    const port = portOf(found[2] ?? "");
    return { host: found[1]!, ...(port === null ? {} : { port }) };
  }
  return {};
}
