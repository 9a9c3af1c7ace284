import { describe, expect, it } from "vitest";
import { parseTarget } from "./target";

describe("a target", () => {
  it.each([
    [[], { kind: null, name: null }],
    [["trade-api"], { kind: null, name: "trade-api" }],
    [["pod/trade-api-1"], { kind: "Pod", name: "trade-api-1" }],
    [["po", "trade-api-1"], { kind: "Pod", name: "trade-api-1" }],
    [["deployments.apps/trade-api"], { kind: "Deployment", name: "trade-api" }],
    [["Deployment/trade-api"], { kind: "Deployment", name: "trade-api" }],
    [["sts", "db"], { kind: "StatefulSet", name: "db" }],
    [["ds/agent"], { kind: "DaemonSet", name: "agent" }],
    [["rs/trade-api-6d4f"], { kind: "ReplicaSet", name: "trade-api-6d4f" }],
    [["cj/report"], { kind: "CronJob", name: "report" }],
    [["no/worker-1"], { kind: "Node", name: "worker-1" }],
    [["jobs"], { kind: "Job", name: null }],
  ])("of %j is %j, as kubectl reads it", (names, target) => {
    expect(parseTarget(names)).toEqual(target);
  });

  it.each([
    [["pod/a", "pod/b"], "one target at a time: pod/a pod/b"],
    [["a", "b", "c"], "one target at a time: a b c"],
    [["configmap/a"], "unloop does not diagnose configmap"],
    [["svc", "a"], "unloop does not diagnose svc"],
    [["pod/"], "pod/ is no TYPE/NAME, no TYPE NAME and no NAME"],
    [["pod/../secrets"], "pod/../secrets is no TYPE/NAME, no TYPE NAME and no NAME"],
    [["Pod/UPPER"], "Pod/UPPER is no TYPE/NAME, no TYPE NAME and no NAME"],
  ])("of %j is refused with a sentence", (names, sentence) => {
    expect(() => parseTarget(names)).toThrow(sentence);
  });
});
