/**
 * The connections to the API server: a small pool of HTTP/1.1. One HTTP/2 connection would save handshakes, but behind anything
 * that relays without TCP_NODELAY its many small frames wait for each other's acknowledgements, 40 ms apiece. The first
 * connections are opened at once, so that requests side by side do not wait for theirs.
 */
import type { Socket } from "node:net";
import { createSecureContext } from "node:tls";
import type { Dispatcher, buildConnector } from "undici";
import buildConnectorOf from "undici/lib/core/connect.js";
import Pool from "undici/lib/dispatcher/pool.js";
import { SourceError } from "../error";
import { codeOf, connectionError } from "./connection-error";
import type { Credentials } from "./credentials";

export interface Connection {
  dispatcher: Dispatcher;
  origin: string;
  /** Path in front of every API path, for servers behind a gateway; without a slash at its end. */
  prefix: string;
  close(): Promise<void>;
}
export interface ConnectOptions {
  server: string;
  tls: Credentials["tls"];
  proxy: string | null;
  timeoutMs: number;
  connections: number;
  /** How many connections to open at once. */
  warm: number;
  signal?: AbortSignal;
}
/** Errors: cluster-unreachable, cluster-certificate, cluster-timeout, kubeconfig-invalid. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const url = parseServer(options.server);
  const prefix = url.pathname.replace(/\/+$/, "");
  const limits = { bodyTimeout: 0, headersTimeout: 0 };
  if (options.proxy) {
    const [{ default: ProxyAgent }, { default: tunnel }] = await Promise.all([
      import("undici/lib/dispatcher/proxy-agent.js"),
      import("undici/lib/api/api-connect.js"),
    ]);
    let dispatcher: Dispatcher;
    try {
      dispatcher = new ProxyAgent({
        uri: options.proxy,
        requestTls: options.tls,
        proxyTls: { timeout: options.timeoutMs },
        connections: options.connections,
        clientFactory: (proxy, own) => Object.assign(new Pool(proxy, own), { connect: tunnel }),
        ...limits,
      });
    } catch (error) {
      throw new SourceError("cluster-unreachable", { server: url.origin, reason: "the proxy's address can not be read" }, error);
    }
    return { dispatcher, origin: url.origin, prefix, close: () => dispatcher.destroy() };
  }

  const connector = buildConnectorOf({ ...sharedTls(options.tls, url), timeout: options.timeoutMs, autoSelectFamily: true } as buildConnector.BuildOptions);
  // Only the first one's failure is the run's; a later one is opened again when it is needed.
  const opened = [
    openFirst(connector, url, options),
    ...Array.from({ length: options.warm - 1 }, () => open(connector, url, options.signal).catch(() => null)),
  ];
  const closeOpened = (): void => {
    for (const unused of opened) void unused.then((socket) => socket?.destroy()).catch(() => undefined);
  };
  try {
    await opened[0];
  } catch (error) {
    closeOpened();
    throw error;
  }
  const next: buildConnector.connector = (target, callback) => {
    const ready = opened.shift();
    if (!ready) return connector(target, callback);
    // A promise also keeps the answer from coming before the pool has begun to wait for it.
    ready.then(
      (socket) => (socket && !socket.destroyed ? callback(null, socket) : connector(target, callback)),
      (error: Error) => callback(error, null),
    );
  };
  const pool = new Pool(url.origin, { connect: next, connections: options.connections, ...limits });
  const close = async (): Promise<void> => {
    closeOpened();
    await pool.destroy();
  };
  return { dispatcher: pool, origin: url.origin, prefix, close };
}

/** Keys and certificates are read once instead of once a connection, which takes longer than the handshake. */
function sharedTls({ ca, cert, key, ...rest }: Credentials["tls"], url: URL): object {
  if (url.protocol === "http:") return {};
  try {
    return { ...rest, secureContext: createSecureContext({ ca, cert, key }) };
  } catch (error) {
    throw connectionError(error, url.origin, 0);
  }
}
function parseServer(server: string): URL {
  let url: URL | null = null;
  try {
    url = new URL(server.includes("://") ? server : `https://${server}`);
  } catch {
    // Said below, together with addresses of another protocol.
  }
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SourceError("kubeconfig-invalid", { path: "of this context", reason: `its server ${server} is not an address` });
  return url;
}

function open(connector: buildConnector.connector, url: URL, signal: AbortSignal | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal!.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const port = url.port || (url.protocol === "https:" ? "443" : "80");
    connector({ hostname: url.hostname.replace(/^\[|\]$/g, ""), host: url.host, protocol: url.protocol, port }, (error, socket) => {
      signal?.removeEventListener("abort", abort);
      if (error) reject(error);
      else if (signal?.aborted) socket.destroy();
      else resolve(socket);
    });
  });
}
async function openFirst(connector: buildConnector.connector, url: URL, options: ConnectOptions): Promise<Socket> {
  try {
    return await open(connector, url, options.signal);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    // A load balancer that drops one backend resets a connection now and then.
    if (codeOf(error) !== "ECONNRESET") throw connectionError(error, url.origin, options.timeoutMs);
  }
  return open(connector, url, options.signal).catch((error: unknown) => {
    throw options.signal?.aborted ? error : connectionError(error, url.origin, options.timeoutMs);
  });
}
