/**
 * The connections to the API server: a few of HTTP/1.1, kept open. Node's own client, because a short command spends most of its
 * time on starting: undici and the WebAssembly of its parser cost three times what all requests of one pod do. HTTP/2 would save handshakes, but behind
 * anything that relays without TCP_NODELAY its many small frames wait for each other's acknowledgements, 40 ms apiece.
 */
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { createSecureContext } from "node:tls";
import { SourceError } from "../error";
import { connectionError } from "./connection-error";
import type { Credentials } from "./credentials";

export interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: AsyncIterable<Buffer>;
}
export interface Connection {
  /** Scheme, host and port, for messages. */
  origin: string;
  /** Sends a GET. Rejects where no answer came; the signal also ends the body. */
  send(path: string, headers: Record<string, string | string[]>, signal: AbortSignal): Promise<Answered>;
  close(): Promise<void>;
}
export interface ConnectOptions {
  server: string;
  tls: Credentials["tls"];
  proxy: string | null;
  connections: number;
}

/** Opens nothing yet: the first requests do, side by side. Errors: kubeconfig-invalid, credentials-failed, cluster-unreachable. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const url = parseServer(options.server);
  // A server behind a gateway has a path of its own in front of every API path.
  const prefix = url.pathname.replace(/\/+$/, "");
  if (options.proxy) {
    const { connectByProxy } = await import("./connect-by-proxy");
    return connectByProxy(url, prefix, options.proxy, options);
  }
  const isTls = url.protocol === "https:";
  const shared = { keepAlive: true, maxSockets: options.connections, noDelay: true };
  const agent = isTls ? new HttpsAgent({ ...shared, ...sharedTls(options.tls, url) }) : new HttpAgent(shared);
  const start = isTls ? httpsRequest : httpRequest;
  const target = { host: url.hostname.replace(/^\[|\]$/g, ""), port: url.port || (isTls ? 443 : 80), agent };
  return {
    origin: url.origin,
    send: (path, headers, signal) =>
      new Promise((resolve, reject) => {
        const answered = (message: IncomingMessage): void => resolve({ status: message.statusCode ?? 0, headers: message.headers, body: message });
        start({ ...target, path: prefix + path, headers: { ...headers, host: url.host }, signal }, answered)
          .on("error", reject)
          .end();
      }),
    close: async () => agent.destroy(),
  };
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
/** Keys and certificates are read once instead of once a connection, which takes longer than the handshake. */
function sharedTls({ ca, cert, key, ...rest }: Credentials["tls"], url: URL): object {
  try {
    return { ...rest, secureContext: createSecureContext({ ca, cert, key }) };
  } catch (error) {
    throw connectionError(error, url.origin, 0);
  }
}
