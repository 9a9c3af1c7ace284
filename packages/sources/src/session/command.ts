/** Takes a kubectl command line apart: what was asked for decides what its output proves. */
import { allCategory, kindOf } from "./kinds";

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
export const tools =
  /^(?:sudo |time |watch (?:-\S+ (?:\d+ )?)*)*(?:\.\/|\S{0,60}[/\\])?(?:(?:k3s|microk8s|k0s|minikube)[ .]kubectl(?: --)?|kubectl(?:[-.\d]{0,10}|\.exe)|oc|k|kc)(?= )/;
export const verbs = new Set(
  "get describe logs log events top rollout auth version cluster-info config explain exec apply create delete run debug edit scale set patch label annotate cordon uncordon drain taint wait expose port-forward attach cp diff replace api-resources api-versions adm project status adm new-app whoami login".split(
    " ",
  ),
);
/** Pipes that show everything that they are given. */
const harmless = /^(?:less|more|cat|tee|sort|column|bat|nl|tac|ccze|cut -c\S*)\b/;
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
