/** Recognises prompts and takes a kubectl command line apart: what was asked for decides what its output proves. */
import { allCategory, isNamespaced, kindOf } from "./kinds";

export interface Command {
  /** `get`, `describe`, `logs`, …; `other` for anything that is not kubectl. */
  verb: string;
  /** Kinds asked for, in order; empty where none is known. */
  kinds: string[];
  /** Names asked for. For `logs deploy/x`: the workload's. */
  names: { kind: string | null; name: string }[];
  /** null: the context's own. `*`: all. */
  namespace: string | null;
  container: string | null;
  previous: boolean;
  tail: number | null;
  output: string;
  /** The output is only a part of what there is: a name, a selector, a pipe through grep or head. */
  filtered: boolean;
  /** Several commands on one line: their outputs stand one after the other. */
  several: boolean;
  /** Words after the verb that are neither flags nor resources, e.g. of `rollout status`. */
  words: string[];
  line: string;
}

/** Flags that take their value as the next word. Source: `kubectl options`, `kubectl get|logs|describe|events -h`. */
const valued = new Set(
  "-n --namespace -l --selector -o --output -c --container -L --label-columns --field-selector --sort-by --tail --since --since-time --limit-bytes --context --cluster --user --kubeconfig --as --as-group --request-timeout --chunk-size --token -s --server --max-log-requests --for --types --template --subresource --image --port --replicas --timeout --to-revision --revision --grace-period --pod-running-timeout".split(
    " ",
  ),
);
const tools =
  /^(?:sudo |time |watch (?:-\S+ (?:\d+ )?)*)*(?:\.\/|\S{0,60}[/\\])?(?:(?:k3s|microk8s|k0s|minikube)[ .]kubectl(?: --)?|kubectl(?:[-.\d]{0,10}|\.exe)|oc|k|kc)(?= )/;
const verbs = new Set(
  "get describe logs log events top rollout auth version cluster-info config explain exec apply create delete run debug edit scale set patch label annotate cordon uncordon drain taint wait expose port-forward attach cp diff replace api-resources api-versions adm project status adm new-app whoami login".split(
    " ",
  ),
);
/** Pipes that show everything that they are given. */
const harmless = /^(?:less|more|cat|tee|sort|column|bat|nl|tac|ccze|cut -c\S*)\b/;
const shellTools =
  /^(?:docker|podman|crictl|nerdctl|ctr|ssh|curl|wget|cat|ls|ll|grep|egrep|journalctl|systemctl|openssl|helm|nslookup|dig|ping|df|du|free|dmesg|aws|gcloud|az|echo|cd|export|kubens|kubectx|git|vi|vim|nano|stern|history|exit|clear|date|uname|top|ps|sudo|find|which|kind|minikube|k3d|kustomize|jq|yq|telnet|nc)(?: |$)/;
/** What may stand before a command: a prompt ends with one of these. */
const promptEnd = /(?:[$#%>❯➜λ»✗›]|\$\))\s{0,4}$/;
const arrowPrompt = /^\s{0,3}(?:➜|❯|λ|→)\s{1,4}\S{1,60}(?:\s+(?:git:)?\(\S{1,60}\))?(?:\s+✗)?\s+$/;

export interface Prompt {
  command: Command;
  /** What stands before the command, without what changes (paths, times): tells prompts of this text from look-alikes in a log. */
  style: string;
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
  return { command: readCommand(text), style, shownNamespace: shown };
}

interface Split {
  parts: string[];
  pipes: string[];
}
/** Splits at `|`, `;` and `&&` outside quotes. */
function splitLine(text: string): Split {
  const parts: string[] = [];
  const pipes: string[] = [];
  let quoteMark = "";
  let piece = "";
  let inPipe = false;
  const flush = (): void => {
    if (piece.trim()) (inPipe ? pipes : parts).push(piece.trim());
    piece = "";
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoteMark) {
      if (c === quoteMark) quoteMark = "";
    } else if (c === "'" || c === '"') quoteMark = c;
    else if (c === ";" || (c === "&" && text[i + 1] === "&") || (c === "|" && text[i + 1] === "|")) {
      flush();
      inPipe = false;
      if (c !== ";") i++;
      continue;
    } else if (c === "|") {
      flush();
      inPipe = true;
      continue;
    }
    piece += c;
  }
  flush();
  return { parts, pipes };
}

function words(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, "")).filter((word) => !/^\d?>{1,2}(?:&\d)?/.test(word));
}

