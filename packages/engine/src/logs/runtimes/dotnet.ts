/**
 * .NET: `Unhandled exception. Type: text`, inner exceptions as ` ---> Type: text`, then frames `   at …`. The innermost is the cause, but
 * for a bare socket error, whose host and port only the outer line names. AggregateException and TypeInitializationException never are.
 */
import { type Block, type Link, type Reader, longestBlock } from "../block";
import type { Line } from "../line";

const head =
  /^(?:Unhandled [eE]xception[.:] )?((?:[A-Za-z_][\w`+]*\.)+[A-Z][\w`+]*(?:Exception|Error|Fault)(?:`\d)?)(?: \((?:0x)?[0-9A-Fa-f]+\))?(?:: ?(.*))?$/;
const inner = /^---> (?:\(Inner Exception #\d+\) )?((?:[A-Za-z_][\w`+]*\.)+[A-Z][\w`+]*)(?: \((?:0x)?[0-9A-Fa-f]+\))?(?:: ?(.*))?$/;
const sameLine = / ---> ((?:[A-Za-z_]\w*\.)+[A-Z]\w*)(?: \((?:0x)?[0-9A-Fa-f]+\))?: /;
const frame = /^at (?:[\w`<>$+.[\]|,&*]|\()/;
/** A frame of the JVM names a source file in brackets; its exceptions are read elsewhere. */
const jvm = /\((?:[\w$-]+\.(?:java|kt|scala|groovy|clj)[:)]|Native Method\)|Unknown Source\)|<generated>\))/;
const located = /^at (?!System\.|Microsoft\.).{1,400}? in (\S{1,300}):line (\d{1,7})$/;
const wrappers = /(?:AggregateException|TypeInitializationException|TargetInvocationException|HostAbortedException)$/;
const bare = /(?:SocketException|AddressInUseException|IOException)$/;

export const dotnet: Reader = {
  name: "dotnet",
  read(lines: Line[], at: number): Block | null {
    const text = lines[at]!.text;
    const unhandled = /^Unhandled [eE]xception[.:]/.test(text);
    const found = head.exec(text);
    const overflow = text === "Stack overflow." && (lines[at + 1]?.text.startsWith("Repeat ") || frame.test(lines[at + 1]?.text ?? ""));
    if (!found && !unhandled && !overflow) return null;
    if (overflow) return overflowed(lines, at);
    const links: Link[] = [{ type: found?.[1] ?? null, message: found ? (found[2] ?? "") : text.replace(/^Unhandled [eE]xception[.:] ?/, ""), at }];
    const said = [at];
    let frames = 0;
    let app: string | null = null;
    let end = at + 1;
    for (; end < lines.length && end < at + longestBlock; end++) {
      const line = lines[end]!.text;
      const link = inner.exec(line);
      if (link) {
        links.push({ type: link[1]!, message: link[2] ?? "", at: end });
        said.push(end);
      } else if (frame.test(line)) {
        if (jvm.test(line)) return null;
        frames++;
        const place = located.exec(line);
        if (place) app ??= `${place[1]}:${place[2]}`;
      } else if (line.startsWith("--- End of ")) frames++;
      else if (frames === 0 && end - at < 25 && lines[end]!.level === null) said.push(end);
      else break;
    }
    if (frames === 0 && !unhandled && links.length === 1) return null;
    if (frames === 0) {
      end = (links.at(-1)?.at ?? at) + 1;
      while (end < lines.length && said.includes(end)) end++;
    }
    const chained = sameLine.exec(links[0]!.message);
    if (chained) {
      const [outer, ...rest] = links[0]!.message.split(" ---> ");
      links[0]!.message = outer!;
      for (const piece of rest) {
        const colon = piece.indexOf(": ");
        links.push({ type: piece.slice(0, Math.max(0, colon)).replace(/ \(.*/, ""), message: piece.slice(colon + 2), at });
      }
    }
    let root = links.length - 1;
    if (root > 0 && bare.test(links[root]!.type ?? ""))
      while (root > 0 && bare.test(links[root]!.type ?? "") && !wrappers.test(links[root - 1]!.type ?? "")) root--;
    while (root < links.length - 1 && wrappers.test(links[root]!.type ?? "")) root++;
    return { runtime: "dotnet", start: at, end, links, root, frame: app, fatal: unhandled || lines[at]!.level === "fatal", said };
  },
};
/** The runtime prints no exception for an endless recursion: the words, how often the frames repeat, then the frames. */
function overflowed(lines: Line[], at: number): Block {
  let end = at + 1;
  while (end < lines.length && end < at + longestBlock && /^(?:at |Repeat \d|-{5,}$|\.\.\.$)/.test(lines[end]!.text)) end++;
  const first = lines.slice(at + 1, end).find((l) => frame.test(l.text) && !/^at (?:System|Microsoft)\./.test(l.text));
  return {
    runtime: "dotnet",
    start: at,
    end,
    links: [{ type: "System.StackOverflowException", message: "stack overflow", at }],
    root: 0,
    frame: first ? first.text.slice(3, 200) : null,
    fatal: true,
    said: [at],
  };
}
