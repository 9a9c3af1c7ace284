/**
 * Node.js (also Deno and Bun): `file:line`, the source line, `^`, then `Error: text`, frames, and `{ code, errno, syscall, address, port,
 * path }`; `[cause]:` is deeper. Source line and caret are code, not output.
 */
import { type Block, type Link, type Reader, longestBlock } from "../block";
import type { Line } from "../line";

const head =
  /^(?:\(node:\d+\) )?(?:[Uu]ncaught (?:exception: )?|UnhandledPromiseRejectionWarning: |\[?[\w-]{0,20}\]? ?(?:Unhandled|Uncaught) (?:[\w ]{0,40}: |rejection:? )|error: Uncaught (?:\(in promise\) )?)?((?:[A-Z]\w{0,60})?(?:Error|Exception)\d?|[A-Z]\w{2,60}(?=:))(?: \[(\w{1,80})\])?(?:: (.*))?$/;
const location = /^(?:file:\/\/)?(?:\/|node:|[A-Z]:\\|internal\/|webpack:)\S{1,300}:\d{1,7}$/;
const frame = /^at (?:async |new |Object\.|process\.|Module\.|\w|<anonymous>|file:|\/|\[|#)/;
/** A frame of the JVM: its exceptions are read elsewhere. */
const jvm = /\((?:[\w$-]+\.(?:java|kt|scala|groovy):\d|Native Method\)|Unknown Source\))/;
const located = /\(?((?:file:\/\/)?(?:\/|[A-Z]:\\|webpack:|\.)[^\s()]{1,300}:\d{1,7}):\d{1,7}\)?/;
const cause = /^\[?cause\]?: (?:\[)?((?:[A-Z]\w{0,60})?(?:Error|Exception))(?: \[\w{1,80}\])?: (.*)$/;

export const node: Reader = {
  name: "node",
  read(lines: Line[], at: number): Block | null {
    let start = at;
    const noise: number[] = [];
    let i = at;
    let thrown = false;
    // `file:line`, one to three source lines, a caret.
    if (location.test(lines[at]!.text)) {
      let caret = -1;
      for (let k = at + 1; k < lines.length && k <= at + 4; k++) if (/^\^{1,200}$/.test(lines[k]!.text)) caret = k; // prettier-ignore
      if (caret > 0 || (lines[at + 1]?.text ?? "").startsWith("throw ")) {
        thrown = true;
        i = (caret > 0 ? caret : at + 1) + 1;
        for (let k = at; k < i; k++) noise.push(k);
      } else return null;
    }
    const line = lines[i];
    if (!line) return null;
    const found = head.exec(line.text);
    if (!found && !thrown) return null;
    const unhandled = thrown || /Uncaught|Unhandled/.test(line.text);
    const links: Link[] = [{ type: found ? (found[2] ?? found[1]!) : null, message: found ? (found[3] ?? "") : line.text, at: i }];
    if (found?.[2]) links[0]!.type = `${found[1]} [${found[2]}]`;
    const said = [i];
    let frames = 0;
    let app: string | null = null;
    let open = 0;
    let end = i + 1;
    for (; end < lines.length && end < start + longestBlock; end++) {
      const { text, level, time } = lines[end]!;
      if (frame.test(text)) {
        if (jvm.test(text)) return null;
        frames++;
        const place = located.exec(text);
        if (place && !/node_modules|node:internal|[/\\]internal[/\\]|\.yarn/.test(place[1]!)) app ??= place[1]!;
        const opens = text.endsWith("{");
        if (opens) open++;
        continue;
      }
      if (text.startsWith("Emitted 'error' event")) continue;
      if (open > 0) {
        const deeper = cause.exec(text);
        if (deeper) links.push({ type: deeper[1]!, message: deeper[2]!, at: end });
        said.push(end);
        if (/[{[]$/.test(text)) open++;
        if (/^[}\]]{1,3},?\)?$/.test(text)) open--;
        if (open === 0 && frames > 0 && !(lines[end + 1]?.text ?? "").startsWith("}")) {
          end++;
          break;
        }
        continue;
      }
      if (frames === 0 && end - i < 30 && (level === null || lines[end]!.indent > 0) && time === null && !location.test(text) && !/^Node\.js v\d/.test(text)) {
        said.push(end);
        continue;
      }
      break;
    }
    const node = /^Node\.js v\d/.test(lines[end]?.text ?? "") || /^Node\.js v\d/.test(lines[end + 1]?.text ?? "");
    if (/^Node\.js v\d/.test(lines[end]?.text ?? "")) end++;
    if (frames === 0 && !unhandled && !node) return null;
    if (frames === 0) end = Math.min(end, i + 8);
    return { runtime: "node", start, end, links, root: links.length - 1, frame: app, fatal: unhandled || node, said: said.filter((s) => s < end) };
  },
};
