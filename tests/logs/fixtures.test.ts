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
  subject: Record<string, string | number>;
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

  it.each(fixtures)("%s", (name) => {
    const { answer, reading } = read(name);
    const accepted = [answer.cause, ...(answer.accept ?? [])];
    if (answer.healthy || answer.cause === null) {
      expect(told(reading).filter((signal) => !accepted.includes(signal.cause))).toEqual([]);
      return;
    }
    const first = reading.signals[0];
    expect(accepted, first ? `${first.by}: ${first.lines[0]?.text}` : "no signal").toContain(first?.cause ?? null);
    if (first?.cause === answer.cause) expect(first.subject).toMatchObject(answer.subject);
  });
});
