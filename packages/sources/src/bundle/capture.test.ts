import { describe, expect, it } from "vitest";
import { type Snapshot, objectKey } from "@unloop/engine/model/snapshot";
import { admit } from "@unloop/engine/scrub/index";
import { encodeCapture, isCapture, readCapture } from "./capture";

function snapshot(): Snapshot {
  const pod = {
    kind: "Pod",
    metadata: { name: "api-1", namespace: "shop" },
    spec: { containers: [{ name: "api", image: "registry.example/api:1" }] },
    status: { phase: "Running" },
  };
  return {
    takenAt: "2026-03-01T10:00:00Z",
    source: { kind: "cluster", name: "lab", serverVersion: "v1.34.4" },
    objects: new Map([
      [
        objectKey("Secret", "shop", "broker"),
        { object: { kind: "Secret", metadata: { name: "broker", namespace: "shop" } }, fidelity: "metadata", keys: ["api-key"] },
      ],
      [objectKey("Pod", "shop", "api-1"), { object: pod, fidelity: "full" }],
      [
        objectKey("Pod", "shop", "api-2"),
        { object: { kind: "Pod", metadata: { name: "api-2", namespace: "shop" } }, fidelity: "row", row: { NAME: "api-2", STATUS: "Running" } },
      ],
    ]),
    inventory: [{ kind: "Pod", namespace: "shop", extent: "complete" }],
    logs: [
      {
        namespace: "shop",
        pod: "api-1",
        container: "api",
        instance: "previous",
        run: "crashed",
        text: admit("fatal: no config").text,
        cut: "none",
        leaked: [{ kind: "password", line: 3 }],
      },
    ],
    answers: [
      {
        want: { type: "list", kind: "Event", namespace: "shop", fidelity: "full" },
        state: "forbidden",
        message: "no right",
        consequence: "events are not known",
      },
    ],
    unread: ["line 3"],
    focus: { namespace: "shop", kind: null, name: null, selector: null },
    hints: { exitCode: 1 },
  };
}

describe("a capture", () => {
  it("holds all that the Snapshot knows", () => {
    expect(readCapture(encodeCapture(snapshot()), "x.json")).toEqual(snapshot());
  });

  it("is the same bytes for the same Snapshot, in whatever order it was collected", () => {
    const other = snapshot();
    other.objects = new Map([...other.objects].reverse());
    expect(encodeCapture(other)).toBe(encodeCapture(snapshot()));
  });

  it("is known from its first bytes, also behind a byte order mark", () => {
    expect(isCapture(encodeCapture(snapshot()))).toBe(true);
    expect(isCapture(new TextEncoder().encode(`\uFEFF${encodeCapture(snapshot())}`))).toBe(true);
    expect(isCapture('{"kind":"List","items":[]}')).toBe(false);
  });

  it("answers another question where a focus is given", () => {
    const focus = { namespace: "shop", kind: "Pod", name: "api-1", selector: null };
    expect(readCapture(encodeCapture(snapshot()), "x.json", { focus }).focus).toEqual(focus);
  });

  it("masks secrets that somebody wrote into the file, and drops values of Secrets", () => {
    const secret = ["corr3ct", "horse"].join("-");
    const edited = encodeCapture(snapshot())
      .replace("fatal: no config", `connecting to postgres://app:${secret}@db/shop`)
      .replace('"kind":"Secret"', `"data":{"api-key":"${Buffer.from(secret).toString("base64")}"},"kind":"Secret"`);
    const read = readCapture(edited, "x.json");
    expect(encodeCapture(read)).not.toContain(secret);
    expect(encodeCapture(read)).not.toContain(Buffer.from(secret).toString("base64"));
  });

  it("that is cut, is something else, or holds nonsense is refused with its path", () => {
    const whole = encodeCapture(snapshot());
    const inputs = [whole.slice(0, -30), "", "[]", "null", '{"unloopCapture":1}', whole.replace('"fidelity":"full"', '"fidelity":"guess"')];
    for (const input of inputs)
      expect(() => readCapture(input, "x.json")).toThrow(expect.objectContaining({ code: "capture-broken", message: expect.stringContaining("x.json") }));
  });

  it("of a newer unloop is refused, and says so", () => {
    expect(() => readCapture('{"unloopCapture":99}', "x.json")).toThrow(expect.objectContaining({ code: "capture-newer", exitCode: 3 }));
  });
});
