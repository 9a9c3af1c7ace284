/** Times in the last lines of logs: they tell when the text was made, at the earliest. */
import type { Collected, SeenLog } from "./collect";
import { parseTime } from "./time";

const logTime = /^[["]?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?) ?(Z|UTC|[+-]\d{2}:?\d{2})/;
const logField = /"(?:time|ts|timestamp|@timestamp|t)":\s?"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})"/;
const day = 86_400_000;

/** Newest time with a zone in the last lines. */
function newestIn(log: SeenLog): string | null {
  for (const line of log.lines.slice(-10).reverse()) {
    const match = logTime.exec(line) ?? logField.exec(line.slice(0, 2000));
    const zone = match?.[2] === "UTC" ? "Z" : match?.[2]?.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
    const time = match ? parseTime(`${match[1]!.replace(" ", "T").replace(",", ".")}${zone}`) : null;
    if (time) return time;
  }
  return null;
}
/** A program may print any time; one that is a day off the rest is not the cluster's. */
export function addLogTimes(all: Collected): void {
  const newest = Math.max(...all.times.map((t) => Date.parse(t.time)));
  for (const log of all.logs) {
    const time = newestIn(log);
    if (time && (!Number.isFinite(newest) || Math.abs(Date.parse(time) - newest) < day)) all.times.push({ time, section: -1 });
  }
}
