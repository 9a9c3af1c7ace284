import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { wants as engineWants } from "@unloop/engine/wants";
import { type FakeApi, sendStatus, startFakeApi } from "./fake-api";
import { answerTo, crashing, extentOf, look, pod, wanting } from "./look";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
  api.objects = [pod("a")];
});
afterEach(() => api.close());

describe("Secrets", () => {
  const planted = "c2VjcmV0LXZhbHVlLXBsYW50ZWQ=";
  const secret = {
    kind: "Secret",
    apiVersion: "v1",
    metadata: {
      name: "broker",
      namespace: "shop",
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": `{"data":{"password":"${planted}"}}` },
      managedFields: [{ manager: "kubectl", operation: "Update", time: "2026-03-01T10:00:00Z", fieldsV1: { "f:data": { ".": {}, "f:password": {} } } }],
    },
    data: { password: planted },
  };

  test("are listed by their metadata alone, whatever is asked for, and only when wanted", async () => {
    api.objects.push(secret);
    await look(api);
    expect(api.requests.filter((request) => request.path.includes("secrets"))).toHaveLength(0);
    const snapshot = await look(api, {
      wants: wanting({ type: "list", kind: "Secret", namespace: "shop", fidelity: "full" }, { type: "get", kind: "Secret", namespace: "shop", name: "broker" }),
    });
    const asked = api.requests.filter((request) => request.path.includes("secrets"));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((request) => /^application\/json;as=PartialObjectMetadata(List)?;g=meta\.k8s\.io;v=v1$/.test(String(request.headers.accept)))).toBe(
      true,
    );
    expect(snapshot.objects.get("Secret/shop/broker")).toMatchObject({ fidelity: "metadata", keys: ["password"] });
    expect(JSON.stringify([...snapshot.objects])).not.toContain(planted);
  });

  test("never enter, even where a server sends values to who asked for metadata", async () => {
    api.objects.push(secret);
    api.intercept = (seen) => {
      if (seen.path.includes("secrets")) seen.headers.accept = "application/json";
      return false;
    };
    const one = await look(api, { wants: wanting({ type: "get", kind: "Secret", namespace: "shop", name: "broker" }) });
    expect(answerTo(one, "Secret")).toBe("cannot");
    const all = await look(api, { wants: wanting({ type: "list", kind: "Secret", namespace: "shop", fidelity: "metadata" }) });
    for (const snapshot of [one, all]) expect(JSON.stringify([...snapshot.objects])).not.toContain(planted);
  });

  test("that may not be listed cost the suggestion and nothing else", async () => {
    api.intercept = (seen, response) => {
      if (!seen.path.includes("secrets")) return false;
      sendStatus(response, 403, "secrets is forbidden");
      return true;
    };
    const snapshot = await look(api, { wants: wanting({ type: "list", kind: "Secret", namespace: "shop", fidelity: "metadata" }) });
    expect(answerTo(snapshot, "Secret")).toBe("forbidden");
    expect(extentOf(snapshot, "Secret")).toBe("forbidden");
  });
});

