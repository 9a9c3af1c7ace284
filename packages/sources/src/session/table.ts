/** Reads kubectl's tables: by the position of their headings, and where positions do not fit, by what the cells look like. */

export interface Row {
  /** Trimmed cells by upper-case heading. */
  cells: Record<string, string>;
  /** 0-based line within the given lines. */
  at: number;
}
export interface Table {
  columns: string[];
  rows: Row[];
  /** Lines that did not fit. */
  odd: number[];
  /** First line after the table. */
  end: number;
}

const heading = /^[A-Z][A-Z0-9]*(?:[-_/%.][A-Z0-9]+)*(?:\((?:[sS]|cores|bytes|S)\))?%?$/;
const twoWords = new Set([
  "LAST SEEN",
  "FIRST SEEN",
  "NOMINATED NODE",
  "READINESS GATES",
  "ACCESS MODES",
  "RECLAIM POLICY",
  "NODE SELECTOR",
  "LAST SCHEDULE",
  "MIN AVAILABLE",
  "MAX UNAVAILABLE",
  "ALLOWED DISRUPTIONS",
  "CREATED AT",
  "TRIGGERED BY",
]);
const firstColumns =
  /^(?:NAME|NAMESPACE|LAST SEEN|LAST|FIRST SEEN|POD|KIND|REASON|TYPE|OBJECT|TIME|TIMESTAMP|COUNT|RS|CONTAINER|REVISION|MESSAGE|NODE|STATUS|LASTSEEN|FIRSTSEEN|AGE|IMAGE|EVENT)$/;

interface Column {
  name: string;
  from: number;
}

/** The columns of a heading line; null where the line is none. */
export function readHeading(line: string): Column[] | null {
  const trimmed = line.trimStart();
  if (trimmed.length < 4 || trimmed.length > 2000 || !/^[A-Z]{2}/.test(trimmed)) return null;
  const columns: Column[] = [];
  for (const { 0: word, index } of line.matchAll(/\S+/g)) {
    if (!heading.test(word) && !/^[A-Z][A-Z0-9:_./()-]*$/.test(word)) return null;
    const last = columns.at(-1);
    const gap = last ? index - (last.from + last.name.length) : 2;
    if (last && gap === 1 && line[index - 1] !== "\t" && (twoWords.has(`${last.name} ${word}`) || !heading.test(word))) last.name += ` ${word}`;
    else columns.push({ name: word, from: index });
  }
  const joined = joinPairs(columns);
  return joined.length >= 2 && firstColumns.test(joined[0]!.name) ? joined : null;
}

function joinPairs(columns: Column[]): Column[] {
  const result: Column[] = [];
  for (const column of columns) {
    const last = result.at(-1);
    if (last && twoWords.has(`${last.name} ${column.name}`)) last.name += ` ${column.name}`;
    else result.push({ ...column });
  }
  return result;
}

/** Cells by position. null where a cell runs over the next column's start, as in rows that were added by `-w` or lost their blanks. */
function byPosition(line: string, columns: Column[]): string[] | null {
  const cells: string[] = [];
  for (const [i, column] of columns.entries()) {
    const to = columns[i + 1]?.from ?? Infinity;
    if (i > 0 && column.from < line.length && column.from > 0 && line[column.from - 1] !== " " && line[column.from] !== undefined) return null;
    cells.push(line.slice(column.from, to).trim());
  }
  const name = cells[0]!;
  return name === "" || /\s{2,}/.test(name) ? null : cells;
}

const restarts = /^\d{1,9} \([0-9ydhms]{1,20} ago\)$/;
/** Cells by blanks: `7 (71s ago)` is one cell, and the last column takes what is left. */
function byBlanks(line: string, columns: Column[]): string[] | null {
  const count = columns.length;
  const tabbed = line.includes("\t") ? line.split("\t").map((cell) => cell.trim()) : [];
  if (tabbed.length === count) return tabbed;
  const wide = line.trim().split(/ {2,}|\t/);
  if (wide.length === count) return wide;
  const words = line.trim().split(/\s+/);
  const cells: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const triple = words.slice(i, i + 3).join(" ");
    if (restarts.test(triple)) {
      cells.push(triple);
      i += 2;
    } else cells.push(words[i]!);
  }
  if (cells.length === count) return cells;
  return cells.length > count && columns.at(-1)!.name === "MESSAGE" ? [...cells.slice(0, count - 1), cells.slice(count - 1).join(" ")] : null;
}

function readCells(line: string, columns: Column[]): Record<string, string> | null {
  const cells = (line.includes("\t") ? byBlanks(line, columns) : null) ?? byPosition(line, columns) ?? byBlanks(line, columns);
  if (!cells) return null;
  const row: Record<string, string> = {};
  for (let i = 0; i < columns.length; i++) row[columns[i]!.name] = cells[i] ?? "";
  return row;
}

/** Whether the cells are of the kind that the headings promise. */
function fits(cells: Record<string, string>): boolean {
  const first = Object.values(cells)[0]!;
  if (cells.NAME !== undefined && !/^[a-z0-9][\w.:/*-]{0,300}(?: \(default\))?$/i.test(cells.NAME)) return false;
  if (cells.AGE !== undefined && cells.AGE !== "" && !/^(?:(?:\d{1,6}[ydhms]){1,3}|<[a-z]{1,10}>|[A-Z].{0,40}|\d{4}-.{0,30})$/.test(cells.AGE)) return false;
  if (cells.READY !== undefined && cells.STATUS !== undefined && cells.RESTARTS !== undefined && !/^\d+\/\d+$/.test(cells.READY)) return false;
  return first !== "";
}

/** Reads the table whose heading is at `from`; null where there is none. It ends at a blank line, a new heading, or text that does not fit. */
export function readTable(lines: string[], from: number): Table | null {
  const columns = readHeading(lines[from]!);
  if (!columns) return null;
  const table: Table = { columns: columns.map((c) => c.name), rows: [], odd: [], end: from + 1 };
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (!line.trim()) break;
    if (readHeading(line)) break;
    const cells = readCells(line, columns);
    if (cells && fits(cells)) table.rows.push({ cells, at });
    else if (isElision(line)) table.odd.push(at);
    else break;
    table.end = at + 1;
  }
  return table;
}

const elisionStart = /^[.…[(<s\-to]/i;
const elision = /^(?:[.…]{1,6}|\[[.…]{1,6}\]|\(?\.\.\. ?.{0,30}|<(?:snip|truncated|omitted|cut)>|\[?(?:snip|truncated|omitted)\]?|-{2,}8<-{2,}.{0,20})\s*$/i;
/** `...`, `[...]`, `<snip>`: somebody left lines out. */
export function isElision(line: string): boolean {
  if (line.length > 90) return false;
  const start = line.trimStart();
  return elisionStart.test(start) && elision.test(start);
}
