/** Where the Snapshot comes from: a file, a folder, standard input, or the cluster. */
import { open, stat } from "node:fs/promises";
import type { Focus, Snapshot } from "@unloop/engine/model/snapshot";
import { count } from "@unloop/engine/render/words";
import { CommandError } from "./failure";
import type { Progress } from "./progress";

export interface InputOptions {
  /** `--from`: a path, or `-` for standard input; null for the cluster. */
  from: string | null;
  kind: string | null;
  name: string | null;
  /** `-n`. */
  namespace: string | null;
  allNamespaces: boolean;
  selector: string | null;
  exitCode?: number;
  reason?: string;
  context?: string;
  kubeconfig?: string;
  timeoutSeconds: number | null;
  requestTimeoutSeconds: number | null;
  progress: Progress;
  signal: AbortSignal;
}

/** Pasted text beyond this is refused: nobody pastes it, and it would not fit into memory twice. */
const inputLimit = 256 * 1024 * 1024;

export async function readInput(options: InputOptions): Promise<Snapshot> {
  const { from } = options;
  if (from === null) return readCluster(options);
  if (from === "-") return readText(await readStandardInput(), "standard input", options);
  if (await isText(from)) {
    const { readFile } = await import("node:fs/promises");
    return readText(await readFile(from), from, options);
  }
  const { readBundle } = await import("@unloop/sources/bundle");
  return readBundle(from, { focus: focusOf(options) });
}

/** What the question is about, where no cluster's own default applies. */
function focusOf({ kind, name, namespace, selector }: InputOptions): Focus | null {
  return kind === null && name === null && namespace === null && selector === null ? null : { kind, name, namespace, selector };
}

async function readText(bytes: Uint8Array, name: string, options: InputOptions): Promise<Snapshot> {
  // Only JSON can be a capture: other text need not load what reads one.
  if (/^(\uFEFF|\s)*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)))) {
    const { isCapture, readCapture } = await import("@unloop/sources/bundle");
    if (isCapture(bytes)) return readCapture(bytes, name, { focus: focusOf(options) });
  }
  const { readSession } = await import("@unloop/sources/session");
  const { snapshot, understood, reason } = readSession(bytes, { exitCode: options.exitCode, reason: options.reason, focus: focusOf(options) });
  if (!understood) throw new CommandError("input-empty", { reason: reason ?? "nothing in the input could be read" });
  return snapshot;
}

async function readCluster(options: InputOptions): Promise<Snapshot> {
  const { collect } = await import("@unloop/sources/cluster");
  const { wants } = await import("@unloop/engine/wants");
  const { namespace, allNamespaces, kind, name, selector, context, kubeconfig, timeoutSeconds, requestTimeoutSeconds, progress, signal } = options;
  return collect({
    // A node is looked at with all that runs on it.
    namespace: allNamespaces || (kind === "Node" && namespace === null) ? null : (namespace ?? undefined),
    focus: { kind, name, selector },
    wants,
    context,
    kubeconfig,
    env: process.env,
    timeoutMs: milliseconds(timeoutSeconds),
    requestTimeoutMs: milliseconds(requestTimeoutSeconds),
    signal,
    onLoginText: (text) => process.stderr.write(text),
    onProgress: ({ step, pods, requests, bytes }) => {
      progress.say(step === "reading" ? `reading what ${count(pods, "pod")} tell: ${count(requests, "request")}` : step);
      if (step === "done" && process.env["UNLOOP_DEBUG"]) process.stderr.write(`unloop: ${count(requests, "request")}, ${bytes} bytes\n`);
    },
  });
}

/** kubectl's habit: 0 means no limit of one's own. Node's timers hold 2^31 ms at most. */
function milliseconds(seconds: number | null): number | undefined {
  if (seconds === null) return undefined;
  return seconds === 0 ? 2 ** 31 - 1 : Math.min(Math.ceil(seconds * 1000), 2 ** 31 - 1);
}

async function readStandardInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY) process.stderr.write("Paste kubectl output or a log, then press Ctrl-D.\n");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > inputLimit) throw new CommandError("input-too-large", { limit: "256 MiB" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A regular file that is no archive: a capture, or somebody saved what kubectl printed. */
async function isText(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  // Pipes of `<(kubectl …)` are read as text; what is not there is left to the bundle's own error.
  if (!found || found.isDirectory()) return false;
  if (found.isFIFO()) return true;
  if (found.size > inputLimit) return false;
  const file = await open(path).catch(() => null);
  if (!file) return false;
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(4096), 0, 4096, 0);
    const head = buffer.subarray(0, bytesRead);
    const gzip = head[0] === 0x1f && head[1] === 0x8b;
    const tar = new TextDecoder().decode(head.subarray(257, 262)) === "ustar";
    return !gzip && !tar;
  } finally {
    await file.close();
  }
}
