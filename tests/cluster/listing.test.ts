import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeApi, sendStatus, startFakeApi } from "./fake-api";
import { answerTo, extentOf, look, pod } from "./look";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api.close());
const podLists = () => api.requests.filter((request) => request.path.endsWith("/pods"));

test("all namespaces are listed as rows, page by page, and known completely", async () => {
  api.objects = Array.from({ length: 3200 }, (_, i) => pod(`p-${i}`, { namespace: `team-${i % 7}` }));
  const snapshot = await look(api, { namespace: null });
  expect(podLists().map((request) => request.query.get("continue"))).toEqual([null, "token-500", "token-1500", "token-2500"]);
  expect(podLists().every((request) => String(request.headers.accept).includes("as=Table"))).toBe(true);
  expect([...snapshot.objects.keys()].filter((key) => key.startsWith("Pod/"))).toHaveLength(3200);
  expect(snapshot.objects.get("Pod/team-1/p-1")).toMatchObject({ fidelity: "row", row: { NAME: "p-1", READY: "1/1", STATUS: "Running", RESTARTS: "0" } });
  expect(extentOf(snapshot, "Pod")).toBe("complete");
});

test("a small namespace is read in full with one request a kind", async () => {
  api.objects = [pod("a", { spec: { containers: [{ name: "app" }] } }), pod("b")];
  const snapshot = await look(api);
  expect(snapshot.objects.get("Pod/shop/a")).toMatchObject({
    fidelity: "full",
    object: { kind: "Pod", apiVersion: "v1", spec: { containers: [{ name: "app" }] } },
  });
  expect(podLists()).toHaveLength(1);
  expect(api.requests.length).toBeLessThanOrEqual(7);
});

test("of a large namespace only the first page is read in full", async () => {
  api.objects = Array.from({ length: 900 }, (_, i) => pod(`p-${String(i).padStart(4, "0")}`));
  const snapshot = await look(api);
  const fidelities = [...snapshot.objects.values()].map((seen) => seen.fidelity);
  expect(fidelities.filter((f) => f === "full")).toHaveLength(50);
  expect(fidelities.filter((f) => f === "row")).toHaveLength(850);
  expect(extentOf(snapshot, "Pod")).toBe("complete");
});

test("a continue token that has expired starts the listing again, from the cache and without pages", async () => {
  api.objects = Array.from({ length: 1200 }, (_, i) => pod(`p-${i}`));
  api.intercept = (seen, response) => {
    if (!seen.query.has("continue") || !seen.path.endsWith("/pods")) return false;
    sendStatus(response, 410, "The provided continue parameter is too old");
    return true;
  };
  const snapshot = await look(api, { namespace: null });
  expect(podLists().at(-1)?.query.get("resourceVersion")).toBe("0");
  expect(extentOf(snapshot, "Pod")).toBe("complete");
  expect(snapshot.objects.size).toBe(1200);
});

test("a server that repeats its page for ever is left", async () => {
  api.objects = Array.from({ length: 600 }, (_, i) => pod(`p-${i}`));
  api.intercept = (seen, response) => {
    if (!seen.path.endsWith("/deployments")) return false;
    response.end(JSON.stringify({ kind: "Table", metadata: { continue: "again" }, columnDefinitions: [], rows: [] }));
    return true;
  };
  const snapshot = await look(api, { namespace: null });
  expect(answerTo(snapshot, "Deployment")).toBe("cannot");
  expect(extentOf(snapshot, "Deployment")).toBe("partial");
});

test("a selector and a node narrow the pods and leave the inventory partial", async () => {
  api.objects = [pod("a", { labels: { app: "x" } }), pod("b", { labels: { app: "y" } })];
  const selected = await look(api, { focus: { kind: null, name: null, selector: "app=x" } });
  expect([...selected.objects.keys()]).toEqual(["Pod/shop/a"]);
  expect(extentOf(selected, "Pod")).toBe("partial");

  api.objects = [pod("a", { spec: { nodeName: "n1" } }), pod("b", { spec: { nodeName: "n2" } }), { kind: "Node", metadata: { name: "n1" } }];
  const onNode = await look(api, { namespace: null, focus: { kind: "Node", name: "n1", selector: null } });
  expect([...onNode.objects.keys()].sort()).toEqual(["Node//n1", "Pod/shop/a"]);
  expect(onNode.objects.get("Node//n1")?.fidelity).toBe("full");
});

test("a server that knows no Table is understood all the same", async () => {
  api.objects = [pod("a")];
  api.intercept = (seen) => {
    seen.headers.accept = "application/json";
    return false;
  };
  const snapshot = await look(api, { namespace: null });
  expect(snapshot.objects.get("Pod/shop/a")?.fidelity).toBe("full");
});

test("text of an application in a cell passes the door", async () => {
  api.objects = [pod("a", { cells: ["a", "0/1", "\u001b[31mboom token=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB", "0", "5m"] })];
  const snapshot = await look(api, { namespace: null });
  const cell = snapshot.objects.get("Pod/shop/a")!.row!["STATUS"]!;
  expect(cell).toContain("boom");
  expect(cell).not.toContain("\u001b");
  expect(cell).not.toContain("ghp_0123456789");
});

test("the clock is the server's and the version is told", async () => {
  api.intercept = (_seen, response) => {
    response.setHeader("date", "Sun, 01 Mar 2026 10:00:00 GMT");
    return false;
  };
  api.objects = [pod("a")];
  const snapshot = await look(api);
  expect(snapshot.takenAt).toBe("2026-03-01T10:00:00Z");
  expect(snapshot.source).toEqual({ kind: "cluster", name: "fake", serverVersion: "v1.34.2" });
});
