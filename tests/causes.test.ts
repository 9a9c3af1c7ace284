/** One runner proves for every cause what every cause promises. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { causes } from "@unloop/engine/causes/registry";
import { detect } from "@unloop/engine/detect/index";
import { diagnose } from "@unloop/engine/diagnose";
import { buildGraph } from "@unloop/engine/graph/index";
import { has } from "@unloop/engine/incidents/verdict";
import type { Cause, CauseContext, Finding } from "@unloop/engine/model/cause";
import { viewSnapshot } from "@unloop/engine/model/view";
import type { Snapshot } from "@unloop/engine/model/snapshot";
import { renderMarkdown } from "@unloop/engine/render/markdown";
import { plainText } from "@unloop/engine/render/spans";
import { renderText } from "@unloop/engine/render/text";
import { observe } from "@unloop/engine/routine/index";
import { type CaseFile, causeFolders, snapshotOf } from "./case-files";
import { plant, planted } from "./plant";
import { without } from "./without";

const headings = ["## What you see", "## What it means", "## How we know", "## What to do", "## When it is not this"];
const folders = causeFolders();
const index = readFileSync(fileURLToPath(new URL("../docs/causes/README.md", import.meta.url)), "utf8");

function contexts(snapshot: Snapshot): CauseContext[] {
  const view = viewSnapshot(snapshot);
  const graph = buildGraph(view);
  return detect(view).map((failing) => ({ case: failing, seen: observe(failing, view), view, graph }));
}

interface Outcome {
  /** What the cause finds over all Cases; replicas that say the same count once. */
  findings: Finding[];
  /** Cases of the Snapshot, and those in which the cause could be asked. */
  cases: number;
  asked: number;
}
function outcome(cause: Cause, snapshot: Snapshot): Outcome {
  const all = contexts(snapshot);
  const asked = all.filter((context) => cause.needs.every((need) => has(need, context)));
  const findings = new Map(asked.flatMap((context) => cause.find(context)).map((finding) => [JSON.stringify([finding.confidence, finding.subject]), finding]));
  return { findings: [...findings.values()], cases: all.length, asked: asked.length };
}

function caseOf(cause: Cause): CaseFile[] {
  return folders.find(({ id }) => id === cause.id)?.cases ?? [];
}
const isPositive = ({ expect: wanted }: CaseFile): boolean => Array.isArray(wanted) && wanted.length > 0;
const isNegative = ({ expect: wanted }: CaseFile): boolean => Array.isArray(wanted) && wanted.length === 0;

describe("the folders of causes", () => {
  it("hold a cause.ts each, and the registry has them all in order", () => {
    expect(folders.filter(({ folder }) => !existsSync(join(folder, "cause.ts"))).map(({ id }) => id)).toEqual([]);
    expect(causes.map(({ id }) => id)).toEqual(folders.map(({ id }) => id));
  });

  it("make a partial order with `explains`: no cause explains itself, not even through others", () => {
    const byId = new Map(causes.map((cause) => [cause.id, cause]));
    const below = (id: string): string[] =>
      (byId.get(id)?.explains ?? []).flatMap((entry) =>
        entry.endsWith("/") ? causes.filter((other) => other.id.startsWith(entry) && other.id !== id).map((other) => other.id) : [entry],
      );
    const finished = new Set<string>();
    const walk = (id: string, path: string[]): void => {
      if (path.includes(id)) throw new Error(`${[...path.slice(path.indexOf(id)), id].join(" → ")} is a circle`);
      if (finished.has(id)) return;
      for (const next of below(id)) walk(next, [...path, id]);
      finished.add(id);
    };
    expect(() => causes.forEach(({ id }) => walk(id, []))).not.toThrow();
  });

  it("explain only causes that exist", () => {
    const known = new Set(causes.map(({ id }) => id));
    const families = new Set(causes.map(({ id }) => `${id.split("/", 1)[0]}/`));
    const strange = causes.flatMap(({ id, explains }) =>
      explains.filter((entry) => !known.has(entry) && !families.has(entry)).map((entry) => `${id} explains ${entry}`),
    );
    expect(strange).toEqual([]);
  });
});

