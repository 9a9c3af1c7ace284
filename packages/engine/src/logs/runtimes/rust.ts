/** Rust: `thread 'x' panicked at file:line:` and the text on the next line (before 1.73 in quotes on the same one); anyhow's `Caused by:`. */
import { type Block, type Link, type Reader } from "../block";
import type { Line } from "../line";

const modern = /^thread '([^']{0,80})'(?: \(\d+\))? panicked at ([^'\s].{0,300}?):(\d{1,7}):\d{1,7}:?$/;
const old = /^thread '([^']{0,80})' panicked at '(.{0,8000})', (\S{1,300}):(\d{1,7})(?::\d{1,7})?/;
const trace = /^(?:note: |stack backtrace:|\d{1,3}: {1,12}|at \S+:\d+)/;
const foreign = /\/rustc\/|\.cargo\/registry|^library\/|src\/libcore|src\/libstd/;

export const rust: Reader = {
  name: "rust",
  read(lines: Line[], at: number): Block | null {
    const text = lines[at]!.text;
    let end = at + 1;
    const said = [at];
    const found = modern.exec(text);
    const before = found ? null : old.exec(text);
    if (!found && !before) return text.startsWith("Error: ") && lines[at + 1]?.text === "Caused by:" ? anyhow(lines, at) : null;
    const file = found ? found[2]! : before![3]!;
    const line = found ? found[3]! : before![4]!;
    let message = before ? before[2]! : "";
    let where = at;
    if (found) {
      where = end;
      while (
        end < lines.length &&
        end < at + 40 &&
        !trace.test(lines[end]!.text) &&
        (end === at + 1 || (lines[end]!.level === null && lines[end]!.time === null))
      ) {
        message += (message ? "\n" : "") + lines[end]!.text;
        said.push(end++);
      }
      if (where >= lines.length) where = at;
    }
    while (end < lines.length && end < at + 400 && trace.test(lines[end]!.text)) end++;
    const links: Link[] = [{ type: null, message, at: where }];
    return { runtime: "rust", start: at, end, links, root: 0, frame: foreign.test(file) ? null : `${file}:${line}`, fatal: true, said };
  },
};
function anyhow(lines: Line[], at: number): Block {
  const links: Link[] = [{ type: null, message: lines[at]!.text.slice(7), at }];
  const said = [at];
  let end = at + 2;
  for (; end < lines.length && end < at + 30 && lines[end]!.indent > 0; end++) {
    links.push({ type: null, message: lines[end]!.text.replace(/^\d{1,2}: /, ""), at: end });
    said.push(end);
  }
  return { runtime: "rust", start: at, end, links, root: links.length - 1, frame: null, fatal: true, said };
}
