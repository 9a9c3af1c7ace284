/** Cuts the text into sections: a command with its output, or what stands there without one. */
import type { Command } from "./command";
import { type Prompt, readPrompt } from "./prompt";

export interface Section {
  command: Command | null;
  /** Output, without the prompt. */
  lines: string[];
  /** 1-based line of the first output line in the whole text. */
  line: number;
  /** Namespace of the context at this place, as `oc project`, `kubens` or the prompt told it; null where nothing did. */
  contextNamespace: string | null;
  /** A later prompt, or a last line end, shows that the output was not cut off. */
  ended: boolean;
}

/** A log can hold anything, even prompts: only the same kind of prompt as the one that asked for it ends it. */
function ends(log: Prompt, prompt: Prompt): boolean {
  return prompt.style === log.style || (log.style === "" && prompt.style !== "");
}

/** kubectl says it itself, and so do the tools that switch the context. */
function switchedTo(command: Command): string | null {
  const line = command.line;
  return (
    /(?:^|\s)oc project ([a-z0-9-]{1,63})/.exec(line)?.[1] ??
    /^kubens ([a-z0-9-]{1,63})/.exec(line)?.[1] ??
    /set-context .{0,80}--namespace[= ]([a-z0-9-]{1,63})/.exec(line)?.[1] ??
    null
  );
}

/** Output without a last line end: the next prompt follows it on the same line. Where it starts; -1 where it does not. */
function gluedAt(line: string, usual: string): number {
  if (!usual.trim() || line.length > 70_000) return -1;
  for (const tool of ["kubectl ", "k ", "oc "]) {
    const at = line.lastIndexOf(usual + tool);
    // A program that quotes a command puts a blank or a mark before it.
    if (at > 0 && /[^\s"'`:(>]/.test(line[at - 1]!)) return at;
  }
  return -1;
}

/** The prompt that waits for the next command. */
const emptyPrompt = /^(?:[$#>%❯➜λ]|[\w.-]{1,40}@[\w.-]{1,60}[^\n]{0,80}[$#%>]|\[[^\]\n]{1,80}\][$#]|PS [A-Z]:[^\n]{0,120}>)\s*$/;

export function splitSections(lines: string[]): Section[] {
  const sections: Section[] = [{ command: null, lines: [], line: 1, contextNamespace: null, ended: false }];
  let open = null as Prompt | null;
  let contextNamespace: string | null = null;
  let usual = "";
  for (const [index, whole] of lines.entries()) {
    const at = gluedAt(whole, usual);
    if (at > 0) sections.at(-1)!.lines.push(whole.slice(0, at));
    const line = at > 0 ? whole.slice(at) : whole;
    const inLog: Prompt | null = open?.command.verb === "logs" ? open : null;
    const prompt: Prompt | null = mayBePrompt(line) ? readPrompt(line, inLog === null || inLog.style === "") : null;
    if (!prompt || (inLog && !(ends(inLog, prompt) && isKubectl(prompt)))) {
      sections.at(-1)!.lines.push(line);
      continue;
    }
    open = prompt;
    usual ||= prompt.before;
    sections.at(-1)!.ended = true;
    contextNamespace = prompt.shownNamespace ?? switchedTo(prompt.command) ?? contextNamespace;
    sections.push({ command: prompt.command, lines: [], line: index + 2, contextNamespace, ended: false });
  }
  const last = sections.at(-1)!;
  if (lines.at(-1) === "" || emptyPrompt.test(lines.at(-1)!)) last.ended = true;
  if (emptyPrompt.test(last.lines.at(-1) ?? "")) last.lines.pop();
  return sections.filter((section) => section.command !== null || section.lines.some((line) => line.trim()));
}

/** Within a log, `$ node server.js` is a package manager's own line. */
function isKubectl(prompt: Prompt): boolean {
  return (
    prompt.command.verb !== "other" || /^(?:kubectl|oc|docker|journalctl|crictl|ssh|curl|cat|grep|ls|helm|df|openssl|nslookup|dig) /.test(prompt.command.line)
  );
}

/** Cheap test before the real one: most lines of a big paste are no prompts. */
function mayBePrompt(line: string): boolean {
  if (line.length > 2000) return false;
  if (/kubectl|\boc |\bk[c]? |^Every /.test(line)) return true;
  return /[$#%>❯➜λ»✗›] {1,4}[a-z]/.test(line.slice(0, 160));
}
