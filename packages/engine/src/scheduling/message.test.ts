import { describe, expect, test } from "vitest";
import { depth, parseSchedulerMessage } from "./message";

const read = (text: string) => parseSchedulerMessage(text)?.reasons.map((r) => [r.count, r.predicate, r.resource ?? r.taint?.key ?? r.rule ?? r.name ?? null]);

describe("the scheduler's message", () => {
  test("of 1.20 has commas inside a reason", () => {
    expect(read("0/4 nodes are available: 1 node(s) had taint {dedicated: db}, that the pod didn't tolerate, 3 Insufficient cpu.")).toEqual([
      [1, "taint", "dedicated"],
      [3, "resource", "cpu"],
    ]);
  });
  test("of 1.24 ends with what preemption could do", () => {
    const message = parseSchedulerMessage(
      "0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient memory. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
    );
    expect(message?.nodes).toBe(3);
    expect(message?.preemption).toEqual({ notHelpful: 1, noVictims: 2, never: false });
    expect(message?.reasons[0]?.taint).toEqual({ key: "node-role.kubernetes.io/control-plane" });
  });
  test("of 1.34 names no taint", () => {
    expect(read("0/3 nodes are available: 3 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/3 nodes are available")).toEqual([
      [3, "taint", null],
    ]);
  });
  test("of post-filters is not part of the last reason", () => {
    expect(
      read("0/9 nodes are available: 7 node(s) had untolerated taint(s), 2 Insufficient example.com/gpu. no new claims to deallocate, preemption: 0/9 …"),
    ).toEqual([
      [7, "taint", null],
      [2, "resource", "example.com/gpu"],
    ]);
    expect(read("0/9 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found")).toEqual([[null, "claim", null]]);
  });
  test("of one claim stands for all nodes", () => {
    expect(read('persistentvolumeclaim "orders-data" not found')).toEqual([[null, "claim", "orders-data"]]);
    expect(read('0/3 nodes are available: persistentvolumeclaim "orders-data" not found. preemption: 0/3 nodes are available: 3 Preemption …')).toEqual([
      [null, "claim", "orders-data"],
    ]);
    expect(read("pod has unbound immediate PersistentVolumeClaims (repeated 3 times)")).toEqual([[null, "claim", null]]);
  });
  test.each([
    ["1 node(s) had volume node affinity conflict", "volume-node"],
    ["1 node(s) didn't match PersistentVolume's node affinity", "volume-node"],
    ["1 node(s) didn't match Pod's node affinity/selector", "node-affinity"],
    ["1 node(s) didn't match node selector", "node-affinity"],
    ["1 node(s) didn't match pod anti-affinity rules", "pod-affinity"],
    ["1 node(s) didn't satisfy existing pods anti-affinity rules", "pod-affinity"],
    ["1 node(s) didn't match pod topology spread constraints (missing required label)", "topology-spread"],
    ["1 node(s) didn't find available persistent volumes to bind", "volume-binding"],
    ["1 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)", "volume-binding"],
    ["1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod", "volume-in-use"],
    ["1 node(s) didn't have free ports for the requested pod ports", "host-port"],
    ["1 node(s) were unschedulable", "unschedulable"],
    ["1 Too many pods", "resource"],
    ["1 PodToleratesNodeTaints", "taint"],
  ])("knows %s", (text, predicate) => {
    expect(parseSchedulerMessage(`0/1 nodes are available: ${text}.`)?.reasons[0]?.predicate).toBe(predicate);
  });
  test("of no nodes at all is one of its own", () => {
    expect(parseSchedulerMessage("no nodes available to schedule pods")).toEqual({ nodes: 0, reasons: [], preemption: null });
  });
  test("is not any other text", () => {
    expect(parseSchedulerMessage("Back-off restarting failed container api")).toBeNull();
  });
  test("puts late predicates nearer to a fit", () => {
    expect(depth("resource")).toBeGreaterThan(depth("node-affinity"));
    expect(depth("pod-affinity")).toBeGreaterThan(depth("resource"));
  });
});