/** Takes one command line apart. */
export function readCommand(text: string): Command {
  const { parts, pipes } = splitLine(text);
  const kube = parts.filter((part) => tools.test(`${part} `));
  const command: Command = {
    verb: "other",
    kinds: [],
    names: [],
    namespace: null,
    container: null,
    previous: false,
    tail: null,
    output: "",
    filtered: pipes.some((pipe) => !harmless.test(pipe)),
    several: kube.length > 1,
    words: [],
    line: text.slice(0, 300),
  };
  const first = kube[0];
  if (!first || (kube.length === 0 && parts.length > 0)) return command;
  readArguments(words(first.replace(tools, "")), command);
  return command;
}

function readArguments(args: string[], command: Command): void {
  const positional: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (word === "--") break;
    if (!word.startsWith("-") || word === "-") {
      positional.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    let flag = equals > 0 ? word.slice(0, equals) : word;
    let value = equals > 0 ? word.slice(equals + 1) : "";
    if (/^-[nlocL][^=]/.test(word)) {
      flag = word.slice(0, 2);
      value = word.slice(2);
    } else if (equals < 0 && valued.has(flag)) value = args[++i] ?? "";
    readFlag(flag, value, command);
  }
  command.verb = positional[0] === "log" ? "logs" : (positional[0] ?? "other");
  if (!verbs.has(command.verb)) command.verb = "other";
  readResources(positional.slice(1), command);
}

function readFlag(flag: string, value: string, command: Command): void {
  if (flag === "-n" || flag === "--namespace") command.namespace = value;
  else if (flag === "-A" || flag === "--all-namespaces") command.namespace = "*";
  else if (flag === "-o" || flag === "--output") command.output = value;
  else if (flag === "-c" || flag === "--container") command.container = value;
  else if (flag === "-p" || flag === "--previous") command.previous = value !== "false";
  else if (flag === "--tail") command.tail = Number(value) >= 0 ? Number(value) : null;
  else if (flag === "-l" || flag === "--selector" || flag === "--field-selector" || flag === "--types" || flag === "--for") command.filtered = true;
}

const objectName = /^[a-z0-9](?:[a-z0-9.:_-]{0,251}[a-z0-9])?$/;
function readResources(args: string[], command: Command): void {
  if (command.verb === "logs") {
    const [target = "", container] = args;
    const slash = target.indexOf("/");
    if (target) command.names.push(slash > 0 ? { kind: kindOf(target.slice(0, slash)), name: target.slice(slash + 1) } : { kind: "Pod", name: target });
    if (container && objectName.test(container)) command.container ??= container;
    return;
  }
  if (command.verb === "events") {
    command.kinds = ["Event"];
    return;
  }
  command.words = args;
  if (command.verb !== "get" && command.verb !== "describe" && command.verb !== "top") return;
  const [first = "", ...rest] = args;
  if (args.some((arg) => arg.includes("/"))) {
    for (const arg of args) {
      const slash = arg.indexOf("/");
      if (slash > 0) command.names.push({ kind: kindOf(arg.slice(0, slash)), name: arg.slice(slash + 1) });
    }
    command.kinds = [...new Set(command.names.map((n) => n.kind).filter((k): k is string => k !== null))];
    command.filtered = true;
    return;
  }
  command.kinds =
    first === "all"
      ? [...allCategory]
      : first
          .split(",")
          .map(kindOf)
          .filter((k): k is string => k !== null);
  for (const name of rest) if (objectName.test(name)) command.names.push({ kind: command.kinds[0] ?? null, name });
  if (rest.length) command.filtered = true;
}

/** Namespaces in which a complete answer to this command proves absence. `*` for all and for cluster-scoped kinds. */
export function scopeOf(command: Command, kind: string, fallback: string): string {
  return isNamespaced(kind) ? (command.namespace ?? fallback) : "*";
}
