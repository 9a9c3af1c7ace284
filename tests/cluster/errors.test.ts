import { createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { collect } from "@unloop/sources/cluster";
import { type FakeApi, sendStatus, startFakeApi } from "./fake-api";
import { look, pod } from "./look";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
  api.objects = [pod("a")];
});
afterEach(() => api.close());
const refuse = (status: number, message: string, match = /./): void => {
  api.intercept = (seen, response) => {
    if (!match.test(seen.path)) return false;
    sendStatus(response, status, message);
    return true;
  };
};
const wants = () => [];

test("a kubeconfig that is not there", async () => {
  await expect(collect({ kubeconfig: "/nowhere/config", wants })).rejects.toMatchObject({ code: "kubeconfig-missing", exitCode: 3 });
  await expect(collect({ env: { HOME: "/nowhere" }, wants })).rejects.toMatchObject({
    code: "kubeconfig-missing",
    message: expect.stringContaining("/nowhere/.kube/config"),
  });
});

test("a context that is not there is a wrong use", async () => {
  await expect(look(api, { context: "production" })).rejects.toMatchObject({
    code: "context-unknown",
    exitCode: 2,
    message: expect.stringContaining("production"),
  });
});

test("a cluster that can not be reached, at once and in one sentence", async () => {
  const kubeconfig = api.kubeconfig({ cluster: { server: "https://127.0.0.1:1" } });
  await expect(look(api, { kubeconfig })).rejects.toMatchObject({
    code: "cluster-unreachable",
    exitCode: 3,
    message: "the cluster https://127.0.0.1:1 can not be reached: connection refused",
  });
  await expect(look(api, { kubeconfig: api.kubeconfig({ cluster: { server: "https://no-such-host.invalid" } }) })).rejects.toMatchObject({
    code: "cluster-unreachable",
  });
});

test("a server that accepts and never answers is given up in time", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as { port: number };
  try {
    for (const scheme of ["http", "https"]) {
      const start = performance.now();
      const run = look(api, { kubeconfig: api.kubeconfig({ cluster: { server: `${scheme}://127.0.0.1:${port}` } }), requestTimeoutMs: 500, timeoutMs: 2000 });
      await expect(run).rejects.toMatchObject({ code: "cluster-timeout", exitCode: 3 });
      expect(performance.now() - start).toBeLessThan(3500);
    }
  } finally {
    silent.close();
  }
});

test("plain HTTP where TLS is expected", async () => {
  await expect(look(api, { kubeconfig: api.kubeconfig({ cluster: { server: api.url.replace("http:", "https:") } }) })).rejects.toMatchObject({
    code: "cluster-unreachable",
    message: expect.stringContaining("does not speak TLS"),
  });
});

test("credentials that have expired", async () => {
  refuse(401, "Unauthorized");
  await expect(look(api)).rejects.toMatchObject({ code: "not-authenticated", exitCode: 3 });
});

test("a namespace that may not be read", async () => {
  refuse(403, "pods is forbidden");
  await expect(look(api)).rejects.toMatchObject({ code: "nothing-allowed", message: expect.stringContaining("namespace shop") });
  await expect(look(api, { namespace: null })).rejects.toMatchObject({ code: "nothing-allowed", message: expect.stringContaining("all namespaces") });
});

test("one pod that may be read where the list may not", async () => {
  refuse(403, "pods is forbidden", /\/pods$/);
  const snapshot = await look(api, { focus: { kind: "Pod", name: "a", selector: null } });
  expect(snapshot.objects.get("Pod/shop/a")?.fidelity).toBe("full");
  expect(snapshot.inventory.find((entry) => entry.kind === "Pod")?.extent).toBe("forbidden");
});

test("the rights of one namespace are enough for it", async () => {
  refuse(403, "forbidden", /^\/(?!api\/v1\/namespaces\/shop\/|apis\/[^/]+\/v1\/namespaces\/shop\/)/);
  const snapshot = await look(api);
  expect(snapshot.objects.has("Pod/shop/a")).toBe(true);
  expect(snapshot.source.serverVersion).toBeNull();
});

test("a namespace that does not exist, told from one that is empty", async () => {
  await expect(look(api, { namespace: "nope" })).rejects.toMatchObject({ code: "namespace-not-found", exitCode: 2 });
  api.objects.push({ kind: "Namespace", metadata: { name: "empty" } });
  expect((await look(api, { namespace: "empty" })).objects.size).toBe(0);
});

test("a workload that does not exist", async () => {
  await expect(look(api, { focus: { kind: "Deployment", name: "nope", selector: null } })).rejects.toMatchObject({ code: "target-not-found", exitCode: 2 });
});

test("a workload or pod of any namespace is not mistaken for one that does not exist", async () => {
  for (const kind of ["Deployment", "Pod"]) {
    const snapshot = await look(api, { namespace: null, focus: { kind, name: "a", selector: null } });
    expect(snapshot.objects.has("Pod/shop/a")).toBe(true);
    expect(snapshot.answers.some((answer) => answer.want.type === "get")).toBe(false);
  }
});

test("a pod that is gone leads to its workload, so the workloads are read", async () => {
  api.objects.push({ kind: "Deployment", metadata: { name: "api", namespace: "shop" } });
  const snapshot = await look(api, { focus: { kind: "Pod", name: "api-7d9f8c6b5d-x2x4b", selector: null } });
  expect(snapshot.answers).toContainEqual(
    expect.objectContaining({ want: { type: "get", kind: "Pod", namespace: "shop", name: "api-7d9f8c6b5d-x2x4b" }, state: "absent" }),
  );
  expect(snapshot.objects.has("Deployment/shop/api")).toBe(true);
});

test("a login page instead of an API server", async () => {
  api.intercept = (_seen, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<html><title>Sign in</title></html>");
    return true;
  };
  await expect(look(api)).rejects.toMatchObject({ code: "not-kubernetes", exitCode: 3 });
  api.intercept = (_seen, response) => {
    response.writeHead(302, { location: "https://login.example" });
    response.end();
    return true;
  };
  await expect(look(api)).rejects.toMatchObject({ code: "not-kubernetes" });
});

test("a server that only fails", async () => {
  refuse(503, "no backend");
  await expect(look(api)).rejects.toMatchObject({ code: "cluster-unreachable", message: expect.stringContaining("no backend") });
});
