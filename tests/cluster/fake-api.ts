/** An API server of objects in memory that speaks the real protocol: paging with tokens that expire, Table and metadata forms, selectors, logs. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { kinds } from "@unloop/engine/model/kinds";

export interface FakeObject {
  kind: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}
export interface Seen {
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
}
export interface FakeApi {
  url: string;
  objects: FakeObject[];
  /** By `namespace/pod/container`, `…/previous` for the run before. A number is an HTTP status whose message is `text`. */
  logs: Map<string, string | { status: number; text: string }>;
  requests: Seen[];
  /** Answers a request instead of the server where it returns true. */
  intercept: ((seen: Seen, response: ServerResponse, request: IncomingMessage) => boolean) | null;
  /** Connections that were accepted. */
  connections: number;
  /** A kubeconfig for this server, with fields added to its cluster and user. */
  kubeconfig(fields?: { cluster?: object; user?: object; namespace?: string }): string;
  close(): Promise<void>;
}

export function sendStatus(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message, code: status }));
}

export async function startFakeApi(options: { tls?: { key: string; cert: string; ca?: string; requestCert?: boolean } } = {}): Promise<FakeApi> {
  const folder = mkdtempSync(join(tmpdir(), "unloop-"));
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? "/", "http://fake");
    const seen: Seen = { path: url.pathname, query: url.searchParams, headers: request.headers };
    api.requests.push(seen);
    if (!api.intercept?.(seen, response, request)) serve(api, seen, response);
  };
  const server: Server = options.tls ? createTlsServer({ ...options.tls, rejectUnauthorized: false }, handler) : createServer(handler);
  server.on("connection", () => api.connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  let files = 0;
  const api: FakeApi = {
    url: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    objects: [],
    logs: new Map(),
    requests: [],
    intercept: null,
    connections: 0,
    kubeconfig(fields = {}) {
      const path = join(folder, `config-${files++}`);
      const config = {
        apiVersion: "v1",
        kind: "Config",
        "current-context": "fake",
        contexts: [{ name: "fake", context: { cluster: "fake", user: "fake", namespace: fields.namespace ?? "shop" } }],
        clusters: [{ name: "fake", cluster: { server: api.url, ...fields.cluster } }],
        users: [{ name: "fake", user: { token: "let-me-in", ...fields.user } }],
      };
      writeFileSync(path, JSON.stringify(config));
      return path;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
  return api;
}

function serve(api: FakeApi, seen: Seen, response: ServerResponse): void {
  if (seen.path === "/version") return send(seen, response, { major: "1", minor: "34", gitVersion: "v1.34.2" });
  const log = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(seen.path);
  if (log) return serveLog(api, seen, response, `${log[1]}/${log[2]}/${seen.query.get("container")}${seen.query.get("previous") ? "/previous" : ""}`);
  const match =
    /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(seen.path) ??
    /^\/api\/v1()()\/(namespaces)\/([^/]+)$/.exec(seen.path);
  const [, group = "", namespace, plural, name] = match ?? [];
  const kind = Object.keys(kinds).find((k) => kinds[k]!.resource === plural && kinds[k]!.group === group);
  if (!kind) return sendStatus(response, 404, "the server could not find the requested resource");
  const all = api.objects.filter((o) => o.kind === kind && (!namespace || o.metadata.namespace === namespace));
  if (name) {
    const found = all.find((o) => o.metadata.name === name);
    if (!found) return sendStatus(response, 404, `${plural} "${name}" not found`);
    return send(seen, response, isMetadata(seen) ? { ...metadataOnly(found), kind: "PartialObjectMetadata" } : found);
  }
  serveList(
    seen,
    response,
    kind,
    all.filter((o) => selected(o, seen.query)),
  );
}

function serveList(seen: Seen, response: ServerResponse, kind: string, all: FakeObject[]): void {
  const limit = seen.query.has("resourceVersion") ? Infinity : Number(seen.query.get("limit") ?? Infinity);
  const from = Number(seen.query.get("continue")?.split("-")[1] ?? 0);
  const page = all.slice(from, from + limit);
  const metadata = {
    resourceVersion: "7",
    ...(from + limit < all.length ? { continue: `token-${from + limit}`, remainingItemCount: all.length - from - limit } : {}),
  };
  if (String(seen.headers.accept).includes("as=Table")) return send(seen, response, tableOf(kind, page, metadata));
  const items = page.map((object) => (isMetadata(seen) ? metadataOnly(object) : { ...object, kind: undefined, apiVersion: undefined }));
  send(seen, response, { kind: isMetadata(seen) ? "PartialObjectMetadataList" : `${kind}List`, apiVersion: "v1", metadata, items });
}
function isMetadata(seen: Seen): boolean {
  return String(seen.headers.accept).includes("as=PartialObjectMetadata");
}
function metadataOnly(object: FakeObject): object {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata };
}
function tableOf(kind: string, page: FakeObject[], metadata: object): object {
  const names = kind === "Pod" ? ["Name", "Ready", "Status", "Restarts", "Age"] : ["Name", "Ready", "Age"];
  const rows = page.map((object) => ({
    cells: (object["cells"] as unknown[]) ?? [object.metadata.name, "1/1", ...(kind === "Pod" ? ["Running", 0] : []), "5m"],
    object: metadataOnly(object),
  }));
  return { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata, columnDefinitions: names.map((name) => ({ name, type: "string" })), rows };
}
function selected(object: FakeObject, query: URLSearchParams): boolean {
  const labels = (object.metadata["labels"] ?? {}) as Record<string, string>;
  const pairs = (text: string | null): [string, string][] => (text ? text.split(",").map((pair) => pair.split("=") as [string, string]) : []);
  const spec = object["spec"] as { nodeName?: string } | undefined;
  const field = (name: string): unknown => (name === "spec.nodeName" ? spec?.nodeName : object[name]);
  const isMeant = (term: string): boolean => {
    const [name = "", value = ""] = term.split(/!?=/);
    return (field(name) === value) !== term.includes("!=");
  };
  return (
    pairs(query.get("labelSelector")).every(([key, value]) => labels[key] === value) &&
    (query.get("fieldSelector") ?? "").split(",").filter(Boolean).every(isMeant)
  );
}

function serveLog(api: FakeApi, seen: Seen, response: ServerResponse, key: string): void {
  const log = api.logs.get(key);
  if (log === undefined) return sendStatus(response, 400, `previous terminated container "${seen.query.get("container")}" in pod "x" not found`);
  if (typeof log !== "string") return sendStatus(response, log.status, log.text);
  const lines = log.split("\n");
  const tail = Number(seen.query.get("tailLines") ?? Infinity) + (log.endsWith("\n") ? 1 : 0);
  response.writeHead(200, { "content-type": "text/plain" });
  response.end(lines.slice(-tail).join("\n"));
}
function send(seen: Seen, response: ServerResponse, body: object): void {
  const text = Buffer.from(JSON.stringify(body));
  const isZipped = String(seen.headers["accept-encoding"] ?? "").includes("gzip");
  response.writeHead(200, { "content-type": "application/json", ...(isZipped ? { "content-encoding": "gzip" } : {}) });
  response.end(isZipped ? gzipSync(text) : text);
}
