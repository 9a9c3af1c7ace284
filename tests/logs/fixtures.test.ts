import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { admit } from "@unloop/engine/scrub/index";
import { readLog } from "@unloop/engine/logs/index";
import type { LogReading, LogSignal } from "@unloop/engine/model/observation";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

/** What a recorded log tells, written down by the one who broke the program. */
interface Answer {
  /** null where the log does not tell. */
  cause: string | null;
  /** Other ids that are right too; null where saying nothing is right as well. */
  accept?: (string | null)[];
  /** The program ran well and was stopped, or ended with its work done. */
  healthy?: boolean;
  /** By field of the subject or of the details; a list where several values are right (a name and its address). */
  subject: Record<string, string | number | (string | number)[]>;
  /** Why the reader does not tell it yet. */
  open?: string;
  exitCode: number | null;
  keyLine: string | null;
  note: string;
}

const folder = fileURLToPath(new URL("../../fixtures/logs/", import.meta.url));
const fixtures = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((product) =>
    readdirSync(`${folder}${product.name}`)
      .filter((file) => file.endsWith(".log"))
      .map((file) => `${product.name}/${file.slice(0, -".log".length)}`),
  )
  .sort();

function read(name: string): { answer: Answer; reading: LogReading } {
  const answer = parse(readFileSync(`${folder}${name}.yaml`, "utf8")) as Answer;
  const { text } = admit(readFileSync(`${folder}${name}.log`));
  return { answer, reading: readLog(text, { exitCode: answer.exitCode, reason: null, image: null }) };
}
/** Signals that would be told to a person as the cause. */
const told = (reading: LogReading): LogSignal[] => reading.signals.filter((signal) => signal.confidence !== "possible");

describe("recorded logs of real programs", () => {
  it("come from at least twenty products, with at least a dozen in which nothing is wrong", () => {
    expect(new Set(fixtures.map((name) => name.split("/")[0])).size).toBeGreaterThanOrEqual(20);
    expect(fixtures.filter((name) => read(name).answer.healthy).length).toBeGreaterThanOrEqual(12);
  });

  for (const name of fixtures)
    it(`${name} is told as it happened`, ({ skip }) => {
      const { answer, reading } = read(name);
      const wrong = mistake(answer, reading);
      if (wrong !== null && answer.open) skip(answer.open);
      expect(wrong, wrong ?? "").toBeNull();
    });
});

/** What is wrong with a reading, in words; null where nothing is. */
function mistake(answer: Answer, reading: LogReading): string | null {
  const accepted = [answer.cause, ...(answer.accept ?? [])];
  if (answer.healthy || answer.cause === null) {
    const alarm = told(reading).find((signal) => !accepted.includes(signal.cause));
    return alarm ? `nothing is wrong, yet told: ${shown(alarm)}` : null;
  }
  const first = reading.signals[0];
  if (!accepted.includes(first?.cause ?? null)) return `${answer.cause} expected, told: ${first ? shown(first) : "nothing"}`;
  if (first?.cause !== answer.cause) return null;
  const named: Record<string, unknown> = { ...first.details, ...first.subject };
  for (const [field, value] of Object.entries(answer.subject))
    if (![value].flat().includes(named[field] as string))
      return `${field} is ${JSON.stringify(value)}, told: ${JSON.stringify(named[field] ?? null)} by ${shown(first)}`;
  return null;
}
function shown(signal: LogSignal): string {
  return `${signal.cause} (${signal.by}): ${signal.lines[0]?.text}`;
}
