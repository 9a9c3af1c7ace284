/** Through an HTTP or SOCKS proxy, which Node's own client does not know. Loaded only where there is one. */
import type { Dispatcher } from "undici";
import tunnel from "undici/lib/api/api-connect.js";
import request from "undici/lib/api/api-request.js";
import Pool from "undici/lib/dispatcher/pool.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";
import { SourceError } from "../error";
import type { ConnectOptions, Connection } from "./connect";

export function connectByProxy(url: URL, prefix: string, proxy: string, options: ConnectOptions): Connection {
  let dispatcher: Dispatcher;
  try {
    dispatcher = new ProxyAgent({
      uri: proxy,
      requestTls: options.tls,
      connections: options.connections,
      clientFactory: (origin, own) => Object.assign(new Pool(origin, own), { connect: tunnel }),
      bodyTimeout: 0,
      headersTimeout: 0,
    });
  } catch (error) {
    throw new SourceError("cluster-unreachable", { server: url.origin, reason: "the proxy's address can not be read" }, error);
  }
  return {
    origin: url.origin,
    async send(path, headers, signal) {
      const {
        statusCode,
        headers: answered,
        body,
      } = await request.call(dispatcher, { origin: url.origin, path: prefix + path, method: "GET", headers, signal });
      return { status: statusCode, headers: answered, body };
    },
    close: () => dispatcher.destroy(),
  };
}
