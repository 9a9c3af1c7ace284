/** `--since`: only what began lately. */
import type { Incident, Report } from "@unloop/engine/model/report";

/** The Report without incidents that began longer than `seconds` before it was taken. A root stays with its victims, and what tells no time stays. */
export function since(report: Report, seconds: number): Report {
  const takenAt = report.takenAt === null ? Number.NaN : Date.parse(report.takenAt);
  const isLate = ({ since: { earliest, latest }, lastCrash }: Incident): boolean => {
    const began = Date.parse(earliest ?? latest ?? lastCrash ?? "");
    return !(takenAt - began > seconds * 1000);
  };
  const late = new Set(report.incidents.filter(isLate).map(({ id }) => id));
  for (const { id, causedBy } of report.incidents) if (causedBy !== null && late.has(id)) late.add(causedBy);
  const incidents = report.incidents.filter(({ id }) => late.has(id));
  const failing = new Set(incidents.map(({ workload }) => `${workload.kind}/${workload.namespace}/${workload.name}`)).size;
  return {
    ...report,
    summary: { ...report.summary, failing, incidents: incidents.length, roots: incidents.filter(({ causedBy }) => causedBy === null).length },
    incidents: incidents.map((incident) => ({ ...incident, victims: incident.victims.filter((id) => late.has(id)) })),
  };
}
