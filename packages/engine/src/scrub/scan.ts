/** What one pass over a text collects: ranges that must not leave, each with the kind that its placeholder names. */
export interface Mask {
  start: number;
  /** Exclusive. */
  end: number;
  /** `password`, `token:ghp`, `key:aws`… */
  kind: string;
}

export interface Scan {
  text: string;
  masks: Mask[];
  /** End of the last text that a detector took as a value; positions before it need no second look. */
  covered: number;
  /** End of the last key that was read, so that `SECRET_TOKEN_KEY` is read once. */
  keyEnd: number;
  /** End of the last URL, and how many stand inside it (redirects, JDBC): a few are looked at. */
  urlEnd: number;
  urlsInside: number;
  /** The same for command lines (`sshpass … curl …`). */
  commandEnd: number;
  commandsInside: number;
  /** End of the last Cookie header. */
  headerEnd: number;
  /** End of the last dumped Secret. */
  manifestEnd: number;
  /** End of the last token that was recognised by its shape. */
  tokenEnd: number;
  /** How many wrappings (base64, percent-encoding) were opened to get here. */
  depth: number;
  /** Values that were masked and may come back elsewhere in the same text, mapped to their kind. */
  values: Map<string, string>;
  /** Looks for secrets in a text that was opened inside this one. */
  find: (scan: Scan) => void;
}

/** JSON in JSON, base64 in base64 (a docker config) are opened, deeper is not: each level costs a pass. */
export const maxDepth = 3;
const maxValues = 100;

export function startScan(text: string, find: (scan: Scan) => void, depth = 0, values = new Map<string, string>()): Scan {
  return {
    find,
    text,
    masks: [],
    covered: 0,
    keyEnd: 0,
    tokenEnd: 0,
    manifestEnd: 0,
    urlEnd: 0,
    urlsInside: 0,
    commandEnd: 0,
    commandsInside: 0,
    headerEnd: 0,
    depth,
    values,
  };
}

/** Marks a range and remembers its text, so that the same value is found where nothing announces it. */
export function mask(scan: Scan, start: number, end: number, kind: string): void {
  if (end <= start || (scan.text[start] === "«" && scan.text[end - 1] === "»" && end - start < 40)) return;
  scan.masks.push({ start, end, kind });
  if (end > scan.covered) scan.covered = end;
  if (end - start <= 512) remember(scan, scan.text.slice(start, end), kind);
}

/** Remembers a value without marking a place. */
export function remember(scan: Scan, value: string, kind: string): void {
  if (scan.values.size < maxValues && value.length >= 4) scan.values.set(value, kind);
}

/** Scans a text that stands encoded inside another; its values count for the outer text too. */
export function scanInside(scan: Scan, text: string): Mask[] {
  const inner = startScan(text, scan.find, scan.depth + 1);
  scan.find(inner);
  for (const [value, kind] of inner.values) remember(scan, value, kind);
  return inner.masks;
}

/** End of the line that holds `at`, at most `limit` characters away. */
export function lineEnd(text: string, at: number, limit = 4096): number {
  const end = Math.min(text.length, at + limit);
  for (let i = at; i < end; i++) if (text.charCodeAt(i) === 10) return i;
  return end;
}

/** Start of the line that holds `at`, at most `limit` characters away. */
export function lineStart(text: string, at: number, limit = 512): number {
  const start = Math.max(0, at - limit);
  for (let i = at - 1; i >= start; i--) if (text.charCodeAt(i) === 10) return i + 1;
  return start;
}
