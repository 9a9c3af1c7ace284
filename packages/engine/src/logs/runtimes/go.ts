/**
 * Go: `panic: text` or `fatal error: text`, `[signal SIG…]`, then goroutines. A nil dereference says SIGSEGV and is a panic, not a native
 * crash. zap and logr print frames under an error line: they are frames too.
 */
import { type Block, type Link, type Reader, longestBlock } from "../block";
import type { Line } from "../line";

const head = /^(?:panic|fatal error|runtime): (.*)$/;
const place = /^(?:\t)?(\/?\S{1,300}\.go:\d{1,7})(?: \+0x[0-9a-f]+)?(?: fp=.*)?$/;
const call = /^(?:[\w./*()[\]{}·~@%-]|\(\*)+(?:\.\S+)?\(?.{0,400}\)?$|^created by /;
const foreign = /\/usr\/local\/go\/|\/go\/src\/(?:runtime|net|os|sync|reflect)\/|\/pkg\/mod\/|\/vendor\/|\/runtime\/|GOROOT/;

export const go: Reader = {
  name: "go",
  read(lines: Line[], at: number): Block | null {
    const text = lines[at]!.text;
    const found = head.exec(text);
    if (!found) return stack(lines, at);
    const links: Link[] = [{ type: null, message: found[1]!, at }];
    const said = [at];
    let app: string | null = null;
    let goroutine = false;
    let end = at + 1;
    for (; end < lines.length && end < at + longestBlock; end++) {
      const line = lines[end]!.text;
      if (/^goroutine \d+.{0,80}\[/.test(line)) goroutine = true;
      else if (line.startsWith("[signal ")) continue;
      else if (/^\t?panic: /.test(line) || line.startsWith("[recovered")) {
        links.push({ type: null, message: line.replace(/^\s*panic: /, ""), at: end });
        said.push(end);
      } else if (goroutine) {
        const file = place.exec(line);
        if (file) {
          if (!foreign.test(file[1]!)) app ??= file[1]!;
        } else if (
          !(call.test(line) && (place.test(lines[end + 1]?.text ?? "") || line.endsWith(")"))) &&
          !/^(?:exit status \d+|rip|rsp|r\w\d?\s|\.\.\.)/.test(line)
        )
          break;
      } else if (end - at < 12 && lines[end]!.level === null && lines[end]!.time === null) said.push(end);
      else break;
    }
    if (!goroutine && !text.startsWith("panic: ") && !text.startsWith("fatal error: ")) return null;
    if (!goroutine && end - at > 1) {
      end = at + 1;
      said.length = 1;
    }
    return { runtime: "go", start: at, end, links, root: 0, frame: app, fatal: true, said: said.filter((s) => s < end) };
  },
};
/** Function and `file.go:line` in turn, without a panic. */
function stack(lines: Line[], at: number): Block | null {
  const pairs = (i: number): boolean => !!lines[i + 1] && place.test(lines[i + 1]!.text) && /^[\w./*()[\]{}@%·~-]+$/.test(lines[i]!.text.replace(/\(.*/, "("));
  if (!pairs(at)) return null;
  let end = at;
  while (end < lines.length && end < at + longestBlock && pairs(end)) end += 2;
  return { runtime: "go", start: at, end, links: [], root: 0, frame: null, fatal: false, said: [] };
}
