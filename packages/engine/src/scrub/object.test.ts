import { describe, expect, test } from "vitest";
import { admitObject } from "./index";

const admitted = (object: object): Record<string, never> => admitObject(object as never).object as never;
const pod = (container: object, more: object = {}): object => ({
  kind: "Pod",
  metadata: { name: "api" },
  spec: { containers: [{ name: "api", ...container }] },
  ...more,
});

describe("a Secret", () => {
  const metadata = {
    name: "db",
    annotations: { note: "hunter22" },
    managedFields: [
      {
        manager: "kubectl",
        operation: "Update",
        time: "2026-03-01T10:00:00Z",
        fieldsType: "FieldsV1",
        fieldsV1: { "f:data": { ".": {}, "f:user": {}, "f:password": {} }, "f:type": {} },
      },
    ],
  };
  test("enters without values and annotations, with the names of its keys", () => {
    const { object, keys } = admitObject({ kind: "Secret", metadata, type: "Opaque", data: { b: "aHVudGVyMjI=" }, stringData: { a: "hunter22" } } as never);
    expect(keys).toEqual(["a", "b"]);
    expect(JSON.stringify(object)).not.toMatch(/hunter22|aHVudGVyMjI|annotations|fieldsV1/);
  });
  test("of which only metadata was seen tells its keys by its managed fields", () => {
    expect(admitObject({ kind: "Secret", metadata })).toEqual({
      object: { kind: "Secret", metadata: { name: "db", managedFields: [{ manager: "kubectl", operation: "Update", time: "2026-03-01T10:00:00Z" }] } },
      keys: ["password", "user"],
    });
    expect(admitObject({ kind: "Secret", metadata: { name: "db" } }).keys).toBeUndefined();
  });
  test("inside a list or another object is no exception", () => {
    const secret = { kind: "Secret", metadata: { name: "db" }, data: { a: "aHVudGVyMjI=" } };
    expect(JSON.stringify(admitted({ kind: "List", items: [secret], metadata: {} }))).not.toContain("aHVudGVyMjI");
    expect(JSON.stringify(admitted({ kind: "Template", metadata: {}, objects: [secret] }))).not.toContain("aHVudGVyMjI");
  });
});

describe("any object", () => {
  test("loses copies of what was applied, wherever they stand, and the paths of managed fields", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", team: "shop" };
    const out = admitted({
      kind: "Deployment",
      metadata: { annotations, managedFields: [{ manager: "m", operation: "Apply", time: "t", subresource: "status", fieldsV1: {} }] },
      spec: { template: { metadata: { annotations } } },
    });
    expect(out).toEqual({
      kind: "Deployment",
      metadata: { annotations: { team: "shop" }, managedFields: [{ manager: "m", operation: "Apply", time: "t", subresource: "status" }] },
      spec: { template: { metadata: { annotations: { team: "shop" } } } },
    });
  });
  test("without a secret comes back as it is, uncopied", () => {
    const object = pod({
      image: "shop/api:1.4.2",
      env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
      args: ["--port", "8080"],
    });
    expect(admitObject(object as never).object).toBe(object);
  });
  test("keeps its own unchanged when something is masked", () => {
    const object = pod({ env: [{ name: "DB_PASSWORD", value: "hunter22" }] });
    const before = JSON.stringify(object);
    expect(JSON.stringify(admitted(object))).toContain('"value":"«password»"');
    expect(JSON.stringify(object)).toBe(before);
  });
  test("is masked by key and by content in environment, arguments, annotations, messages", () => {
    const out = JSON.stringify(
      admitted(
        pod(
          {
            command: ["redis-cli"],
            args: ["-a", "hunter22", "--tls-key-password", "other44x"],
            env: [{ name: "URL", value: "amqp://app:third66z@rabbit/x" }],
            livenessProbe: { exec: { command: ["mysqladmin", "-pfourth88q", "ping"] } },
          },
          { status: { containerStatuses: [{ lastState: { terminated: { message: 'could not translate host name "tail22@db" to address' } } }] } },
        ),
      ),
    );
    expect(out).not.toMatch(/hunter22|other44x|third66z|fourth88q|tail22/);
    expect(out).toContain("amqp://app:«password»@rabbit/x");
  });
  test("hides a value everywhere that one of its fields gave away", () => {
    const out = JSON.stringify(admitted({ ...pod({ env: [{ name: "DB_PASSWORD", value: "Zx8Kq2LmW4" }] }), status: { message: "login Zx8Kq2LmW4 refused" } }));
    expect(out).not.toContain("Zx8Kq2LmW4");
  });
  test("that nests without end is cut", () => {
    let deep: object = { leaf: "x" };
    for (let i = 0; i < 50_000; i++) deep = { deep };
    expect(() => admitted({ kind: "Odd", metadata: {}, spec: deep })).not.toThrow();
  });
});

describe("a ConfigMap", () => {
  test("tells its keys and keeps its values scrubbed and bounded", () => {
    const { object, keys } = admitObject({
      kind: "ConfigMap",
      metadata: { name: "api" },
      data: { "app.conf": "host=db\npassword=hunter22\n", password: "hunter22\n", big: "x".repeat(900_000) },
      binaryData: { logo: "AAAA" },
    } as never);
    expect(keys).toEqual(["app.conf", "big", "logo", "password"]);
    expect(object).toMatchObject({ data: { "app.conf": "host=db\npassword=«password»\n", password: "«password»" } });
    expect(JSON.stringify(object).length).toBeLessThan(300_000);
    expect(object).not.toHaveProperty("binaryData");
  });
});
