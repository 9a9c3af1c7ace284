/**
 * Python: the last line of the traceback. With a chain ("During handling of …", "direct cause") the first exception is nearer to the
 * cause, but for a lookup that failed and was handled (KeyError, AttributeError in a cached property). Source lines are code, not output.
 */
import { type Block, type Link, type Reader, longestBlock } from "../block";
import type { Line } from "../line";

const file = /^File "([^"]{1,400})", line (\d{1,7})(?:, in (.{1,120}))?$/;
const exception = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?:: (.*))?$/;
const typed = /^(?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Warning|Failure|Timeout|NotFound|Denied|Invalid|Refused|Unavailable)\w*(?::|$)/;
const bridge = /^(?:During handling of the above exception|The above exception was the direct cause)/;
const foreign = /site-packages|dist-packages|\/lib\/python\d|lib64\/python\d|<frozen|<string>|\\Lib\\|multiprocessing|runpy\.py/;
const handled = /(?:^|\.)(?:KeyError|AttributeError|StopIteration|IndexError|LookupError|DoesNotExist|Empty)$/;
const ornament = /^[\s~^|+-]{1,400}$/;

export const python: Reader = {
  name: "python",
  read(lines: Line[], at: number): Block | null {
    const opening = lines[at]!.text.indexOf("Traceback (most recent call last)");
    const orphan = opening < 0 && file.test(lines[at]!.text);
    if (opening < 0 && !orphan) return null;
    const links: Link[] = [];
    const said: number[] = [];
    let app: string | null = null;
    let implicit = false;
    let base = lines[at]!.indent;
    let end = orphan ? at : at + 1;
    let quoted = 0;
    let fileIndent = -1;
    for (; end < lines.length && end < at + longestBlock; end++) {
      const { text, indent } = lines[end]!;
      const place = file.exec(text);
      if (place) {
        if (!foreign.test(place[1]!)) app = `${place[1]}:${place[2]}`;
        fileIndent = indent;
        quoted = 0;
        continue;
      }
      if (bridge.test(text)) {
        if (text.startsWith("During")) implicit = true;
        continue;
      }
      if (text.startsWith("Traceback (most")) {
        base = indent;
        continue;
      }
      if (ornament.test(text) || /^\[Previous line repeated \d+ more times\]/.test(text)) continue;
      if (fileIndent >= 0 && indent > fileIndent && fileIndent >= base) {
        quoted++;
        continue;
      }
      if (fileIndent >= 0 && indent === 0 && fileIndent === 0 && quoted === 0 && !typed.test(text)) {
        quoted++;
        continue;
      }
      if (fileIndent < 0 && links.length > 0) {
        // After an exception: its further lines, up to the bridge to the next one.
        const next = nextBridge(lines, end);
        if (next < 0) break;
        for (; end < next; end++) said.push(end);
        end--;
        continue;
      }
      const found = exception.exec(text);
      if (!found || (text.length > 0 && indent > base + 4 && !typed.test(text))) break;
      links.push({ type: found[1]!, message: found[2] ?? "", at: end });
      said.push(end);
      fileIndent = -1;
    }
    if (links.length === 0) return end > at + 1 ? { runtime: "python", start: at, end, links, root: 0, frame: app, fatal: false, said } : null;
    let root = 0;
    if (implicit) while (root < links.length - 1 && handled.test(links[root]!.type ?? "")) root++;
    return { runtime: "python", start: at, end, links, root, frame: app, fatal: false, said };
  },
};
function nextBridge(lines: Line[], from: number): number {
  for (let i = from; i < lines.length && i < from + 30; i++) if (bridge.test(lines[i]!.text)) return i;
  return -1;
}
