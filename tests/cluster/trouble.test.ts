import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeApi, sendStatus, startFakeApi } from "./fake-api";
import { answerTo, extentOf, look, pod, wanting } from "./look";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
  api.objects = [pod("a")];
});
afterEach(() => api.close());
const deployments = () => api.requests.filter((request) => request.path.endsWith("/deployments"));
const onDeployments = (answer: NonNullable<FakeApi["intercept"]>): void => {
  api.intercept = (seen, response, request) => seen.path.endsWith("/deployments") && answer(seen, response, request);
};

test("429 with Retry-After is waited out", async () => {
  let refusals = 1;
  onDeployments((_seen, response) => {
    if (refusals-- <= 0) return false;
    sendStatus(response, 429, "Too many requests, please try again later.", { "retry-after": "1" });
    return true;
  });
  const start = performance.now();
  const snapshot = await look(api);
  expect(performance.now() - start).toBeGreaterThan(1000);
  expect(answerTo(snapshot, "Deployment")).toBe("got");
});

test("a server that asks to wait longer than there is time is not waited for", async () => {
  onDeployments((_seen, response) => {
    sendStatus(response, 429, "later", { "retry-after": "600" });
    return true;
  });
  const snapshot = await look(api);
  expect(answerTo(snapshot, "Deployment")).toBe("timed-out");
  expect(deployments()).toHaveLength(1);
});

test("a cut connection is tried once more, not for ever", async () => {
  onDeployments((_seen, _response, request) => {
    request.socket.destroy();
    return true;
  });
  const snapshot = await look(api);
  expect(answerTo(snapshot, "Deployment")).toBe("cannot");
  expect(extentOf(snapshot, "Deployment")).toBe("not-asked");
  expect(deployments()).toHaveLength(2);
});

test("an answer that is cut in its middle is asked for again", async () => {
  let cuts = 1;
  onDeployments((_seen, response) => {
    if (cuts-- <= 0) return false;
    response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
    response.write('{"kind":"DeploymentList","items":[');
    setTimeout(() => response.destroy(), 20);
    return true;
  });
  const snapshot = await look(api);
  expect(answerTo(snapshot, "Deployment")).toBe("got");
});

test("server errors are tried again a bounded number of times", async () => {
  onDeployments((_seen, response) => {
    sendStatus(response, 500, "etcdserver: leader changed");
    return true;
  });
  const snapshot = await look(api);
  expect(snapshot.answers.find((answer) => "kind" in answer.want && answer.want.kind === "Deployment")).toMatchObject({
    state: "cannot",
    message: "etcdserver: leader changed",
  });
  expect(deployments()).toHaveLength(3);
});

test("an answer that never comes is timed out and the rest is still told", async () => {
  onDeployments(() => true);
  const start = performance.now();
  const snapshot = await look(api, { requestTimeoutMs: 300 });
  expect(performance.now() - start).toBeLessThan(3000);
  expect(answerTo(snapshot, "Deployment")).toBe("timed-out");
  expect(snapshot.objects.has("Pod/shop/a")).toBe(true);
});

test("an answer that trickles is timed out as well", async () => {
  onDeployments((_seen, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(drip));
    return true;
  });
  const snapshot = await look(api, { requestTimeoutMs: 300 });
  expect(answerTo(snapshot, "Deployment")).toBe("timed-out");
});

test("when the time for everything is over, what was seen is kept and the rest is timed out", async () => {
  api.intercept = (seen) => seen.path.includes("/configmaps/");
  const wants = wanting(...Array.from({ length: 40 }, (_, i) => ({ type: "get" as const, kind: "ConfigMap", namespace: "shop", name: `c-${i}` })));
  const start = performance.now();
  const snapshot = await look(api, { timeoutMs: 700, requestTimeoutMs: 300, wants });
  expect(performance.now() - start).toBeLessThan(3000);
  expect(snapshot.answers.filter((answer) => answer.state === "timed-out")).toHaveLength(40);
});

test("Ctrl-C ends it at once with its own reason", async () => {
  onDeployments(() => true);
  const stop = new AbortController();
  const run = look(api, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error("interrupted")), 100);
  const start = performance.now();
  await expect(run).rejects.toThrow("interrupted");
  expect(performance.now() - start).toBeLessThan(1000);
});

test("a refused kind is recorded as forbidden and nothing else is lost", async () => {
  onDeployments((_seen, response) => {
    sendStatus(response, 403, 'deployments.apps is forbidden: User "dev" cannot list resource "deployments"');
    return true;
  });
  const snapshot = await look(api);
  expect(extentOf(snapshot, "Deployment")).toBe("forbidden");
  expect(snapshot.answers.find((answer) => answer.state === "forbidden")).toMatchObject({
    want: { type: "list", kind: "Deployment" },
    message: expect.stringContaining("cannot list"),
  });
  expect(snapshot.objects.has("Pod/shop/a")).toBe(true);
  expect(deployments()).toHaveLength(1);
});

test("an answer larger than is allowed is refused, not swallowed", async () => {
  onDeployments((_seen, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(2 ** 20, 32);
    const pour = (): void => {
      while (response.writable && !response.destroyed && response.write(chunk));
    };
    response.on("drain", pour).on("error", () => undefined);
    pour();
    return true;
  });
  const snapshot = await look(api);
  expect(answerTo(snapshot, "Deployment")).toBe("over-budget");
}, 20_000);
