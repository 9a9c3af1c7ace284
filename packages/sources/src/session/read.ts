/** One section → what it shows. */
import { type Collected, contextNamespace, skip } from "./collect";
import { takeDumpLogs } from "./dump-logs";
import { readJsonPath } from "./jsonpath";
import { readLogs } from "./logs";
import type { Place } from "./objects";
import { type Nearby, noteInventory, type Outcome } from "./outcome";
import { splitParts } from "./parts";
import { readDescribeOutput } from "./read-described";
import { isOwnReader, readOther } from "./read-other";
import { readPart } from "./read-part";
import { readSaid } from "./says";
import type { Section } from "./sections";
import { isElision } from "./table";

/** `logs` that failed prints its answer and little else. */
const mostAnswers = 3;

/** Commands whose output is no cluster state that this source reads. */
const unreadVerbs = new Set(["exec", "explain", "debug", "attach", "port-forward", "diff", "config", "api-resources", "api-versions", "wait"]);

export function readSection(section: Section, index: number, all: Collected, nearby: Nearby): void {
  const { command } = section;
  const namespace = command?.namespace ?? section.contextNamespace ?? contextNamespace;
  if (section.contextNamespace) all.contextNamespaces.push(section.contextNamespace);
  const place: Place = { all, command, namespace, section: index, line: section.line };
  const outcome: Outcome = { shown: new Set(), nothing: false, failed: false, elided: section.lines.some(isElision) };
  const dump = command === null || command.verb === "cluster-info" ? takeDumpLogs(section.lines) : { logs: [], rest: section.lines };
  for (const log of dump.logs) all.logs.push({ ...log, workload: null, previous: false, lines: log.text.split("\n"), cut: "none" });
  const isReadable = command === null || (command.verb !== "other" && !unreadVerbs.has(command.verb));
  // A program may call kubectl and log its answers: those are not about what was asked here.
  const isLog = command?.verb === "logs" && dump.rest.filter((line) => line.trim()).length > mostAnswers;
  const lines =
    isReadable && !isLog
      ? dump.rest.filter((line) => {
          const said = mayBeSaid(line) ? readSaid(line, command, namespace, all) : null;
          if (said === "nothing") outcome.nothing = true;
          if (said === "error") outcome.failed = true;
          if (said !== null) nearby.said++;
          return said === null;
        })
      : dump.rest;
  if (!isReadable) {
    if (lines.some((line) => line.trim())) skip(all, `output of ${command.line.slice(0, 120)}`);
    return;
  }
  if (command?.verb === "logs") {
    readLogs(command, lines, namespace, all);
    const target = command.names[0];
    if (target?.kind === "Pod") nearby.pod = { namespace, name: target.name };
    return;
  }
  if (command && !command.several && isOwnReader(command)) {
    readOther(command, lines, place);
    return;
  }
  if (command?.output.startsWith("jsonpath") && readJsonPath(lines, place)) return;
  const rest = lines.length && command?.verb === "describe" && !command.several ? readDescribeOutput(lines, place, outcome, nearby) : lines;
  for (const part of splitParts(rest)) readPart(part, place, outcome, nearby);
  noteInventory(place, outcome, section.ended);
}

function mayBeSaid(line: string): boolean {
  return /Error|rror:|No resources|cannot |connection to the server|Unable to connect|unable to retrieve|NotFound|waiting to start|previous terminated/.test(
    line,
  );
}
