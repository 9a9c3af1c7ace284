/**
 * The part of YAML that kubectl prints, fast: block mappings and sequences, plain, quoted and literal scalars.
 * The library reads 0.7 MB a second, and a paste may hold ten. Whatever this does not know it refuses (null), and the library decides.
 */

interface Line {
  indent: number;
  text: string;
}
interface State {
  raw: string[];
  at: number;
}
class NotBlockYaml extends Error {}

const deepest = 60;
const longestScalar = 65_536;
const key = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#&*!|>'"%@`{}[\],:?-][^#]*?|[?:-][^\s#][^#]*?)):(?: +(.*))?$/;

function peek(state: State): Line | null {
  while (state.at < state.raw.length) {
    const line = state.raw[state.at]!;
    const text = line.trimStart();
    if (text === "" || text.startsWith("#")) {
      state.at++;
      continue;
    }
    if (text.charCodeAt(0) === 9) throw new NotBlockYaml();
    return { indent: line.length - text.length, text: text.trimEnd() };
  }
  return null;
}

function plain(text: string): unknown {
  if (text === "null" || text === "~") return null;
  if (text === "true") return true;
  if (text === "false") return false;
  if (text === "{}") return {};
  if (text === "[]") return [];
  if (/^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,10})?$/.test(text)) return Number(text);
  if (/^[&*!|>%@`{}[\]]/.test(text) || /: | #/.test(text)) throw new NotBlockYaml();
  return text;
}

/** Lines of a scalar that goes on deeper than its key, folded as YAML folds: a blank line is a break, others are blanks. */
function continued(state: State, first: string, indent: number, done: (text: string) => boolean): string {
  let text = first;
  let breaks = 0;
  while (!done(text) && state.at < state.raw.length) {
    // Each line tests the whole again: what is longer than any message of a cluster is refused.
    if (text.length > longestScalar) throw new NotBlockYaml();
    const line = state.raw[state.at]!;
    const trimmed = line.trim();
    if (trimmed !== "" && line.length - line.trimStart().length <= indent) break;
    state.at++;
    if (trimmed === "") breaks++;
    else {
      text += (breaks ? "\n".repeat(breaks) : text.endsWith("\\") ? "" : " ") + trimmed;
      breaks = 0;
    }
  }
  return text;
}

function closedSingle(text: string): boolean {
  return /^'(?:[^']|'')*'$/.test(text);
}
function closedDouble(text: string): boolean {
  return /^"(?:[^"\\]|\\.)*"$/.test(text);
}

function quoted(state: State, text: string, indent: number): string {
  if (text.startsWith("'")) {
    const whole = continued(state, text, indent, closedSingle);
    if (!closedSingle(whole)) throw new NotBlockYaml();
    return whole.slice(1, -1).replaceAll("''", "'");
  }
  const whole = continued(state, text, indent, closedDouble);
  if (!closedDouble(whole) || /\\[^"\\/bfnrtu]/.test(whole.replaceAll("\\\\", ""))) throw new NotBlockYaml();
  return JSON.parse(whole.replaceAll("\n", "\\n").replaceAll("\t", "\\t")) as string;
}

/** `|`, `|-`, `|+`, `|2-`; folded `>` is left to the library. */
function literal(state: State, header: string, parent: number): string {
  const [, explicit, chomp] = /^\|(\d?)([-+]?)$/.exec(header) ?? [];
  if (chomp === undefined) throw new NotBlockYaml();
  let indent = explicit ? parent + Number(explicit) : -1;
  const lines: string[] = [];
  for (; state.at < state.raw.length; state.at++) {
    const line = state.raw[state.at]!;
    const own = line.length - line.trimStart().length;
    if (line.trim() === "" && (indent < 0 || own < indent)) {
      lines.push("");
      continue;
    }
    if (indent < 0) indent = own;
    if (own < indent || own <= parent) break;
    lines.push(line.slice(indent));
  }
  const text = lines.join("\n");
  if (chomp === "+") return `${text}\n`;
  let end = text.length;
  while (end > 0 && text[end - 1] === "\n") end--;
  const trimmed = text.slice(0, end);
  return chomp === "-" || trimmed === "" ? trimmed : `${trimmed}\n`;
}

function scalar(state: State, text: string, indent: number): unknown {
  if (text.startsWith("|")) return literal(state, text, indent);
  if (text.startsWith("'") || text.startsWith('"')) return quoted(state, text, indent);
  const next = peek(state);
  if (!next || next.indent <= indent) return plain(text);
  return plain(continued(state, text, indent, () => false));
}

/** The value after `key:`; a sequence may stand at the key's own indentation. */
function valueAfter(state: State, rest: string, indent: number, depth: number): unknown {
  if (rest !== "") return scalar(state, rest, indent);
  const next = peek(state);
  if (!next || next.indent < indent || (next.indent === indent && !/^- |^-$/.test(next.text))) return null;
  return block(state, next.indent, depth + 1);
}

function sequence(state: State, indent: number, depth: number): unknown[] {
  const items: unknown[] = [];
  for (let line = peek(state); line && line.indent === indent && /^- |^-$/.test(line.text); line = peek(state)) {
    const rest = line.text.slice(1);
    const inner = rest.trimStart();
    const column = indent + 1 + (rest.length - inner.length);
    if (inner === "") {
      state.at++;
      const next = peek(state);
      items.push(next && next.indent > indent ? block(state, next.indent, depth + 1) : null);
    } else if (inner.startsWith("- ") || key.test(inner)) {
      state.raw[state.at] = " ".repeat(column) + inner;
      items.push(block(state, column, depth + 1));
    } else {
      state.at++;
      items.push(scalar(state, inner, indent));
    }
  }
  return items;
}

function block(state: State, indent: number, depth: number): unknown {
  if (depth > deepest) throw new NotBlockYaml();
  const first = peek(state)!;
  if (/^- |^-$/.test(first.text)) return sequence(state, indent, depth);
  const map: Record<string, unknown> = {};
  for (let line = peek(state); line && line.indent === indent; line = peek(state)) {
    const match = key.exec(line.text);
    if (!match) throw new NotBlockYaml();
    const name = match[1] !== undefined ? (JSON.parse(`"${match[1]}"`) as string) : (match[2]?.replaceAll("''", "'") ?? match[3]!);
    state.at++;
    Object.defineProperty(map, name, { value: valueAfter(state, match[4] ?? "", indent, depth), enumerable: true, configurable: true, writable: true });
  }
  const next = peek(state);
  if (next && next.indent > indent) throw new NotBlockYaml();
  return map;
}

/** One document; null where it holds anything that kubectl does not print. */
export function readBlockYaml(lines: string[]): unknown {
  const state: State = { raw: [...lines], at: 0 };
  try {
    const first = peek(state);
    if (!first) return null;
    const value = block(state, first.indent, 0);
    return peek(state) ? null : value;
  } catch {
    return null;
  }
}
