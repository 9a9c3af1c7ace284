/** Recognises the lines that are prompts with a command, of every shell that people use. */
import { type Command, readCommand, tools, verbs } from "./command";

const shellTools =
  /^(?:docker|podman|crictl|nerdctl|ctr|ssh|curl|wget|cat|ls|ll|grep|egrep|journalctl|systemctl|openssl|helm|nslookup|dig|ping|df|du|free|dmesg|aws|gcloud|az|echo|cd|export|kubens|kubectx|git|vi|vim|nano|stern|history|exit|clear|date|uname|top|ps|sudo|find|which|kind|minikube|k3d|kustomize|jq|yq|telnet|nc)(?: |$)/;
/** What may stand before a command: a prompt ends with one of these. */
const promptEnd = /(?:[$#%>❯➜λ»✗›]|\$\))\s{0,4}$/;
const arrowPrompt = /^\s{0,3}(?:➜|❯|λ|→)\s{1,4}\S{1,60}(?:\s+(?:git:)?\(\S{1,60}\))?(?:\s+✗)?\s+$/;

export interface Prompt {
  command: Command;
  /** What stands before the command, without what changes (paths, times): tells prompts of this text from look-alikes in a log. */
  style: string;
  /** What stands before the command, as it is. */
  before: string;
  /** Namespace that the prompt itself shows (kube-ps1). */
  shownNamespace: string | null;
}

/** The command of a line that is a prompt; null for any other line. `bare`: also without a prompt mark. */
export function readPrompt(line: string, bare: boolean): Prompt | null {
  if (line.length > 2000 || !line.trim()) return null;
  const every = /^Every \d{1,4}(?:[.,]\d)?s: (.{1,400})$/.exec(line);
  if (every) return asPrompt(every[1]!.replace(/\s{2,}\S.*$/, ""), "watch", line);
  const start = line.search(/[^\s$#%>❯➜λ»✗›]/);
  if (start < 0) return null;
  for (const from of commandStarts(line, start)) {
    const before = line.slice(0, from);
    const text = line.slice(from);
    const marked = promptEnd.test(before) || arrowPrompt.test(before);
    if (!marked && !(bare && before.trim() === "")) continue;
    if (tools.test(text)) return marked || isPlausible(text) ? asPrompt(text, marked ? mark(before) : "", line) : null;
    if (marked && /[$➜❯λ✗]\s{0,4}$/.test(before) && (shellTools.test(text) || (/^\s{0,2}\$ $/.test(before) && /^[a-z][\w./-]{1,30}(?: |$)/.test(text)))) {
      return asPrompt(text, mark(before), line);
    }
  }
  return null;
}

/** The start of the first word, and every place where a kubectl word follows a prompt mark. */
function commandStarts(line: string, first: number): number[] {
  const starts = [first];
  const pattern = /(?:[$#%>❯➜λ»✗›)]|^) {0,4}(?=(?:sudo |watch |time )?(?:\.\/)?(?:kubectl|oc |k |kc |k3s |microk8s|minikube ))/g;
  const head = line.slice(0, 240);
  for (let match = pattern.exec(head); match; match = pattern.exec(head)) {
    starts.push(match.index + match[0].length);
    if (match[0].length === 0) pattern.lastIndex++;
  }
  const shell = /^[^$#%]{0,120}[$#%] {1,4}(?=[a-z])/.exec(head);
  if (shell) starts.push(shell[0].length);
  const arrow = /^\s{0,3}[➜❯λ→] .{0,120}? (?=(?:kubectl|oc|k) )/.exec(head);
  if (arrow) starts.push(arrow[0].length);
  return [...new Set(starts)].sort((a, b) => a - b);
}
function mark(before: string): string {
  return before.trim().slice(-1);
}

/** Without a prompt mark a sentence may begin with `kubectl` too. */
function isPlausible(text: string): boolean {
  const words = text.replace(tools, "").trim().split(/\s+/);
  const at = words.findIndex((word) => !word.startsWith("-") && verbs.has(word));
  return at >= 0 && at < 3 && !/[.:,!?]$/.test(text.trim()) && !/\b(?:the|shows?|says|is|was|and|but|returns?|gives?|output)\b/i.test(text);
}

function asPrompt(text: string, style: string, line: string): Prompt {
  const shown = /\(?⎈ ?\|[^:|)]{0,80}:([a-z0-9-]{1,63})\)?/.exec(line)?.[1] ?? null;
  return { command: readCommand(text), style, before: line.slice(0, Math.max(0, line.indexOf(text))), shownNamespace: shown };
}
