/** GET requests to one API server: bounded in number, time and bytes, patient where the server asks for it. */
import { gunzip } from "node:zlib";
import { promisify } from "node:util";
import { SourceError } from "../error";
import { readBody } from "./body";
import { type Connection, connect } from "./connect";
import { codeOf, connectionError, isCut, reasonOf } from "./connection-error";
import { type Credentials, credentialsOf } from "./credentials";
import type { ClusterAccess } from "./kubeconfig";
import { type ClusterOptions, defaultBudgets, defaultTimeouts } from "./options";
import { isLoopback, proxyFor } from "./proxy";
import { type Reply, refusalOf, refused } from "./reply";
import { createGate } from "./gate";
import { retryDelay } from "./retry";

export interface ApiStats {
  requests: number;
  bytes: number;
  /** Newest Date header, as RFC 3339. */
  date: string | null;
}
export interface GetOptions {
  accept?: string;
  /** Bytes of the body at most; more is a refusal, or, with `keep: "end"`, is cut at its beginning. */
  maxBytes?: number;
  keep?: "all" | "end";
  /** How often a request is tried again after a server error or a cut connection. */
  retries?: number;
}
export interface Api {
  server: string;
  stats: ApiStats;
  /** Milliseconds left of the whole run. */
  timeLeft(): number;
  get(path: string, options?: GetOptions): Promise<Reply>;
  close(): Promise<void>;
}
export const jsonType = "application/json";
const maxBody = 128 * 2 ** 20;
const inflate = promisify(gunzip);

/** Logs in and connects. Errors: those of `credentialsOf` and `connect`. */
export async function openApi(access: ClusterAccess, options: ClusterOptions, inFlight = defaultBudgets.inFlight): Promise<Api> {
  const env = options.env ?? process.env;
  const timeoutMs = options.timeoutMs ?? defaultTimeouts.timeoutMs;
  const requestTimeoutMs = Math.min(options.requestTimeoutMs ?? defaultTimeouts.requestTimeoutMs, timeoutMs);
  const credentials = await credentialsOf(access, options);
  // A login may wait for a person; the clock starts when the machine's part does.
  const deadline = performance.now() + timeoutMs;
  const url = access.cluster.server;
  const connection = await connect({
    server: url,
    tls: credentials.tls,
    proxy: URL.canParse(url) ? proxyFor(new URL(url), access.cluster.proxyUrl, env) : null,
    connections: inFlight,
  });
  return createApi(connection, credentials, { deadline, requestTimeoutMs, inFlight, signal: options.signal });
}

interface Limits {
  deadline: number;
  requestTimeoutMs: number;
  inFlight: number;
  signal?: AbortSignal;
}
function createApi(connection: Connection, credentials: Credentials, limits: Limits): Api {
  const stats: ApiStats = { requests: 0, bytes: 0, date: null };
  const gate = createGate(limits.inFlight);
  let isAnswered = false;
  const timeLeft = (): number => limits.deadline - performance.now();
  // Compression costs more than it saves where the bytes never leave the machine.
  const encoding = isLoopback(new URL(connection.origin)) ? "identity" : "gzip";

  async function once(path: string, options: GetOptions): Promise<{ reply: Reply; retryAfter: string | undefined }> {
    const time = Math.min(limits.requestTimeoutMs, timeLeft());
    if (time <= 0) return { reply: refused("timed-out", null, "no time was left"), retryAfter: undefined };
    const timer = new AbortController();
    const late = setTimeout(() => timer.abort(), time);
    const signal = limits.signal ? AbortSignal.any([limits.signal, timer.signal]) : timer.signal;
    stats.requests++;
    try {
      const headers = { ...credentials.headers, accept: options.accept ?? jsonType, "accept-encoding": encoding, "user-agent": "unloop" };
      const response = await connection.send(path, headers, signal);
      isAnswered = true;
      noteDate(stats, response.headers["date"]);
      const max = options.maxBytes ?? maxBody;
      const read = await readBody(response.body, max, options.keep ?? "all");
      stats.bytes += read.size;
      let body = read.body;
      if (response.headers["content-encoding"] === "gzip" && body.length) {
        body = await inflate(body, { maxOutputLength: max });
        stats.bytes += body.length - read.size;
      }
      const retryAfter = response.headers["retry-after"];
      if (response.status >= 300) return { reply: refusalOf(response.status, body), retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter };
      if (read.isTooLong)
        return { reply: refused("over-budget", response.status, `the answer is larger than ${Math.round(max / 2 ** 20)} MB`), retryAfter: undefined };
      return { reply: { state: "got", body, isCut: read.isCut }, retryAfter: undefined };
    } catch (error) {
      if (limits.signal?.aborted) throw limits.signal.reason;
      if (timer.signal.aborted) return { reply: refused("timed-out", null, `no answer within ${Math.round(time / 100) / 10} s`), retryAfter: undefined };
      if (codeOf(error) === "ERR_BUFFER_TOO_LARGE") return { reply: refused("over-budget", null, "the answer is too large"), retryAfter: undefined };
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  async function get(path: string, options: GetOptions = {}): Promise<Reply> {
    const retries = options.retries ?? 2;
    let cuts = 0;
    for (let attempt = 0; ; attempt++) {
      let wait: number | null = null;
      let reply: Reply;
      try {
        const result = await once(path, options);
        reply = result.reply;
        if (reply.state !== "got" && reply.status === 401) throw new SourceError("not-authenticated", { server: connection.origin });
        if (reply.state !== "got" && reply.status !== null) wait = retryDelay(reply.status, result.retryAfter, attempt, retries);
      } catch (error) {
        // What has no code is no fault of the network, and must not look like one.
        if (error instanceof SourceError || limits.signal?.aborted || !codeOf(error)) throw error;
        const ending = connectionError(error, connection.origin, limits.requestTimeoutMs);
        if (ending.code !== "cluster-unreachable" && ending.code !== "cluster-timeout") throw ending;
        // Nothing ever came: there is no cluster, rather than a refusal of it.
        if (!isAnswered && (cuts > 0 || !isCut(error))) throw ending;
        reply = refused("cannot", null, reasonOf(error));
        if (cuts++ < Math.min(1, retries)) wait = 50;
      }
      if (wait === null) return reply;
      if (wait >= timeLeft())
        return refused("timed-out", reply.state === "got" ? null : reply.status, `the API server asks to wait ${Math.ceil(wait / 1000)} s`);
      await sleep(wait, limits.signal);
    }
  }

  return {
    server: connection.origin,
    stats,
    timeLeft,
    get: (path, options) => gate(() => get(path, options)),
    close: () => connection.close(),
  };
}

function noteDate(stats: ApiStats, header: string | string[] | undefined): void {
  const time = Date.parse(Array.isArray(header) ? (header[0] ?? "") : (header ?? ""));
  if (Number.isNaN(time)) return;
  const date = new Date(time).toISOString().replace(".000Z", "Z");
  if (!stats.date || date > stats.date) stats.date = date;
}
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}
