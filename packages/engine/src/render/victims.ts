/** Who fails because of an incident, directly or through others. */
import type { Incident, Report } from "../model/report";

export interface Victim {
  victim: Incident;
  /** The incident that it waits for itself. */
  because: Incident;
}

/** Each once, nearest first. */
export function victimsOf(report: Report, root: Incident): Victim[] {
  const found = new Map<string, Victim>();
  const queue = [root];
  for (let because = queue.shift(); because; because = queue.shift())
    for (const victim of report.incidents) {
      if (victim.causedBy !== because.id || victim.id === root.id || found.has(victim.id)) continue;
      found.set(victim.id, { victim, because });
      queue.push(victim);
    }
  return [...found.values()];
}
