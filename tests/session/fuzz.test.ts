/** Mutated sessions: no crash, no hang, no confident verdict that the unmutated text does not give, nothing leaked. */
import { expect, it } from "vitest";
import { causes } from "@unloop/engine/causes/registry";
import { diagnose } from "@unloop/engine/diagnose";
import type { Report } from "@unloop/engine/model/report";
import { readSession } from "@unloop/sources/session";
import { examples, planted } from "./example";

/** `UNLOOP_FUZZ=100000` for the long run, `UNLOOP_FUZZ_SEED` to repeat one. */
const rounds = Number(process.env["UNLOOP_FUZZ"] ?? 1500);
const firstSeed = Number(process.env["UNLOOP_FUZZ_SEED"] ?? 1);
/** One text of some kilobytes takes a few ms; a pattern that backtracks takes seconds. */
const longestMs = 3000;

function generator(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) % 4_294_967_296 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}
type Random = (below: number) => number;
type Mutation = (lines: string[], random: Random, other: string[]) => string[];

function span(lines: string[], random: Random, most: number): [number, number] {
  const from = random(lines.length + 1);
  return [from, Math.min(lines.length, from + random(most))];
}
const shuffled = (lines: string[], random: Random): string[] => {
  const result = [...lines];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
};

/** What terminals, editors and chats leave between letters; a letter more would be another fact. */
const marks = ["\u0000", "\u0007", "\u001b[0m", "\u001b[2K", "\u200b", "\ufeff", "\u202e", "\u2060"];
function insert(line: string, mark: string, random: Random): string {
  const at = random(line.length + 1);
  return line.slice(0, at) + mark + line.slice(at);
}

