/** One incident as a block of lines: verdict, evidence, fixes, who is hit, the routine. */
import type { Evidence, Fix, Incident, NextStep, RoutineLine, StepResult, Verdict } from "../model/report";
import type { Instant } from "../model/snapshot";
import { headline } from "./headline";
import { type Line, columns, indented, shorten, span, wrap } from "./spans";
import { ago, count, durationSeconds, inWords } from "./words";

export interface BlockOptions {
  takenAt: Instant | null;
  width: number;
  /** Adds references, alternatives, what was ruled out, and the command of each step. */
  wide: boolean;
}

const symbols: Record<StepResult, string> = { cause: "✗", clue: "!", clear: "✓", unknown: "–" };

export function incidentBlock(incident: Incident, options: BlockOptions): Line[] {
  const { cause } = incident;
  const { wide } = options;
  const sure = cause !== null && cause.confidence !== "possible";
  // Nobody is left without something to run.
  const asks = wide || !sure || incident.fixes.length === 0;
  return [
    ...head(incident, options),
    [],
    ...(cause ? verdict(cause, options) : [[{ role: "plain" as const, text: "  " }, span("Nothing proves a cause", "cause")]]),
    ...section(evidence(incident, options)),
    ...section([...fixes(incident.fixes, options), ...hit(incident, options)]),
    ...section(sure && !wide ? [] : ruledOut(incident, options)),
    ...section(asks ? nextSteps(incident.conclusion.next, options) : []),
    ...section(wide ? alternatives(incident, options) : []),
    ...section(wide ? routineWide(incident.routine, options) : routine(incident.routine, options)),
  ];
}

/** The first line; it wraps between facts. */
export function head(incident: Incident, { takenAt, width }: BlockOptions): Line[] {
  const { title, facts } = headline(incident, takenAt);
  const lines: Line[] = [[span(title, "title")]];
  let used = columns(title);
  for (const [at, fact] of facts.entries()) {
    const joined = `${at ? " · " : ": "}${fact}`;
    if (used + columns(joined) <= width) {
      lines.at(-1)!.push({ role: "plain", text: joined });
      used += columns(joined);
    } else {
      lines.push([{ role: "plain", text: `  ${fact}` }]);
      used = 2 + columns(fact);
    }
  }
  return lines;
}

function section(lines: Line[]): Line[] {
  return lines.length ? [[], ...lines] : [];
}

function verdict({ title, confidence, explanation }: Verdict, { width }: BlockOptions): Line[] {
  const room = width - 2 - 9;
  const [first = "", ...rest] = wrap(title, room);
  const lines: Line[] = [
    [
      { role: "plain", text: "  " },
      span(first, "cause"),
      { role: "plain", text: " ".repeat(Math.max(1, room - columns(first) + 9 - confidence.length)) },
      span(confidence, confidence),
    ],
    ...rest.map((text): Line => [{ role: "plain", text: "  " }, span(text, "cause")]),
  ];
  return [...lines, ...paragraph(explanation, 2, width)];
}

function paragraph(text: string, indent: number, width: number): Line[] {
  return wrap(text, width - indent).map((line): Line => [{ role: "plain", text: " ".repeat(indent) + line }]);
}

/** `label` in a column of its own, `text` beside it with a hanging indent. */
function labelled(label: string, text: string, indent: number, hang: number, width: number, role: Line[number]["role"] = "plain"): Line[] {
  return wrap(text, width - hang).map((line, at): Line => [
    { role: at ? "plain" : "dim", text: at ? " ".repeat(hang) : `${" ".repeat(indent)}${label}`.padEnd(hang) },
    span(line, role),
  ]);
}

function evidence({ cause, change }: Incident, options: BlockOptions): Line[] {
  const lines = (cause?.evidence ?? []).flatMap((piece) => [...evidenceLines(piece, options), ...reference(piece, options)]);
  if (!change || cause?.evidence.some(({ source }) => source === "change")) return lines;
  const what = [change.revision ? `revision ${change.revision}` : "changed", ago(change.at, options.takenAt), change.by && `by ${change.by}`]
    .filter(Boolean)
    .join(" ");
  const before = durationSeconds(change.ranFor);
  const was = change.previousRevision ? `; revision ${change.previousRevision}${before === null ? " came before" : ` ran for ${inWords(before)}`}` : "";
  return [
    ...lines,
    ...labelled("change", what + was, 4, 12, options.width, "evidence"),
    ...change.differences
      .filter(({ explains }) => explains || options.wide)
      .flatMap(({ path, before: from, after: to }) => labelled("", `${path}: ${from ?? "absent"} → ${to ?? "absent"}`, 4, 12, options.width, "evidence")),
  ];
}

/** The proof in three lines; all of it with `wide`. A long message says what matters at its beginning. */
function evidenceLines({ source, text }: Evidence, { width, wide }: BlockOptions): Line[] {
  const lines = labelled(source, text, 4, 12, width, "evidence");
  if (wide || lines.length <= 3) return lines;
  const third = lines[2]!;
  return [...lines.slice(0, 2), [third[0]!, span(`${shorten(third[1]!.text, width - 13)}…`.replace(/……$/, "…"), "evidence")]];
}

