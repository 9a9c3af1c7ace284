import { type Server, createServer } from "node:http";
import { type Socket, connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { proxyFor } from "../../packages/sources/src/cluster/proxy";
import { type FakeApi, startFakeApi } from "./fake-api";
import { look, pod } from "./look";

const server = new URL("https://api.prod.example:6443");

test("the kubeconfig's proxy beats the environment's, and the environment's depends on the scheme", () => {
  expect(proxyFor(server, "socks5://p:1080", { HTTPS_PROXY: "http://q:3128", NO_PROXY: "*" })).toBe("socks5://p:1080");
  expect(proxyFor(server, undefined, { HTTPS_PROXY: "http://q:3128", HTTP_PROXY: "http://r:3128" })).toBe("http://q:3128");
  expect(proxyFor(server, undefined, { https_proxy: "q:3128" })).toBe("http://q:3128");
  expect(proxyFor(new URL("http://api.prod.example"), undefined, { HTTPS_PROXY: "http://q:3128" })).toBeNull();
  expect(proxyFor(server, undefined, {})).toBeNull();
});

test("NO_PROXY names hosts, domains, addresses, ranges and ports as in Go", () => {
  const direct = (url: string, noProxy: string): boolean => proxyFor(new URL(url), undefined, { HTTPS_PROXY: "http://q:3128", NO_PROXY: noProxy }) === null;
  expect(direct("https://api.prod.example:6443", "api.prod.example")).toBe(true);
  expect(direct("https://api.prod.example:6443", "example")).toBe(true);
  expect(direct("https://api.prod.example:6443", ".prod.example")).toBe(true);
  expect(direct("https://prod.example", ".prod.example")).toBe(false);
  expect(direct("https://notprod.example", "prod.example")).toBe(false);
  expect(direct("https://api.prod.example:6443", "api.prod.example:443")).toBe(false);
  expect(direct("https://api.prod.example:6443", "a, API.prod.example:6443")).toBe(true);
  expect(direct("https://10.1.2.3:6443", "10.0.0.0/8")).toBe(true);
  expect(direct("https://11.1.2.3:6443", "10.0.0.0/8")).toBe(false);
  expect(direct("https://[fd00::1]:6443", "fd00::/16")).toBe(true);
  expect(direct("https://10.1.2.3:6443", "10.1.2.3")).toBe(true);
  expect(direct("https://10.1.2.3:6443", "10.0.0.0/99, x/y, /")).toBe(false);
  expect(direct("https://api.prod.example", "*")).toBe(true);
  expect(direct("https://127.0.0.1:6443", "")).toBe(true);
  expect(direct("https://localhost:6443", "")).toBe(true);
});

let api: FakeApi;
let proxy: Server;
let tunnels: string[];
const sockets = new Set<Socket>();
beforeEach(async () => {
  api = await startFakeApi();
  api.objects = [pod("a")];
  tunnels = [];
  proxy = createServer();
  proxy.on("connect", (request, socket: Socket) => {
    tunnels.push(`${request.url} ${request.headers["proxy-authorization"] ?? ""}`);
    const [host, port] = request.url!.split(":");
    const target = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    for (const s of [socket, target]) sockets.add(s.on("error", () => undefined));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await api.close();
});
const proxyUrl = (login = ""): string => `http://${login}127.0.0.1:${(proxy.address() as { port: number }).port}`;

test("requests go through the proxy, with its login", async () => {
  const snapshot = await look(api, { kubeconfig: api.kubeconfig({ cluster: { "proxy-url": proxyUrl("joe:pass@") } }) });
  expect(snapshot.objects.has("Pod/shop/a")).toBe(true);
  expect(tunnels.length).toBeGreaterThan(0);
  expect(tunnels[0]).toBe(`${new URL(api.url).host} Basic ${Buffer.from("joe:pass").toString("base64")}`);
});

test("a proxy that is not there or refuses is told", async () => {
  await expect(look(api, { kubeconfig: api.kubeconfig({ cluster: { "proxy-url": "http://127.0.0.1:1" } }) })).rejects.toMatchObject({
    code: "cluster-unreachable",
  });
  proxy.removeAllListeners("connect");
  proxy.on("connect", (_request, socket: Socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  await expect(look(api, { kubeconfig: api.kubeconfig({ cluster: { "proxy-url": proxyUrl() } }) })).rejects.toMatchObject({
    code: "cluster-unreachable",
    message: expect.stringContaining("proxy"),
  });
});
