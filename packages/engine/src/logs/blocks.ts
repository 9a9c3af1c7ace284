/** Finds the blocks of a run, and tells for each line whether it is output, a frame or quoted source, or a shell around the cause. */
import type { Block, Reader } from "./block";
import type { Line } from "./line";
import { bare } from "./runtimes/bare";
import { dotnet } from "./runtimes/dotnet";
import { erlang } from "./runtimes/erlang";
import { go } from "./runtimes/go";
import { java, springReport } from "./runtimes/java";
import { node } from "./runtimes/node";
import { php } from "./runtimes/php";
import { python } from "./runtimes/python";
import { ruby } from "./runtimes/ruby";
import { rust } from "./runtimes/rust";

const readers: Reader[] = [python, springReport, dotnet, java, go, rust, php, erlang, ruby, node, bare];
/** Cheap test first: a line that could open a block of any runtime. */
const opens =
  /Traceback \(most|Exception|Error|panic|fatal error: |runtime: |^File "|APPLICATION FAILED|Unhandled|Uncaught|atal error: |arse error: |^\*\* \(|^\{"init term|^Runtime term|^Stack overflow\.$|:in [`']|^(?:\/|node:|file:|internal\/).*:\d+$|Caused by: |\.go:\d|^! |(?:[a-z]\.)+[A-Z]\w+: |^[A-Z]\w+::|^[A-Z]\w+: /;
const frames =
  /^(?:at [\w$.<>[\]`+]+.{0,200}[(:]|at \/|File ".{1,300}", line \d|from \S+:\d+:in |\S{1,200}:\d{1,6}:in [`']|#\d{1,3} {1,3}(?:0x|\/|\w+[\\:]|\{main\}|\[internal)|\S{1,200}\.go:\d{1,6}(?: \+0x|$)|goroutine \d+ \[|\.\.\. \d+ (?:more|common)|[\^~ ]{3,}$|frame #\d|\d{1,3}: {1,8}0x[0-9a-f]|stack backtrace:|--- End of )/;

export type Role = 0 | 1;
export interface Outline {
  blocks: Block[];
  /** By line: true where it is a frame or quoted source. */
  noise: boolean[];
  /** By line: index of its block, or -1. */
  blockOf: Int32Array;
}

export function outline(lines: Line[]): Outline {
  const blocks: Block[] = [];
  const noise: boolean[] = Array.from({ length: lines.length }, () => false);
  const blockOf = new Int32Array(lines.length).fill(-1);
  let i = 0;
  while (i < lines.length) {
    const text = lines[i]!.text;
    const goStack = /\.go:\d/.test(lines[i + 1]?.text.slice(0, 400) ?? "");
    const block = goStack || opens.test(text.length > 600 ? text.slice(0, 600) : text) ? readAt(lines, i) : null;
    if (block && block.end > i) {
      const said = new Set(block.said);
      for (let k = block.start; k < block.end; k++) {
        blockOf[k] = blocks.length;
        if (!said.has(k)) noise[k] = true;
      }
      blocks.push(block);
      i = block.end;
    } else {
      if (frames.test(text.length > 600 ? text.slice(0, 600) : text)) noise[i] = true;
      i++;
    }
  }
  return { blocks, noise, blockOf };
}
function readAt(lines: Line[], at: number): Block | null {
  for (const reader of readers) {
    const block = reader.read(lines, at);
    if (block) return block;
  }
  return null;
}