function reference({ ref, source }: Evidence, { wide, width }: BlockOptions): Line[] {
  if (!wide || !ref.kind || !ref.name) return [];
  const place = [
    `${ref.kind.toLowerCase()}/${ref.name}`,
    ref.container && `container ${ref.container}`,
    ref.path,
    ref.line !== null && source === "log" && `line ${ref.line}`,
  ];
  return labelled("", place.filter(Boolean).join("  "), 4, 12, width, "dim");
}

function fixes(all: Fix[], { width, wide }: BlockOptions): Line[] {
  const shown = wide ? all : all.slice(0, 3);
  const quick = all.findIndex(({ kind }) => kind === "rollback");
  return shown.flatMap((fix, at) => {
    const label = at === quick ? "Fastest" : shown.findIndex(({ kind }) => kind !== "rollback") === at ? (quick < 0 ? "Fix" : "Lasting") : "Or";
    // The title of a rollback says no more than its command.
    const title = fix.kind === "rollback" && fix.command ? [] : wrap(fix.title, width - 12).map((text) => span(text));
    const bodies = [
      ...title,
      ...(fix.command
        ? [span(fix.command, "command")]
        : (fix.diff ?? "")
            .split("\n")
            .filter(Boolean)
            .slice(0, 12)
            .map((text) => ({ role: "command" as const, text: indented(text) }))),
    ];
    const notes = [fix.risk === "data" ? "this can lose data" : null, fix.note]
      .filter((note) => note !== null)
      .flatMap((note) => wrap(note, width - 12).map((text) => span(text, "dim")));
    return [...bodies, ...notes].map((body, line): Line => [{ role: "dim", text: `  ${line ? "" : label}`.padEnd(12) }, body]);
  });
}

function hit({ blastRadius: { dependents, routes, services } }: Incident, { width, wide }: BlockOptions): Line[] {
  const names = dependents.map(({ workload, via }) => (via ? `${workload.name} (${via.split(" → ")[0]})` : workload.name));
  const shown = wide || names.length <= 5 ? names : [...names.slice(0, 4), `${names.length - 4} more`];
  const reached = [
    shown.length ? shown.join(", ") : services.length && routes.length ? count(services.length, "Service") : "",
    routes
      .map(({ host, path }) => `${host}${path}`)
      .slice(0, wide ? undefined : 3)
      .join(", "),
  ];
  const text = reached.filter(Boolean).join(" → ");
  return text ? labelled("Hit", text, 2, 12, width) : [];
}

function ruledOut({ conclusion }: Incident, { width }: BlockOptions): Line[] {
  return conclusion.ruledOut.flatMap((text, at) => labelled(at ? "" : "Not", text, 2, 12, width));
}

function nextSteps(steps: NextStep[], { width, wide }: BlockOptions): Line[] {
  return steps
    .slice(0, wide ? undefined : 3)
    .flatMap(({ why, command }, at): Line[] => [
      ...labelled(at ? "" : "Next", why, 2, 12, width),
      [{ role: "plain", text: " ".repeat(12) }, span(command, "command")],
    ]);
}

function alternatives({ alternatives: others }: Incident, { width }: BlockOptions): Line[] {
  return others.flatMap(({ title, confidence, id }, at) => labelled(at ? "" : "Perhaps", `${title} (${confidence}, ${id})`, 2, 12, width));
}

/** The five steps, as many on a line as fit. */
function routine(steps: RoutineLine[], { width }: BlockOptions): Line[] {
  const lines: Line[] = [];
  let used = width;
  for (const { step, result, summary } of steps) {
    const text = shorten(span(`${step} ${symbols[result]} ${summary}`).text, width - 2);
    const joined = used + 3 + columns(text) <= width;
    if (joined) lines.at(-1)!.push({ role: "dim", text: `   ${text}` });
    else lines.push([{ role: "dim", text: `  ${text}` }]);
    used = joined ? used + 3 + columns(text) : 2 + columns(text);
  }
  return lines;
}

function routineWide(steps: RoutineLine[], { width }: BlockOptions): Line[] {
  return steps.flatMap(({ step, result, summary, command }): Line[] => [
    ...labelled(`${step} ${symbols[result]}`, summary, 2, 12, width),
    ...(command ? [[{ role: "plain" as const, text: " ".repeat(12) }, span(command, "command")]] : []),
  ]);
}

/** The one line of a victim under its root. */
export function victimLines(incident: Incident, root: Incident, options: BlockOptions): Line[] {
  const { title } = headline(incident, options.takenAt);
  const [first = "", ...rest] = wrap(`${title}: caused by ${root.workload.name} above`, options.width);
  return [first, ...rest].map((text): Line => [span(text)]);
}