describe("what is wanted", () => {
  test("is fetched once, side by side, and recorded as got or absent", async () => {
    api.objects.push({ kind: "ConfigMap", metadata: { name: "settings", namespace: "shop" }, data: { a: "1" } });
    const snapshot = await look(api, {
      wants: wanting(
        { type: "get", kind: "ConfigMap", namespace: "shop", name: "settings" },
        { type: "get", kind: "ConfigMap", namespace: "shop", name: "gone" },
        { type: "get", kind: "Comet", namespace: "shop", name: "x" },
      ),
    });
    expect(snapshot.objects.get("ConfigMap/shop/settings")).toMatchObject({ fidelity: "full", object: { data: { a: "1" } } });
    const states = snapshot.answers.flatMap((answer) => (answer.want.type === "get" ? [`${answer.want.name} ${answer.state}`] : []));
    expect(states).toEqual(["x cannot", "gone absent", "settings got"]);
    expect(api.requests.filter((request) => request.path.includes("configmaps"))).toHaveLength(2);
  });

  test("is not asked for where a complete listing has told it", async () => {
    api.objects.push({ kind: "Deployment", metadata: { name: "web", namespace: "shop" } });
    const snapshot = await look(api, {
      wants: wanting({ type: "get", kind: "Deployment", namespace: "shop", name: "web" }, { type: "get", kind: "Deployment", namespace: "shop", name: "gone" }),
    });
    expect(snapshot.answers.filter((answer) => answer.want.type === "get").map((answer) => answer.state)).toEqual(["absent", "got"]);
    expect(api.requests.filter((request) => /deployments\/./.test(request.path))).toHaveLength(0);
  });

  test("beyond the budget is said to be so, the least telling first", async () => {
    const wants = wanting(...[10, 90, 50].map((priority) => ({ type: "get" as const, kind: "ConfigMap", namespace: "shop", name: `p${priority}`, priority })));
    const snapshot = await look(api, { wants, budgets: { requests: 2 } });
    const states = Object.fromEntries(snapshot.answers.flatMap((answer) => (answer.want.type === "get" ? [[answer.want.name, answer.state]] : [])));
    expect(states).toEqual({ p90: "absent", p50: "absent", p10: "over-budget" });
  });

  test("for ever anew ends after the rounds that are allowed", async () => {
    let round = 0;
    const snapshot = await look(api, {
      budgets: { rounds: 3 },
      wants: () => (round++ < 50 ? wanting({ type: "get", kind: "ConfigMap", namespace: "shop", name: `c${round}` })() : []),
    });
    const states = Object.fromEntries(snapshot.answers.flatMap((answer) => (answer.want.type === "get" ? [[answer.want.name, answer.state]] : [])));
    expect(states).toEqual({ c1: "absent", c2: "absent", c3: "absent", c4: "over-budget" });
    expect(api.requests.filter((request) => request.path.includes("configmaps"))).toHaveLength(3);
  });

  test("is fetched with no more requests at the same time than is allowed", async () => {
    let running = 0;
    let most = 0;
    api.intercept = (seen, response) => {
      if (!seen.path.includes("configmaps")) return false;
      most = Math.max(most, ++running);
      setTimeout(() => {
        running--;
        sendStatus(response, 404, "not found");
      }, 20);
      return true;
    };
    await look(api, {
      budgets: { inFlight: 4 },
      wants: wanting(...Array.from({ length: 30 }, (_, i) => ({ type: "get" as const, kind: "ConfigMap", namespace: "shop", name: `c${i}` }))),
    });
    expect(most).toBe(4);
    expect(api.connections).toBeLessThanOrEqual(4);
  });
});

describe("events", () => {
  test("that every healthy start leaves behind are not transferred", async () => {
    for (const reason of ["Pulled", "Started", "Killing", "BackOff"])
      api.objects.push({ kind: "Event", metadata: { name: `a.${reason}`, namespace: "shop" }, reason });
    const snapshot = await look(api, { wants: wanting({ type: "list", kind: "Event", namespace: "shop", fidelity: "full" }) });
    expect([...snapshot.objects.keys()].filter((key) => key.startsWith("Event/"))).toEqual(["Event/shop/a.Killing", "Event/shop/a.BackOff"]);
  });
});

