import { afterEach, beforeEach, expect, test } from "vitest";
import type { Snapshot, Want } from "@unloop/engine/model/snapshot";
import { type FakeApi, startFakeApi } from "./fake-api";
import { look, pod, wanting } from "./look";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
  api.objects = [pod("a")];
});
afterEach(() => api.close());
const wantLog = (instance: "current" | "previous"): (() => Want[]) =>
  wanting({ type: "log", namespace: "shop", pod: "a", container: "app", instance, run: "crashed" });
const stateOf = (snapshot: Snapshot): unknown => snapshot.answers.find((answer) => answer.want.type === "log");

test("the instance that is wanted is fetched, by its end", async () => {
  api.logs.set("shop/a/app", "current\n");
  api.logs.set("shop/a/app/previous", "previous\n");
  const current = await look(api, { wants: wantLog("current") });
  const previous = await look(api, { wants: wantLog("previous") });
  expect(current.logs).toMatchObject([{ namespace: "shop", pod: "a", container: "app", instance: "current", run: "crashed", text: "current\n", cut: "none" }]);
  expect(previous.logs).toMatchObject([{ instance: "previous", text: "previous\n" }]);
  const asked = api.requests.filter((request) => request.path.endsWith("/log"));
  expect(asked.every((request) => request.query.get("tailLines") === "2000" && !request.query.has("limitBytes"))).toBe(true);
});

test("the kubelet's own error inside a 200 is no log of the application", async () => {
  for (const text of [
    "unable to retrieve container logs for containerd://0123456789abcdef",
    'failed to try resolving symlinks in path "/var/log/pods/x/0.log": lstat /var/log/pods/x: no such file or directory',
    'failed to open log file "/var/log/pods/x/0.log": open /var/log/pods/x/0.log: no such file or directory',
  ]) {
    api.logs.set("shop/a/app", text);
    const snapshot = await look(api, { wants: wantLog("current") });
    expect(snapshot.logs).toEqual([]);
    expect(stateOf(snapshot)).toMatchObject({ state: "gone" });
  }
});

test("an application that prints such words among others keeps its log", async () => {
  api.logs.set("shop/a/app", "starting\nfailed to open log file /data/app.log\n");
  const snapshot = await look(api, { wants: wantLog("current") });
  expect(snapshot.logs).toHaveLength(1);
});

test("a container that never ran has no log, one whose run is lost has it no more", async () => {
  const texts: [string, string][] = [
    ['previous terminated container "app" in pod "a" not found', "absent"],
    ['container "app" in pod "a" is waiting to start: CreateContainerConfigError', "absent"],
    ['container "app" in pod "a" is waiting to start: trying and failing to pull image', "absent"],
    ['container "app" in pod "a" is terminated', "gone"],
    ['container "app" in pod "a" is not available', "gone"],
    ["container nope is not valid for pod a", "cannot"],
  ];
  for (const [text, state] of texts) {
    api.logs.set("shop/a/app", { status: 400, text });
    const snapshot = await look(api, { wants: wantLog("current") });
    expect(stateOf(snapshot), text).toMatchObject({ state, message: text });
  }
});

test("a node that can not be reached is told with its own words", async () => {
  const text = 'Get "https://10.0.0.7:10250/containerLogs/shop/a/app": dial tcp 10.0.0.7:10250: connect: connection refused';
  api.logs.set("shop/a/app", { status: 500, text });
  const snapshot = await look(api, { wants: wantLog("current") });
  expect(stateOf(snapshot)).toMatchObject({ state: "cannot", message: text });
  expect(api.requests.filter((request) => request.path.endsWith("/log")).length).toBeLessThanOrEqual(2);
});

test("of a long log the end is kept, whole lines only", async () => {
  api.logs.set("shop/a/app", `${Array.from({ length: 1900 }, (_, i) => `line ${i} ${"x".repeat(200)}`).join("\n")}\nthe end\n`);
  const snapshot = await look(api, { wants: wantLog("current"), budgets: { logBytes: 20_000 } });
  const [log] = snapshot.logs;
  expect(log!.cut).toBe("bytes");
  expect(log!.text.endsWith("the end\n")).toBe(true);
  expect(log!.text.startsWith("line ")).toBe(true);
  expect(log!.text.length).toBeLessThanOrEqual(20_000);
});

test("a log that has more lines than were asked for says that its head is missing", async () => {
  api.logs.set("shop/a/app", "line\n".repeat(5000));
  const snapshot = await look(api, { wants: wantLog("current") });
  expect(snapshot.logs[0]).toMatchObject({ cut: "head" });
});

test("a log that does not end is given up and asked for again by fewer lines", async () => {
  const asked: (string | null)[] = [];
  api.intercept = (seen, response) => {
    if (!seen.path.endsWith("/log")) return false;
    asked.push(seen.query.get("tailLines"));
    if (asked.length > 1) response.end("the end\n");
    else {
      const chunk = Buffer.from(`${"x".repeat(1023)}\n`.repeat(256));
      const pour = (): void => {
        while (response.writable && !response.destroyed && response.write(chunk));
      };
      response.on("drain", pour).on("error", () => undefined);
      pour();
    }
    return true;
  };
  const snapshot = await look(api, { wants: wantLog("current") });
  expect(asked).toEqual(["2000", "200"]);
  expect(snapshot.logs[0]!.text).toBe("the end\n");
});

test("secrets in a log are masked at the door", async () => {
  api.logs.set("shop/a/app", "connecting to postgres://app:hunter2secret@db:5432/shop\n");
  const snapshot = await look(api, { wants: wantLog("current") });
  expect(snapshot.logs[0]!.text).not.toContain("hunter2secret");
  expect(snapshot.logs[0]!.leaked.length).toBeGreaterThan(0);
});
