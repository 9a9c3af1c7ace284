/** Ruby: first line `file:line:in 'm': text (Class)`, then `from`; Rails and Rake print `Class: text`, frames, `Caused by:`. */
import { type Block, type Link, type Reader, longestBlock } from "../block";
import type { Line } from "../line";

const head = /^(?:bundler: failed to load command: .{0,200}|(\S{1,300}:\d{1,7}):in [`'].{1,160}?': (.*?)(?: \(([A-Z]\w*(?:::\w+)*)\))?)$/;
const classed =
  /^(?:! )?((?:[A-Z]\w*::)*[A-Z]\w*(?:Error|Exception|Bad|Timeout|NotFound|Invalid|Failed|Refused|ECONNREFUSED|NotEstablished|Denied|Missing\w*|E[A-Z]{3,12})): (.*)$/;
const frame = /^(?:from )?(?:<internal:\S{1,120}>|\S{1,300}:\d{1,7}):in [`']/;
const own = /^(?:from )?(\S{1,300}:\d{1,7}):in /;
const foreign = /\/gems\/|\/lib\/ruby\/|<internal:|\/bundler\/|\/bin\/(?:rake|bundle|rails)/;

export const ruby: Reader = {
  name: "ruby",
  read(lines: Line[], at: number): Block | null {
    const text = lines[at]!.text;
    const direct = head.exec(text);
    const named = direct ? null : classed.exec(text);
    if (!direct && !named) return null;
    if (direct && !direct[1]) return null;
    const links: Link[] = [{ type: direct ? (direct[3] ?? null) : named![1]!, message: direct ? direct[2]! : named![2]!, at }];
    const said = [at];
    let app = direct && !foreign.test(direct[1]!) ? direct[1]! : null;
    let frames = 0;
    let end = at + 1;
    for (; end < lines.length && end < at + longestBlock; end++) {
      const line = lines[end]!;
      if (frame.test(line.text)) {
        frames++;
        const place = own.exec(line.text);
        if (place && !foreign.test(place[1]!)) app ??= place[1]!;
      } else if (line.text === "Caused by:" || /^Tasks: TOP|^\(See full trace/.test(line.text)) continue;
      else if (/^\^{1,200}$/.test(line.text) || (line.indent > 1 && frames === 0 && direct && /^\^{1,200}$/.test(lines[end + 1]?.text ?? ""))) continue;
      else if (frames > 0 && classed.test(line.text) && lines[end - 1]!.text === "Caused by:") {
        const deeper = classed.exec(line.text)!;
        links.push({ type: deeper[1]!, message: deeper[2]!, at: end });
        said.push(end);
      } else if (frames === 0 && end - at < 12 && line.level === null) said.push(end);
      else break;
    }
    if (frames === 0 && !direct) return null;
    return { runtime: "ruby", start: at, end, links, root: links.length - 1, frame: app, fatal: direct !== null && direct[3] !== undefined, said };
  },
};