describe("when much of a cluster fails", () => {
  const everywhere = wanting(
    ...Array.from({ length: 20 }, (_, i) => [
      { type: "list" as const, kind: "Service", namespace: `team-${i}`, fidelity: "full" as const },
      { type: "get" as const, kind: "Pod", namespace: `team-${i}`, name: "api" },
    ]).flat(),
  );
  beforeEach(() => {
    api.objects = Array.from({ length: 20 }, (_, i) => [
      pod("api", { namespace: `team-${i}` }),
      { kind: "Service", metadata: { name: "api", namespace: `team-${i}` } },
    ]).flat();
  });

  test("one listing over all namespaces answers what all of them are asked", async () => {
    const snapshot = await look(api, { namespace: null, wants: everywhere });
    expect(api.requests.filter((request) => /services|pods/.test(request.path)).map((request) => request.path)).toEqual([
      "/api/v1/pods",
      "/api/v1/services",
      "/api/v1/pods",
    ]);
    expect(snapshot.answers.every((answer) => answer.state === "got")).toBe(true);
    expect(snapshot.objects.get("Pod/team-7/api")?.fidelity).toBe("full");
  });

  test("nothing is listed over all namespaces where only a part was looked at", async () => {
    for (const object of api.objects) object["spec"] = { nodeName: "n1" };
    api.objects.push({ kind: "Node", metadata: { name: "n1" } });
    await look(api, { namespace: null, wants: everywhere, focus: { kind: "Node", name: "n1", selector: null } });
    expect(api.requests.filter((request) => /^\/api\/v1\/(services|pods)$/.test(request.path)).map((request) => request.query.get("fieldSelector"))).toEqual([
      "spec.nodeName=n1",
    ]);
  });

  test("who may not list over all namespaces asks each", async () => {
    api.intercept = (seen, response) => {
      if (seen.path !== "/api/v1/services") return false;
      sendStatus(response, 403, "forbidden");
      return true;
    };
    const snapshot = await look(api, { namespace: null, wants: everywhere });
    expect(snapshot.objects.has("Service/team-7/api")).toBe(true);
    expect(snapshot.answers.every((answer) => answer.state === "got")).toBe(true);
  });
});

describe("the number of requests", () => {
  async function requestsFor(healthy: number, failing: number): Promise<number> {
    api.requests = [];
    api.objects = Array.from({ length: healthy }, (_, i) => pod(`web-${i}`, { namespace: `team-${i % 5}` }));
    for (let i = 0; i < failing; i++) {
      const name = `job${i}-7d9f8c6b5d-x2x4${"bcdfghjklm"[i % 10]}`;
      api.objects.push(crashing(name, { namespace: `team-${i % 5}`, labels: { app: `job${i}` } }));
      api.logs.set(`team-${i % 5}/${name}/app/previous`, "Error: cannot find module 'x'\n");
    }
    const snapshot = await look(api, { namespace: null, wants: engineWants });
    expect(snapshot.logs).toHaveLength(failing);
    return api.requests.length;
  }

  test("grows with what fails and hardly with what runs", async () => {
    const none = await requestsFor(400, 0);
    const few = await requestsFor(400, 3);
    const many = await requestsFor(400, 9);
    const manyInMany = await requestsFor(4000, 9);
    expect(none).toBeLessThanOrEqual(8);
    expect(many - none).toBeLessThanOrEqual(9 * 8);
    expect(many).toBeGreaterThan(few);
    expect(manyInMany - many).toBeLessThanOrEqual(4);
  });

  test("does not grow with the replicas of one fault", async () => {
    const workload = (replicas: number): number =>
      (api.objects = Array.from({ length: replicas }, (_, i) =>
        crashing(`api-7d9f8c6b5d-${"bcdfghjklm"[Math.floor(i / 10) % 10]}x2x${"bcdfghjklm"[i % 10]}`, { labels: { app: "api" } }),
      )).length;
    workload(5);
    await look(api, { namespace: null, wants: engineWants });
    const five = api.requests.length;
    api.requests = [];
    workload(100);
    await look(api, { namespace: null, wants: engineWants });
    expect(api.requests.length - five).toBeLessThanOrEqual(2);
  });
});

test("a pod caught running between two crashes is found by its row", async () => {
  const between = crashing("api-7d9f8c6b5d-x2x4b");
  between["cells"] = ["api-7d9f8c6b5d-x2x4b", "1/1", "Running", "7 (71s ago)", "20m"];
  api.objects = [between, pod("fine")];
  const snapshot = await look(api, { namespace: null, wants: engineWants });
  expect(snapshot.objects.get("Pod/shop/api-7d9f8c6b5d-x2x4b")?.fidelity).toBe("full");
  expect(snapshot.objects.get("Pod/shop/fine")?.fidelity).toBe("row");
});
