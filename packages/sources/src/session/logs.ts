/** Output of `kubectl logs`: whose log it is, and which run. */
import type { Command } from "./command";
import { type Collected, type SeenLog } from "./collect";
import { isElision } from "./table";

const prefixed = /^\[(?:pod\/)([a-z0-9.-]{1,253})\/([a-z0-9-]{1,63})\] ?(.*)$/;
const defaulted = /^Defaulted container "([a-z0-9-]{1,63})" out of: /;
const usedPod = /^Found \d{1,6} pods, using pod\/([a-z0-9.-]{1,253})/;
/** What kubectl itself says between the lines of a log. */
const kubectlSays =
  /^(?:Defaulted container "|Defaulting container name to |Found \d{1,6} pods, using pod\/|Use 'kubectl describe |error: (?:a container name|container \S+ is not valid)|\s{2,8}(?:Liveness|Readiness|Startup): {1,9}(?:http-get|tcp-socket|exec|grpc) )/;

/** @param lines output without kubectl's errors, which are read elsewhere */
export function readLogs(command: Command, lines: string[], namespace: string, all: Collected): void {
  const target = command.names[0] ?? null;
  let pod = target?.kind === "Pod" || target?.kind === undefined ? (target?.name ?? "") : "";
  let container = command.container ?? "";
  const streams = new Map<string, { pod: string; container: string; lines: string[] }>();
  const plain: string[] = [];
  let elided = false;
  for (const line of lines) {
    const named = defaulted.exec(line);
    const used = usedPod.exec(line);
    if (named) container ||= named[1]!;
    if (used) pod = used[1]!;
    if (kubectlSays.test(line)) continue;
    if (isElision(line)) elided = true;
    const match = line.startsWith("[pod/") ? prefixed.exec(line) : null;
    if (!match) plain.push(line);
    else {
      const key = `${match[1]}/${match[2]}`;
      const stream = streams.get(key) ?? { pod: match[1]!, container: match[2]!, lines: [] };
      streams.set(key, stream);
      stream.lines.push(match[3]!);
    }
  }
  const cut: SeenLog["cut"] = (command.tail !== null && lines.length >= command.tail) || command.filtered || elided ? "head" : "none";
  const base = { namespace, workload: target && target.kind !== "Pod" ? target : null, previous: command.previous, cut };
  for (const stream of streams.values()) all.logs.push({ ...base, ...stream });
  trimBlank(plain);
  if (plain.length) all.logs.push({ ...base, pod, container, lines: plain });
}

/** Blank lines at both ends belong to the paste, not to the log. */
export function trimBlank(lines: string[]): void {
  while (lines.length && !lines.at(-1)!.trim()) lines.pop();
  let blank = 0;
  while (blank < lines.length && !lines[blank]!.trim()) blank++;
  lines.splice(0, blank);
}

const level = /\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|CRITICAL|PANIC|SEVERE|TRACE|NOTICE)\b|\blevel=|"level"\s*:|^[EWIF]\d{4} \d\d:/;
const moment = /^\W?(?:\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}:\d{2}:\d{2}|[A-Z][a-z]{2} [ \d]\d \d{2}:|\d{10,13}\b|\[\d)/;
const failure =
  /(?:^|[\s(])(?:panic:|Traceback|Exception in|Caused by:|[\w.]{2,80}(?:Error|Exception)\b|[Ee]rror:|fatal|Fatal|goroutine \d|Segmentation fault|Killed|Aborted|core dumped|not found|[Nn]o such file|[Pp]ermission denied|refused|cannot |can't |[Ff]ailed|unable to|invalid|syntax error|line \d+:|exit(?:ed|ing)?\b)|^\s+at \S|^\s+File "|^\s{2,}\.{3} \d+ more/;

/** How much a line looks like a program's, not a person's. */
export function looksLikeLog(lines: string[]): boolean {
  const filled = lines.filter((line) => line.trim());
  if (!filled.length) return false;
  const telling = filled.filter((line) => level.test(line) || moment.test(line) || failure.test(line) || /^\s*[{[].*[}\]]$/.test(line)).length;
  return telling >= Math.max(1, filled.length * 0.15);
}

/** Sentences of a person around the paste: no marks of a program, words with a full stop, a question or a greeting. */
export function looksLikeProse(lines: string[]): boolean {
  const filled = lines.filter((line) => line.trim());
  const spoken = filled.filter(
    (line) =>
      /^[A-Z][a-z']*[ ,].*[.!?:]$|^(?:[Hh]i|[Hh]ello|[Tt]hanks|[Pp]lease|[Aa]ny idea|I |I'm|[Mm]y |[Tt]hen|[Aa]nd |[Hh]ere)\b/.test(line.trim()) &&
      !moment.test(line) &&
      !level.test(line),
  ).length;
  return filled.length > 0 && spoken >= filled.length * 0.5;
}
