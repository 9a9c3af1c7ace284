import { describe, expect, test } from "vitest";
import type { Node, Pod, PodSpec } from "../model/kubernetes";
import { fitNode } from "./node-fit";
import { pinnedNode, tolerates } from "./node-match";
import { podRequests } from "./requests";

const node = (name: string, labels: Record<string, string> = {}, more: Partial<Node["spec"] & object> = {}): Node => ({
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
  spec: more,
  status: { allocatable: { cpu: "2", memory: "4Gi", pods: "110" } },
});
const pod = (name: string, spec: PodSpec, labels: Record<string, string> = { app: "till" }): Pod => ({
  kind: "Pod",
  metadata: { name, namespace: "shop", labels },
  spec,
});
const fit = (spec: PodSpec, nodes: Node[], pods: Pod[] = []) =>
  nodes.map((one) => fitNode(pod("till-1", spec), one, { nodes, pods, allPods: true }).obstacles.map((o) => o.predicate));
const cpu = (amount: string): PodSpec => ({ containers: [{ name: "till", resources: { requests: { cpu: amount } } }] });

describe("a node", () => {
  test("that is empty and open takes the pod", () => expect(fit(cpu("500m"), [node("a")])).toEqual([[]]));
  test("that is too small can never take it", () => {
    const { obstacles } = fitNode(pod("till-1", cpu("48")), node("a"), { nodes: [], pods: [], allPods: true });
    expect(obstacles).toEqual([{ predicate: "resource", resource: "cpu", requested: 48, available: 2, ever: false }]);
  });
  test("that is full could take it later", () => {
    const other = pod("other", { nodeName: "a", ...cpu("1800m") });
    const { obstacles } = fitNode(pod("till-1", cpu("500m")), node("a"), { nodes: [], pods: [other], allPods: true });
    expect(obstacles).toMatchObject([{ resource: "cpu", ever: true }]);
  });
  test("has room again when a pod has finished", () => {
    const other: Pod = { ...pod("other", { nodeName: "a", ...cpu("1800m") }), status: { phase: "Succeeded" } };
    expect(fit(cpu("500m"), [node("a")], [other])).toEqual([[]]);
  });
  test("of which no amounts are known is not called too small", () => {
    const bare: Node = { kind: "Node", metadata: { name: "a" } };
    expect(fit(cpu("48"), [bare])).toEqual([[]]);
  });
  test("that is cordoned has one obstacle, not its taint too", () => {
    const closed = node("a", {}, { unschedulable: true, taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] });
    expect(fit(cpu("1"), [closed])).toEqual([["unschedulable"]]);
  });
  test("with PreferNoSchedule is open", () => expect(fit(cpu("1"), [node("a", {}, { taints: [{ key: "x", effect: "PreferNoSchedule" }] })])).toEqual([[]]));
  test("without the label of the selector says which one is missing", () => {
    const { obstacles } = fitNode(pod("till-1", { nodeSelector: { disktype: "ssd" } }), node("a", { disk: "ssd" }), { nodes: [], pods: [], allPods: true });
    expect(obstacles).toEqual([{ predicate: "node-selector", labels: [{ key: "disktype", wanted: "ssd", has: null }] }]);
  });
  test("whose port is taken refuses the same port only for the same protocol", () => {
    const taken = pod("other", { nodeName: "a", containers: [{ name: "o", ports: [{ hostPort: 53, protocol: "UDP" }] }] });
    const wants = (protocol: string): PodSpec => ({ containers: [{ name: "till", ports: [{ hostPort: 53, protocol }] }] });
    expect(fit(wants("UDP"), [node("a")], [taken])).toEqual([["host-port"]]);
    expect(fit(wants("TCP"), [node("a")], [taken])).toEqual([[]]);
  });
});

describe("rules between pods", () => {
  const apart: PodSpec = {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "till" } } }],
      },
    },
  };
  const near: PodSpec = {
    affinity: {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone", labelSelector: { matchLabels: { app: "till" } } }] },
    },
  };
  test("anti-affinity closes the nodes that hold a replica", () => {
    expect(fit(apart, [node("a"), node("b")], [pod("till-0", { nodeName: "a" })])).toEqual([["pod-affinity"], []]);
  });
  test("anti-affinity of a running pod counts too", () => {
    expect(fit({}, [node("a")], [pod("till-0", { nodeName: "a", ...apart })])).toEqual([["pod-affinity"]]);
  });
  test("affinity to itself lets the first replica go anywhere, but not to a node without the label", () => {
    expect(fit(near, [node("a", { zone: "z1" }), node("b")])).toEqual([[], ["pod-affinity"]]);
  });
  test("spread allows a skew of one and no more", () => {
    const spread: PodSpec = {
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: { app: "till" } } }],
    };
    const nodes = [node("a", { zone: "z1" }), node("b", { zone: "z2" })];
    expect(fit(spread, nodes, [pod("till-0", { nodeName: "a" })])).toEqual([["topology-spread"], []]);
    expect(fit({ ...spread, topologySpreadConstraints: [{ ...spread.topologySpreadConstraints![0]!, whenUnsatisfiable: "ScheduleAnyway" }] }, nodes)).toEqual([
      [],
      [],
    ]);
  });
});

describe("a pod", () => {
  test("asks for its largest init container or the sum of the rest, sidecars added to both", () => {
    const spec: PodSpec = {
      initContainers: [
        { name: "proxy", restartPolicy: "Always", resources: { requests: { cpu: "100m" } } },
        { name: "fetch", resources: { requests: { cpu: "2" } } },
      ],
      containers: [{ name: "till", resources: { limits: { cpu: "500m" } } }],
    };
    expect(podRequests(spec)["cpu"]).toBeCloseTo(2.1);
  });
  test("of a DaemonSet is pinned to one node", () => {
    const pinned: PodSpec = {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["a"] }] }],
          },
        },
      },
    };
    expect(pinnedNode(pinned)).toBe("a");
    expect(fit(pinned, [node("a"), node("b")])).toEqual([[], ["node-affinity"]]);
  });
  test("tolerates by key, value and effect", () => {
    const taint = { key: "pool", value: "db", effect: "NoSchedule" };
    expect(tolerates({ operator: "Exists" }, taint)).toBe(true);
    expect(tolerates({ key: "pool", operator: "Exists", effect: "NoExecute" }, taint)).toBe(false);
    expect(tolerates({ key: "pool", value: "web" }, taint)).toBe(false);
    expect(tolerates({ key: "pool", value: "db" }, taint)).toBe(true);
  });
});