const mutations: Record<string, Mutation> = {
  cutEnd: (lines, random) => lines.slice(0, random(lines.length + 1)),
  cutStart: (lines, random) => lines.slice(random(lines.length + 1)),
  cutMiddle: (lines, random) => {
    const [from, to] = span(lines, random, 40);
    return [...lines.slice(0, from), ...(random(2) ? ["..."] : []), ...lines.slice(to)];
  },
  cutWithinLine: (lines, random) => {
    const at = random(lines.length);
    return [...lines.slice(0, at), (lines[at] ?? "").slice(0, random(60))];
  },
  narrow: (lines, random) => {
    const width = 40 + random(80);
    return lines.map((line) => line.slice(0, width));
  },
  doubled: (lines) => [...lines, ...lines],
  repeatedSpan: (lines, random) => {
    const [from, to] = span(lines, random, 30);
    return [...lines.slice(0, to), ...lines.slice(from, to), ...lines.slice(to)];
  },
  shuffledSections: (lines, random) => shuffled(lines.join("\n").split(/\n(?=\S{0,40}[$#>] )/), random).flatMap((section) => section.split("\n")),
  shuffledSpan: (lines, random) => {
    const [from, to] = span(lines, random, 12);
    return [...lines.slice(0, from), ...shuffled(lines.slice(from, to), random), ...lines.slice(to)];
  },
  interleaved: (lines, random, other) => {
    const result: string[] = [];
    for (let a = 0, b = 0; a < lines.length || b < other.length;) {
      const size = 1 + random(30);
      if (random(2)) result.push(...lines.slice(a, (a += size)));
      else result.push(...other.slice(b, (b += size)));
    }
    return result;
  },
  quoted: (lines) => lines.map((line) => `> ${line}`),
  windows: (lines) => lines.map((line) => `${line}\r`),
  coloured: (lines, random) => lines.map((line) => (random(3) ? line : `\u001b[3${random(8)}m${line}\u001b[0m`)),
  blanksLost: (lines) => lines.map((line) => line.replace(/ {2,}/g, "  ")),
  indentLost: (lines) => lines.map((line) => line.trimStart()),
  promptsLost: (lines) => lines.filter((line) => !/^\S{0,40}[$#>] /.test(line)),
  blankLinesLost: (lines) => lines.filter((line) => line.trim()),
  noise: (lines, random) => lines.map((line) => (random(40) ? line : insert(line, marks[random(marks.length)]!, random))),
  zeros: (lines, random) => lines.map((line) => (random(60) ? line : line.replace(/\d/g, "0"))),
  longLine: (lines, random) => [...lines, (lines[random(lines.length)] ?? "x").repeat(300)],
};

/** Verdicts that claim to be right, e.g. `config/key-not-found`. */
function claims(report: Report): string[] {
  return report.incidents.flatMap(({ cause }) => (cause && cause.confidence !== "possible" ? [cause.id] : []));
}
function encode(text: string, random: Random): string | Uint8Array {
  const way = random(8);
  if (way === 0) return new Uint8Array(Buffer.from(text, "utf16le"));
  if (way === 1) return new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
  if (way === 2) return new Uint8Array(Buffer.from(text, "latin1"));
  return way === 3 ? new Uint8Array(Buffer.from(text)) : text;
}

/** A text that was cut knows less: what the whole verdict makes a mere symptom is still right. */
function withSymptoms(ids: string[]): Set<string> {
  const all = new Set(ids);
  for (const id of all)
    for (const entry of [...(causes.find((cause) => cause.id === id)?.explains ?? []), ...(id === "storage/class-not-found" ? ["storage/claim-unbound"] : [])])
      for (const cause of causes) if (entry === cause.id || (entry.endsWith("/") && cause.id.startsWith(entry))) all.add(cause.id);
  return all;
}

const names = Object.keys(examples);
const truth = new Map(names.map((name) => [name, withSymptoms(claims(diagnose(readSession(examples[name]!).snapshot)))]));

/** Two sessions in one text may tell together what neither tells alone. */
function both(a: string, b: string): Set<string> {
  const key = `${a} and ${b}`;
  if (!truth.has(key))
    truth.set(key, new Set([...truth.get(a)!, ...truth.get(b)!, ...withSymptoms(claims(diagnose(readSession(`${examples[a]}\n${examples[b]}`).snapshot)))]));
  return truth.get(key)!;
}

it("the examples themselves get confident verdicts, so that the mutations have something to lose", () => {
  expect([...truth.values()].filter((ids) => ids.size > 0).length).toBeGreaterThanOrEqual(4);
  expect(truth.get("healthy")).toEqual(new Set());
});

it(
  `${rounds} mutated sessions neither crash nor hang nor claim what the whole text does not`,
  () => {
    const wrong: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
      const random = generator(seed);
      const name = names[random(names.length)]!;
      const other = names[random(names.length)]!;
      let lines = examples[name]!.split("\n");
      const used: string[] = [];
      for (let count = 1 + random(3); count > 0; count--) {
        const mutation = Object.keys(mutations)[random(Object.keys(mutations).length)]!;
        used.push(mutation);
        lines = mutations[mutation]!(lines, random, examples[other]!.split("\n"));
      }
      const began = performance.now();
      const { snapshot, understood, reason } = readSession(encode(lines.join("\n"), random));
      const report = diagnose(snapshot);
      const ms = performance.now() - began;
      const at = `seed ${seed} (${name}, ${used.join(", ")})`;
      if (ms > longestMs) wrong.push(`${at}: ${Math.round(ms)} ms`);
      if (!understood && !reason) wrong.push(`${at}: no reason`);
      const allowed = used.includes("interleaved") ? both(name, other) : truth.get(name)!;
      for (const id of claims(report)) if (!allowed.has(id)) wrong.push(`${at}: claims ${id}`);
      const all = JSON.stringify([report, [...snapshot.objects.values()], snapshot.logs, snapshot.unread]);
      // Noise and cuts may go through a secret itself; what is left of it then is none.
      for (const secret of planted) if (all.includes(secret)) wrong.push(`${at}: leaks ${secret}`);
    }
    expect(wrong.slice(0, 20), `${wrong.length} of ${rounds}`).toEqual([]);
  },
  rounds * 40 + 30_000,
);