describe.each(causes.map((cause) => [cause.id, cause] as const))("%s", (id, cause) => {
  const folder = folders.find((one) => one.id === id)!.folder;
  const cases = caseOf(cause);
  const positives = cases.filter(isPositive);

  it("has a page with the five headings in order, and stands in the index", () => {
    const lines = readFileSync(join(folder, "cause.md"), "utf8").split("\n");
    expect(lines[0]).toBe(`# ${id}`);
    expect(lines.filter((line) => line.startsWith("## "))).toEqual(headings);
    expect(index).toContain(`[${id}](`);
  });

  it("has at least two cases that are it and two that look like it and are not", () => {
    expect(positives.length, "positive cases").toBeGreaterThanOrEqual(2);
    expect(cases.filter(isNegative).length, "negative cases").toBeGreaterThanOrEqual(2);
  });

  it.each(cases.map((one) => [one.path.split("/").at(-1)!, one.name, one] as const))("%s: %s", (_, __, file) => {
    const snapshot = snapshotOf(file.given);
    const { findings, cases: failing, asked } = outcome(cause, snapshot);
    if (file.expect === "unknown") {
      expect(failing, "something fails").toBeGreaterThan(0);
      expect(asked, "the cause lacks a need").toBe(0);
    } else {
      // A negative in which the cause was never asked proves nothing, unless nothing fails at all.
      if (failing > 0) expect(asked, "the cause could be asked").toBeGreaterThan(0);
      expect(findings).toHaveLength(file.expect.length);
      for (const wanted of file.expect)
        expect(findings).toContainEqual(
          expect.objectContaining({
            ...(wanted.confidence && { confidence: wanted.confidence }),
            subject: expect.objectContaining(wanted.subject ?? {}),
            ...(wanted.details && { details: expect.objectContaining(wanted.details) }),
          }),
        );
    }
    if (file.verdict !== undefined) expect(diagnose(snapshot).incidents[0]?.cause?.id ?? null, "verdict of the whole engine").toBe(file.verdict);
  });

  it("finds the same when what was seen comes in another order", () => {
    for (const { given } of cases) expect(outcome(cause, snapshotOf(given, { shuffled: true }))).toEqual(outcome(cause, snapshotOf(given)));
  });

  it("says only what it has a message and evidence for", () => {
    for (const { given, path } of positives)
      for (const finding of outcome(cause, snapshotOf(given)).findings) {
        const message = cause.messages[finding.message];
        expect(message, `${path}: message ${finding.message}`).toBeDefined();
        const places = [...`${message!.title} ${message!.explanation}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
        expect(
          places.filter((name) => finding.args[name] === undefined),
          `${path}: places of the message without an argument`,
        ).toEqual([]);
        expect(finding.evidence.length, path).toBeGreaterThan(0);
        expect(finding.evidence.length, path).toBeLessThanOrEqual(5);
        for (const { text } of finding.evidence) expect(text.length, path).toBeLessThanOrEqual(300);
      }
  });

  it("is unknown where something that it needs was not seen", () => {
    for (const need of cause.needs)
      for (const { given, path } of positives) {
        // Where no pod exists, or a node is the subject, the Case itself is the status.
        const left = contexts(without(need, snapshotOf(given))).filter(
          ({ case: { scope } }) => need !== "status" || (scope !== "workload" && scope !== "node"),
        );
        expect(
          left.filter((context) => has(need, context)),
          `${path} without ${need}`,
        ).toEqual([]);
      }
  });

  it("lets no planted secret into any output", () => {
    for (const { given, path } of cases) {
      const report = diagnose(snapshotOf(plant(given)));
      const outputs = [JSON.stringify(report), plainText(renderText(report, { wide: true, all: true })), renderMarkdown(report)];
      for (const output of outputs) for (const secret of planted) expect(output.includes(secret), `${path} shows ${secret}`).toBe(false);
    }
  });
});
