/** The engine in one process on one core: recorded incidents, logs and the scrubber. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { diagnose } from "@unloop/engine/diagnose";
import { readLog } from "@unloop/engine/logs/index";
import { admit } from "@unloop/engine/scrub/index";
import { readCapture } from "@unloop/sources/bundle";

interface Row {
  what: string;
  value?: string;
  beside?: string;
  other?: string;
  ratio?: string;
  bound?: string;
  holds?: boolean;
  skipped?: string;
}

/** Seconds of processor time that this process has used: what others do on the machine does not count. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Runs `work` for at least `seconds` of processor time after a warm-up and returns how often a second. */
function rate(work: () => void, seconds = 2): number {
  for (const warm = processorSeconds(); processorSeconds() - warm < 0.5;) work();
  const began = processorSeconds();
  let runs = 0;
  while (processorSeconds() - began < seconds) {
    work();
    runs += 1;
  }
  return runs / (processorSeconds() - began);
}

export function engineMeasures(root: string): Row[] {
  const folder = join(root, "fixtures/incidents");
  const texts = (existsSync(folder) ? readdirSync(folder) : [])
    .map((slug) => join(folder, slug, "capture.json"))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, "utf8"));
  const what = `engine: recorded incidents to Reports, ${texts.length} captures`;
  if (!texts.length) return [{ what, skipped: "no recorded incidents" }];
  const snapshots = texts.map((text) => readCapture(text, "bench"));
  const failing = snapshots
    .map((snapshot) => diagnose(snapshot))
    .reduce((sum, { incidents }) => sum + incidents.reduce((pods, { replicas }) => pods + Math.max(1, replicas.failing), 0), 0);
  const engine = rate(() => snapshots.forEach((snapshot) => diagnose(snapshot))) * failing;
  const parse = rate(() => texts.forEach((text) => JSON.parse(text))) * failing;
  return [
    {
      what: `${what}, ${failing} failing containers`,
      value: `${Math.round(engine)} containers/s`,
      beside: "JSON.parse of the same captures",
      other: `${Math.round(parse)} containers/s`,
      ratio: (engine / parse).toFixed(2),
      bound: "at least 2,000/s on one core",
      holds: engine >= 2000,
    },
  ];
}

export function logMeasures(root: string): Row[] {
  const folder = join(root, "fixtures/logs");
  const logs = (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
    .map(String)
    .filter((name) => name.endsWith(".log"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));
  if (!logs.length) return [{ what: "logs", skipped: "no recorded logs" }];
  const megabytes = logs.reduce((sum, log) => sum + Buffer.byteLength(log), 0) / 1e6;
  // What the door lets in is bounded, and a crash log is mostly ordinary lines before the crash: both short and long logs are measured.
  const ordinary = Array.from(
    { length: 2000 },
    (_, at) =>
      `2026-03-01T10:00:${String(at % 60).padStart(2, "0")}Z INFO request id=${at} path=/orders/${at % 97} status=200 took=${at % 31}ms user=u${at % 501}`,
  ).join("\n");
  const long = logs.map((log) => `${ordinary}\n${log}`);
  const longMegabytes = long.reduce((sum, log) => sum + Buffer.byteLength(log), 0) / 1e6;
  const hints = { exitCode: 1, reason: "Error", image: null };
  const read = (all: string[]): void => all.forEach((log) => readLog(admit(log).text, hints));
  const naive = (all: string[]): void => all.forEach((log) => log.split("\n").filter((line) => /error|exception|fatal|panic/i.test(line)));
  const rows: Row[] = [];
  for (const [name, all, size, bound] of [
    // Of logs this short what counts is how many there are, not their bytes.
    [`${logs.length} recorded crash logs`, logs, megabytes, null],
    ["the same, each after 2,000 ordinary lines", long, longMegabytes, 10],
  ] as const) {
    const scrub = rate(() => all.forEach((log) => admit(log)), 1.5) * size;
    const both = rate(() => read([...all]), 1.5) * size;
    const grep = rate(() => naive([...all]), 1) * size;
    const beside = "split and one RegExp a line";
    rows.push(
      {
        what: `logs: normalise, scrub, blocks, patterns; ${name}, ${size.toFixed(1)} MB`,
        value: `${both.toFixed(1)} MB/s, ${Math.round((both / size) * all.length)} logs/s`,
        beside,
        other: `${grep.toFixed(0)} MB/s`,
        ratio: (both / grep).toFixed(3),
        bound: bound === null ? "no bound of its own" : `at least ${bound} MB/s on one core`,
        holds: bound === null ? undefined : both >= bound,
      },
      {
        what: `scrub alone; ${name}`,
        value: `${scrub.toFixed(1)} MB/s`,
        beside,
        other: `${grep.toFixed(0)} MB/s`,
        ratio: (scrub / grep).toFixed(3),
        bound: "no bound of its own",
      },
    );
  }
  return rows;
}
