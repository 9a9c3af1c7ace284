import { expect, it } from "vitest";
import type { KubernetesObject, Pod } from "@unloop/engine/model/kubernetes";
import { conform } from "./index";

const pod = (spec: unknown, more: object = {}): KubernetesObject => ({ kind: "Pod", metadata: { name: "a" }, spec, ...more }) as unknown as KubernetesObject;

it("a whole object stays as it is", () => {
  const whole = pod({
    containers: [{ name: "a", ports: [{ containerPort: 80 }], env: [{ name: "X", value: "1" }] }],
    tolerations: [{ operator: "Exists" }],
    volumes: [{ name: "v", emptyDir: { sizeLimit: "1Gi" } }],
  });
  expect(conform(whole, false)).toEqual(whole);
  expect(conform(whole, true)).toEqual(whole);
});

it("what is of another type, or an item without the name that it is known by, is left out", () => {
  const { spec, metadata } = conform(
    pod(
      { containers: [{ name: "a", env: { X: "1" } }, { image: "b" }, "c"], volumes: "none", nodeName: 7 },
      { metadata: { name: "a", ownerReferences: [{ name: "x" }], labels: { a: 1, b: ["c"] } } },
    ),
    false,
  ) as Pod;
  expect(spec).toEqual({ containers: [{ name: "a" }], nodeName: "7" });
  expect(metadata).toEqual({ name: "a", ownerReferences: [], labels: { a: "1" } });
});

it("fields that the model does not know are left out where that is asked for", () => {
  const odd = pod({ containers: [{ name: "a", secretThing: "x" }] }, { value: "y" });
  expect(JSON.stringify(conform(odd, true))).not.toMatch(/secretThing|value/);
  expect(conform(odd, false)).toEqual(odd);
});
