/** Secrets that were dumped as YAML or JSON into a text: every value of `data` and `stringData`, whatever its key. */
import { mask, type Scan } from "./scan";

const reach = 65_536;

/** At `kind: Secret`: looks for the maps beside it. */
export function secretManifest(scan: Scan, at: number): void {
  const { text } = scan;
  if (at < scan.manifestEnd) return;
  const start = text.lastIndexOf("\n", at) + 1;
  const head = /^([ \t]{0,60}(?:- )?)kind: {1,4}["']?Secret["']?[ \t\r]{0,4}$/.exec(text.slice(start, Math.min(text.length, lineEndAt(text, at))));
  if (head) yamlSecret(scan, start, head[1]!.length);
}

function lineEndAt(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The mapping's lines are those indented at least like its `kind`; a list item's first line begins two columns before. */
function yamlSecret(scan: Scan, kindLine: number, indent: number): void {
  const { text } = scan;
  let start = kindLine;
  const floor = Math.max(scan.manifestEnd, kindLine - reach);
  while (start > floor) {
    const previous = text.lastIndexOf("\n", start - 2) + 1;
    const column = columnOf(text, previous);
    if (previous < floor || previous >= start || (column >= 0 && column < indent - 2) || text.startsWith("---", previous)) break;
    start = previous;
    if (column === indent - 2 && text[previous + column] === "-") break;
  }
  let inData = false;
  let at = start;
  while (at < text.length && at < kindLine + reach) {
    const end = lineEndAt(text, at);
    const line = text.slice(at, Math.min(end, at + 20_000));
    const column = columnOf(text, at);
    if (column >= 0) {
      const isFirstOfItem = column === indent - 2 && line[column] === "-";
      if (at > kindLine && (column < indent || isFirstOfItem || line.startsWith("---"))) break;
      const key = isFirstOfItem ? line.slice(indent) : line.slice(column);
      if (column <= indent) inData = /^(?:data|stringData):/.test(key);
      else if (inData) maskLine(scan, at, line);
    }
    at = end + 1;
  }
  scan.manifestEnd = Math.max(scan.manifestEnd, at - 1);
}

function maskLine(scan: Scan, at: number, line: string): void {
  const entry = /^\s{0,80}["']?[\w.-]{1,253}["']?:(?:[ \t]{1,8}|$)/.exec(line);
  const from = entry ? entry[0].length : line.search(/\S/);
  const value = line.slice(from).trimEnd();
  if (value.length > 0 && !/^(?:[|>][+-]?|""|''|null|«.*)$/.test(value) && !/^\d+ bytes$/.test(value))
    mask(scan, at + from, at + from + value.length, "secret");
}

function columnOf(text: string, lineStart: number): number {
  let at = lineStart;
  while (at < lineStart + 200 && (text[at] === " " || text[at] === "\t")) at++;
  return text[at] === "\n" || text[at] === undefined ? -1 : at - lineStart;
}

/** At `"kind":"Secret"`, at any depth of escaping: masks the flat maps before and after it in the same object. */
export function secretJson(scan: Scan, at: number): void {
  const { text } = scan;
  const head = /^kind\\{0,7}"\s{0,4}:\s{0,4}\\{0,7}"Secret\\{0,7}"/.exec(text.slice(at, at + 60));
  if (!head) return;
  const floor = Math.max(scan.manifestEnd, at - reach);
  const before = text.slice(floor, at);
  const ceiling = Math.min(text.length, at + reach);
  const next = text.indexOf("kind", at + head[0].length);
  const after = text.slice(at, next < 0 || next > ceiling ? ceiling : next);
  for (const [part, offset] of [
    [before.slice(before.lastIndexOf('"kind') + 1), floor + before.lastIndexOf('"kind') + 1],
    [after, at],
  ] as const)
    maskMaps(scan, part, offset);
  scan.manifestEnd = at + head[0].length;
}

function maskMaps(scan: Scan, part: string, offset: number): void {
  for (const map of part.matchAll(/"(?:data|stringData)\\{0,7}"\s{0,4}:\s{0,4}\{([^{}]{0,60000})\}/g)) {
    const from = offset + map.index + map[0].length - 1 - map[1]!.length;
    for (const entry of map[1]!.matchAll(/[\w.-]{1,253}\\{0,7}"\s{0,4}:\s{0,4}(\\{0,7}")([^"]{1,60000})/g)) {
      const start = from + entry.index + entry[0].length - entry[2]!.length;
      mask(scan, start, start + entry[2]!.replace(/\\{1,7}$/, "").length, "secret");
    }
  }
}
