/** The Report for a terminal: one block a root, worst first, then what could not be seen. */
import type { Incident, NotSeen, Report } from "../model/report";
import { head, incidentBlock, victimLines } from "./incident";
import { type Line, indented, span, wrap } from "./spans";
import { count, secondsBetween, workloadName } from "./words";
import { victimsOf } from "./victims";

export interface TextOptions {
  /** Columns of the terminal; 80 where it is not known. */
  width?: number;
  /** More of everything: references, alternatives, commands of the routine, RBAC as YAML. */
  wide?: boolean;
  /** Unfolds what is folded: old failed Jobs, recovered workloads. */
  all?: boolean;
  /** Where was looked, for the line that nothing fails: `in namespace shop`. */
  where?: string;
}

/** A Job that failed longer ago than this is history: it folds into one line. */
const oldJobSeconds = 24 * 3600;

export function renderText(report: Report, { width = 80, wide = false, all = false, where = "" }: TextOptions = {}): Line[] {
  const options = { takenAt: report.takenAt, width, wide };
  const byId = new Map(report.incidents.map((incident) => [incident.id, incident]));
  const roots = report.incidents.filter(({ causedBy }) => causedBy === null || !byId.has(causedBy));
  const folded = all ? [] : roots.filter((incident) => isOldJob(incident, report));
  const shown = roots.filter((incident) => !folded.includes(incident)).sort((a, b) => Number(a.status === "recovered") - Number(b.status === "recovered"));

  // That the answer is about something else than what was named comes before the answer.
  const gone = report.warnings.filter(({ id }) => id === "pod-is-gone");
  const blocks: Line[][] = [gone.flatMap(({ text }) => wrap(text, width).map((line): Line => [span(line, "warning")]))];
  for (const root of shown) {
    blocks.push(root.status === "recovered" && !wide ? recovered(root, options) : incidentBlock(root, options));
    blocks.push(victimsOf(report, root).flatMap(({ victim, because }) => victimLines(victim, because, options)));
  }
  if (folded.length) blocks.push(foldedJobs(folded, width));
  const others = report.warnings.filter((warning) => !gone.includes(warning));
  blocks.push(others.flatMap(({ text }) => wrap(`warning: ${text}`, width).map((line): Line => [span(line, "warning")])));
  blocks.push(closing(report, shown.length + folded.length, { width, wide, where }));
  return blocks.filter((block) => block.length).flatMap((block, at) => (at ? [[], ...block] : block));
}

function recovered(incident: Incident, options: { takenAt: string | null; width: number; wide: boolean }): Line[] {
  const was = incident.cause ? wrap(`it was: ${incident.cause.title}`, options.width - 2).map((text): Line => [{ role: "plain", text: `  ${text}` }]) : [];
  return [...head(incident, options), ...was];
}

function isOldJob({ workload, lastCrash, since, status }: Incident, { takenAt }: Report): boolean {
  if (workload.kind !== "Job" && workload.kind !== "CronJob") return false;
  const age = secondsBetween(lastCrash ?? since.latest, takenAt);
  return status === "recovered" || (age !== null && age > oldJobSeconds);
}

function foldedJobs(jobs: Incident[], width: number): Line[] {
  const names = jobs.slice(0, 3).map(({ workload }) => workloadName(workload).replace(/^\w+ /, ""));
  const more = jobs.length > names.length ? ` and ${jobs.length - names.length} more` : "";
  return wrap(`${count(jobs.length, "Job")} failed earlier: ${names.join(", ")}${more} (--all shows ${jobs.length === 1 ? "it" : "them"})`, width).map(
    (text): Line => [span(text, "dim")],
  );
}

function closing(report: Report, shown: number, { width, wide, where }: { width: number; wide: boolean; where: string }): Line[] {
  const { pods, workloads, failing, roots } = report.summary;
  const looked = `${count(pods, "pod")} of ${count(workloads, "workload")}${where && ` ${where}`}`;
  const missing = report.notSeen.length > 0;
  const counts = `${count(failing, "workload fails", "workloads fail")}, ${count(roots, "root")}.`;
  const summary = shown ? `${counts}${missing ? "" : " Everything needed was seen."}` : `nothing is crash-looping: ${looked}`;
  return [...wrap(summary, width).map((text): Line => [span(text)]), ...(missing ? [[], ...notSeen(report.notSeen, { width, wide })] : [])];
}

function notSeen(entries: NotSeen[], { width, wide }: { width: number; wide: boolean }): Line[] {
  const shown = wide ? entries : entries.slice(0, 3);
  const lines: Line[] = [[span("Not seen")]];
  for (const { what, why, consequence, remedy } of shown) {
    lines.push(...hanging(`${what}: ${why}${consequence ? `; ${consequence}` : ""}`, 2, width));
    if (remedy.command) lines.push([{ role: "plain", text: "    " }, span(remedy.command, "command")]);
    else if (remedy.text) lines.push(...hanging(`${remedy.text}${remedy.yaml && !wide ? " (-o wide prints the Role)" : ""}`, 4, width));
    if (wide && remedy.yaml) for (const line of remedy.yaml.split("\n")) if (line) lines.push([{ role: "command", text: `    ${indented(line)}` }]);
  }
  if (shown.length < entries.length) lines.push([{ role: "dim", text: `  and ${entries.length - shown.length} more (-o wide)` }]);
  return lines;
}

function hanging(text: string, indent: number, width: number): Line[] {
  return wrap(text, width - indent - 2).map((line, at): Line => [{ role: "plain", text: " ".repeat(at ? indent + 2 : indent) + line }]);
}
