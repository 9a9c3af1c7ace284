/** Text in JSON strings and quoted log fields: `\n` and `\"` hide the shape that a secret's surroundings have. */
import { lineEnd, lineStart, mask, maxDepth, scanInside, type Scan } from "./scan";

const longest = 20_480;
const letters: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "'": "'", "\\": "\\", "/": "/" };

/** Reads each line that has escapes once more without them. */
export function escapedText(scan: Scan): void {
  if (scan.depth >= maxDepth) return;
  const { text } = scan;
  let done = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", Math.max(at + 1, done))) {
    if (!/[n"u]/.test(text[at + 1] ?? "") && !/^\\{2,}[n"]/.test(text.slice(at, at + 8))) continue;
    const start = Math.max(done, lineStart(text, at, longest));
    const end = lineEnd(text, at, longest);
    done = end;
    read(scan, start, end);
  }
}

function read(scan: Scan, start: number, end: number): void {
  const { text } = scan;
  const places: number[] = [];
  let out = "";
  for (let i = start; i < end; i++) {
    places.push(i);
    const escaped = text[i] === "\\" ? letters[text[i + 1] ?? ""] : undefined;
    if (escaped !== undefined) {
      out += escaped;
      i++;
    } else if (text[i] === "\\" && /^u00[2-7][0-9a-fA-F]$/.test(text.slice(i + 1, i + 6))) {
      out += String.fromCharCode(Number.parseInt(text.slice(i + 4, i + 6), 16));
      i += 5;
    } else out += text[i];
  }
  places.push(end);
  for (const found of scanInside(scan, out)) mask(scan, places[found.start]!, places[found.end]!, found.kind);
}
