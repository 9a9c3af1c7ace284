/** `kubectl describe` as a tree: who stands deeper belongs to what stands before. */

import { lostIndentation, reindent } from "./reindent";

export interface Entry {
  /** Before the colon; empty for a line without one. */
  key: string;
  value: string;
  /** The line without its indentation. */
  text: string;
  indent: number;
  children: Entry[];
}

/** A key ends at the first colon that blanks or the end of the line follow: values hold colons too. */
const keyed = /^([^\s:][^:]{0,120}(?::[^\s:][^:]{0,120}){0,4}):(?:\s+(.*))?$/;
const shortKey = /^([A-Za-z][\w ./()-]{0,120}?):(?:\s+(.*))?$/;

function entryOf(line: string): Entry {
  const text = line.trim();
  const indent = line.length - line.trimStart().length;
  const match = shortKey.exec(text) ?? keyed.exec(text);
  return { key: match?.[1] ?? "", value: (match?.[2] ?? "").trim(), text, indent, children: [] };
}

/**
 * A termination message and the script of an exec probe are printed as they are, with line breaks that start at column 0:
 * everything up to `Exit Code:` of the same state, or up to `delay=`, belongs to them. Source: kubectl describe.go.
 */
function foldLines(lines: string[]): string[] {
  const folded: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    folded.push(line);
    const message = /^\s{4,12}Message:/.test(line);
    const probe = /^\s{2,8}(?:Liveness|Readiness|Startup):\s+exec \[/.test(line) && !line.includes("delay=");
    if (!message && !probe) continue;
    const end = lines.slice(i + 1, i + 400).findIndex((later) => (message ? /^\s*Exit Code:\s/.test(later) : later.includes("] delay=")));
    const more = message ? end : end + 1;
    if (end < 0 || more === 0) continue;
    folded[folded.length - 1] = [line, ...lines.slice(i + 1, i + 1 + more)].join("\u0001");
    i += more;
  }
  return folded;
}

/** Lines of one described object → its top-level entries. Blank lines are left out. Tabs count as blanks. */
export function readTree(lines: string[]): Entry[] {
  const roots: Entry[] = [];
  const stack: Entry[] = [];
  for (const line of foldLines(lostIndentation(lines) ? reindent(lines) : lines)) {
    const [first = "", ...rest] = line.split("\u0001");
    if (!first.trim()) continue;
    const entry = entryOf(first.replaceAll("\t", "  "));
    if (rest.length) entry.value = [entry.value, ...rest].join("\n").trim();
    while (stack.length && stack.at(-1)!.indent >= entry.indent) stack.pop();
    (stack.at(-1)?.children ?? roots).push(entry);
    stack.push(entry);
  }
  return roots;
}

export function find(entries: Entry[], ...keys: string[]): Entry | null {
  for (const key of keys) {
    const entry = entries.find((e) => e.key === key);
    if (entry) return entry;
  }
  return null;
}

const none = new Set(["", "<none>", "<unset>", "<nil>", "<unknown>"]);
/** Value of a key; undefined where it is absent or says that there is none. */
export function valueOf(entries: Entry[], ...keys: string[]): string | undefined {
  const value = find(entries, ...keys)?.value;
  return value === undefined || none.has(value) ? undefined : value;
}

/** First value and the lines below it: labels, selectors, tolerations. */
export function listOf(entry: Entry | null): string[] {
  if (!entry) return [];
  const all: string[] = [entry.value];
  const walk = (entries: Entry[]): void => {
    for (const child of entries) {
      all.push(child.text);
      walk(child.children);
    }
  };
  walk(entry.children);
  return all.filter((text) => !none.has(text));
}

/** `a=b` lines → labels. */
export function labelsOf(entry: Entry | null): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const text of listOf(entry).flatMap((one) => one.split(","))) {
    const equals = text.indexOf("=");
    if (equals > 0) labels[text.slice(0, equals).trim()] = text.slice(equals + 1).trim();
  }
  return Object.keys(labels).length ? labels : undefined;
}

/**
 * `key: value` lines → annotations; values may hold anything, so only the first colon counts.
 * Keys without a prefix mean nothing to a cluster, and lines that strayed here look like them.
 */
export function annotationsOf(entry: Entry | null): Record<string, string> | undefined {
  const annotations: Record<string, string> = {};
  for (const text of listOf(entry)) {
    const match = /^([\w-]{1,63}(?:[./][\w.-]{1,253}){1,2})(?:: |=)(.*)$/.exec(text);
    if (match) annotations[match[1]!] = match[2]!.trim();
  }
  return Object.keys(annotations).length ? annotations : undefined;
}

/** Rows of a table inside describe: the first child is the heading, the second the rule. */
export function rowsOf(entry: Entry | null): string[][] {
  const flat: Entry[] = [];
  const walk = (entries: Entry[]): void => {
    for (const child of entries) {
      flat.push(child);
      walk(child.children);
    }
  };
  walk(entry?.children ?? []);
  return flat.filter((row) => !/^[-\s]+$/.test(row.text)).map((row) => row.text.split(/ {2,}|\t/));
}

/** `500m` of `cpu:  500m` children. */
export function quantitiesOf(entry: Entry | null): Record<string, string> | undefined {
  const found = Object.fromEntries((entry?.children ?? []).filter((c) => c.key && /^\d[\w.]{0,40}$/.test(c.value)).map((c) => [c.key, c.value]));
  return Object.keys(found).length ? found : undefined;
}
