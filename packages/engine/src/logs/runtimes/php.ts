/** PHP: `Uncaught Class: text in file:line`, `Stack trace:`, `#0 …`, `Next Class:` (a later one wraps), `thrown in`. */
import { type Block, type Link, type Reader } from "../block";
import type { Line } from "../line";

const head =
  /^(?:PHP )?(?:Fatal error|Parse error|Recoverable fatal error): {1,2}(?:Uncaught )?(?:(?:exception ')?(\\?[A-Za-z_]\w*(?:\\[A-Za-z_]\w*)*)'?(?: with message '|: ))?(.*)$/;
const next = /^Next (\\?[A-Za-z_]\w*(?:\\[A-Za-z_]\w*)*): (.*)$/;
const thrown = /^thrown in (\S{1,300}) on line (\d{1,7})/;
const where = / in (\/\S{1,300}?)(?::| on line )(\d{1,7})$/;

export const php: Reader = {
  name: "php",
  read(lines: Line[], at: number): Block | null {
    const text = lines[at]!.text;
    if (!/(?:Fatal|Parse) error:/.test(text) && !/(?:Fatal|Parse) error:/.test(lines[at]!.shown)) return null;
    const found = head.exec(text);
    if (!found) return null;
    const links: Link[] = [{ type: text.includes("Uncaught") ? (found[1] ?? null) : null, message: found[2]!, at }];
    const said = [at];
    const place = where.exec(text);
    let app = place ? `${place[1]}:${place[2]}` : null;
    let end = at + 1;
    let frames = false;
    for (; end < lines.length && end < at + 300; end++) {
      const line = lines[end]!.text;
      const wrap = next.exec(line);
      const last = thrown.exec(line);
      if (last) {
        app = `${last[1]}:${last[2]}`;
        end++;
        break;
      }
      if (wrap) {
        links.push({ type: wrap[1]!, message: wrap[2]!, at: end });
        said.push(end);
      } else if (line.startsWith("Stack trace:")) frames = true;
      else if (/^#\d{1,4} /.test(line)) frames = true;
      else if (!frames && end - at < 8 && lines[end]!.time === null && lines[end]!.level === null) said.push(end);
      else break;
    }
    if (!frames) {
      end = at + 1;
      said.length = 1;
    }
    return { runtime: "php", start: at, end, links, root: 0, frame: app, fatal: true, said };
  },
};
