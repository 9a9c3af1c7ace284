/** The Report as Markdown, for a ticket or a chat. Everything from the cluster is hostile here too: it may not become markup. */
import type { Evidence, Incident, Report, Verdict } from "../model/report";
import { headline } from "./headline";
import { indented, printable } from "./spans";
import { count, workloadName } from "./words";
import { victimsOf } from "./victims";

/** Text that Markdown and HTML leave as it is: no markup, no link, nobody called by `@name` (a joiner that can't be seen stands between). */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]()<>|#~!$&]/g, "\\$&")
    .replaceAll("://", "\\://")
    .replace(/(^|\W)@(?=\w)/g, "$1@\u2060");
}

/** A code span: its fence is longer than any run of backticks inside. */
function code(text: string): string {
  const plain = printable(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest ? `${fence} ${plain} ${fence}` : `${fence}${plain}${fence}`;
}

function block(language: string, lines: string[]): string[] {
  const plain = lines.map((line) => indented(line));
  const longest = Math.max(2, ...plain.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [fence + language, ...plain, fence];
}

export function renderMarkdown(report: Report, { where = "" }: { where?: string } = {}): string {
  const { pods, workloads, failing, roots } = report.summary;
  const byId = new Map(report.incidents.map((incident) => [incident.id, incident]));
  const lines = [
    report.incidents.length
      ? `**${count(failing, "workload fails", "workloads fail")}, ${count(roots, "root")}**`
      : `Nothing is crash-looping: ${count(pods, "pod")} of ${count(workloads, "workload")}${where && ` ${escaped(where)}`}.`,
  ];
  for (const incident of report.incidents) {
    if (incident.causedBy !== null && byId.has(incident.causedBy)) continue;
    lines.push("", ...incidentSection(incident, report));
  }
  if (report.warnings.length) lines.push("", "### Warnings", "", ...report.warnings.map(({ text }) => `- ${escaped(text)}`));
  if (report.notSeen.length) {
    lines.push("", "### Not seen", "");
    for (const { what, why, consequence, remedy } of report.notSeen)
      lines.push(
        `- ${escaped(`${what}: ${why}${consequence && `; ${consequence}`}`)}${remedy.command ? `: ${code(remedy.command)}` : remedy.text && ` (${escaped(remedy.text)})`}`,
      );
  }
  return `${lines.join("\n")}\n`;
}

function incidentSection(incident: Incident, report: Report): string[] {
  const { title, facts } = headline(incident, report.takenAt);
  const { cause, conclusion, change } = incident;
  const lines = [`## ${escaped(title)}`, "", ...(facts.length ? [escaped(facts.join(" · ")), ""] : [])];
  lines.push(...(cause ? verdict(cause) : ["**Nothing proves a cause**"]));
  if (cause?.evidence.length) lines.push("", "| evidence | where | text |", "|---|---|---|", ...cause.evidence.map(evidenceRow));
  if (change) {
    const parts = [change.revision && `revision ${change.revision}`, change.at && `at ${change.at}`, change.by && `by ${change.by}`].filter(Boolean).join(" ");
    lines.push("", `Changed: ${escaped(parts)}`);
    for (const { path, before, after } of change.differences)
      lines.push(`- ${code(path)}: ${before === null ? "absent" : code(before)} → ${after === null ? "absent" : code(after)}`);
  }
  if (!cause || cause.confidence === "possible") lines.push(...list("Ruled out", conclusion.ruledOut.map(escaped)));
  if (incident.fixes.length) {
    lines.push("", "**Fix**");
    for (const fix of incident.fixes) {
      lines.push("", `${escaped(fix.title)}${fix.risk === "data" ? " (this can lose data)" : ""}${fix.note ? ` (${escaped(fix.note)})` : ""}`);
      if (fix.command) lines.push("", ...block("sh", fix.command.split("\n")));
      else if (fix.diff) lines.push("", ...block("diff", fix.diff.split("\n")));
    }
  }
  if (!cause || cause.confidence === "possible")
    lines.push(
      ...list(
        "Next",
        conclusion.next.map(({ why, command }) => `${escaped(why)}: ${code(command)}`),
      ),
    );
  const { dependents, routes } = incident.blastRadius;
  lines.push(
    ...list("Hit", [
      ...dependents.map(({ workload, via }) => escaped(`${workloadName(workload)}${via && ` (${via})`}`)),
      ...routes.map(({ host, path }) => code(host + path)),
    ]),
  );
  lines.push(
    ...list(
      "Caused by this",
      victimsOf(report, incident).map(({ victim }) => escaped(headline(victim, report.takenAt).title)),
    ),
  );
  lines.push(
    "",
    "| step | result | what it shows |",
    "|---|---|---|",
    ...incident.routine.map(({ step, result, summary }) => `| ${step} | ${result} | ${escaped(summary)} |`),
  );
  return lines;
}

function verdict({ title, confidence, explanation, id }: Verdict): string[] {
  return [`**${escaped(title)}** (${confidence}, ${code(id)})`, "", escaped(explanation)];
}

function evidenceRow({ source, text, ref }: Evidence): string {
  const place = [ref.kind && ref.name && `${ref.kind.toLowerCase()}/${ref.name}`, ref.container, ref.path, ref.line !== null && `line ${ref.line}`];
  return `| ${source} | ${escaped(place.filter(Boolean).join(" "))} | ${code(text)} |`;
}

function list(title: string, items: string[]): string[] {
  return items.length ? ["", `**${title}**`, "", ...items.map((item) => `- ${item}`)] : [];
}
