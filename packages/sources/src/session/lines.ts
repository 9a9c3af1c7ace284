/** Takes off what terminals, chats and tickets put around the lines: colours, quote marks, fences, speakers, carriage returns. */

/** CSI, OSC and two-byte escape sequences (ECMA-48), also where the escape character itself was lost in the paste. */
const escapes = /\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)?|[@-Z\\^_])/g;
const lostEscapes = /(?:\u241b|\^\[|\ufffd)\[[0-9;]{0,20}m/g;
// Kept: tab. Everything else below space, DEL, C1, bidirectional overrides, zero-width characters.
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Longer lines carry no more for a reader; the door cuts at the same length. */
const longestLine = 65_536;
const fence = /^ {0,3}(?:`{3,}|~{3,})[\w .+-]{0,30}$/;
const quote = /^ {0,3}(?:>|&gt;|│|┃|\|) ?/;
/** `[10:23] bob:`, `[10:23:01 AM] bob:`, `10:23 <bob>`, `bob [10:23]:`, `bob  10:23 AM`. */
const speaker =
  /^(?:\[\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\] ?<?[\w .@-]{1,30}>?: ?|\d{1,2}:\d{2}(?::\d{2})? <[\w .@-]{1,30}> ?|[\w.@-]{1,30} \[\d{1,2}:\d{2}\]: ?)/;

function clean(line: string): string {
  let text = line.length > longestLine ? line.slice(0, longestLine) : line;
  if (text.includes("\x1b")) text = text.replace(escapes, "");
  if (text.includes("[") && /[\u241b^\ufffd]/.test(text)) text = text.replace(lostEscapes, "");
  while (text.endsWith("\r")) text = text.slice(0, -1);
  const back = text.lastIndexOf("\r");
  if (back >= 0) text = text.slice(back + 1);
  if (text.includes("\b")) text = text.replace(/.\x08/g, "");
  if (text.includes("\u00a0")) text = text.replaceAll("\u00a0", " ");
  return /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u2069\ufeff]/.test(text) ? text.replace(controls, "") : text;
}

/** A mark counts only where it stands before (nearly) every line: a single `>` belongs to the log. */
function stripCommon(lines: string[], mark: RegExp, share: number): string[] {
  let marked = 0;
  let filled = 0;
  for (const line of lines) {
    if (!line) continue;
    filled++;
    if (mark.test(line)) marked++;
  }
  return marked > 0 && marked >= filled * share ? lines.map((line) => line.replace(mark, "")) : lines;
}

/** Chats put the speaker before the first line of a message or before each. A log may look alike: kubectl must be what was said. */
function stripSpeakers(lines: string[]): string[] {
  const said = lines.some(
    (line) => speaker.test(line) && /^(?:[$#>] ?)?(?:kubectl|oc|k) |^NAME |^NAMESPACE |^LAST SEEN |^Name: /.test(line.replace(speaker, "")),
  );
  return said ? lines.map((line) => line.replace(speaker, "")) : lines;
}

/** Blocks of quoted lines in an otherwise plain text: each run of three or more is unquoted. */
function stripQuotedRuns(lines: string[]): string[] {
  const result = [...lines];
  for (let from = 0; from < lines.length; from++) {
    if (!/^ {0,3}(?:>|&gt;) ?/.test(lines[from]!)) continue;
    let to = from;
    while (to < lines.length && /^ {0,3}(?:>|&gt;)/.test(lines[to]!)) to++;
    if (to - from >= 3) for (let i = from; i < to; i++) result[i] = lines[i]!.replace(quote, "");
    from = to;
  }
  return result;
}

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", nbsp: " " };
/** Web pages and JSON strings write some characters otherwise; only where kubectl's own words show that they did. */
function unescaped(text: string): string {
  if (/&lt;(?:none|unset|set to the key|nil|unknown)\b/.test(text)) return text.replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (_, name: string) => entities[name]!);
  if (/NAME {1,60}READY {1,60}STATUS[^\n]{0,300}\\n|Name: {1,60}[a-z0-9.-]{1,253}\\nNamespace: /.test(text))
    return text.replace(/\\(n|t|"|\\)/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c));
  return text;
}

/** Text → lines as the terminal showed them. */
export function cleanLines(text: string): string[] {
  let lines = unescaped(text)
    .split(/\r?\n|\u2028|\u2029/)
    .map(clean);
  lines = stripCommon(lines, quote, 0.8);
  lines = stripQuotedRuns(lines);
  lines = stripSpeakers(lines);
  if (lines.some((line) => fence.test(line))) lines = lines.map((line) => (fence.test(line) ? "" : line));
  return dedent(lines);
}

/** Code indented as a whole (Markdown, mail). */
function dedent(lines: string[]): string[] {
  let least = Infinity;
  for (const line of lines) {
    if (!line.trim()) continue;
    least = Math.min(least, line.length - line.trimStart().length);
    if (least === 0) return lines;
  }
  return least === Infinity ? lines : lines.map((line) => line.slice(least));
}
