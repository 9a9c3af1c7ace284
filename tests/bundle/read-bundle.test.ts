import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterAll, describe, expect, it } from "vitest";
import { encodeCapture, readBundle } from "@unloop/sources/bundle";
import { SourceError } from "../../packages/sources/src/error";
import type { Snapshot } from "@unloop/engine/model/snapshot";

const folder = mkdtempSync(join(tmpdir(), "unloop-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pod = {
  metadata: { name: "kiosk-0", namespace: "fair", uid: "1" },
  spec: { nodeName: "n1", containers: [{ name: "kiosk", image: "kiosk:1", env: [{ name: "DB_PASSWORD", value: "s3cr3t-Wert-91" }] }] },
  status: {
    phase: "Running",
    containerStatuses: [
      {
        name: "kiosk",
        ready: false,
        restartCount: 4,
        state: { waiting: { reason: "CrashLoopBackOff" } },
        lastState: { terminated: { exitCode: 3, reason: "Error", finishedAt: "2026-05-02T08:00:00Z" } },
      },
    ],
  },
};
const log =
  "==== START logs for container kiosk of pod fair/kiosk-0 ====\nopening the till\nKeyError: 'TILL_PORT'\n==== END logs for container kiosk of pod fair/kiosk-0 ====\n";
const files: Record<string, string> = {
  "nodes.json": JSON.stringify({ kind: "NodeList", items: [{ metadata: { name: "n1" }, status: { nodeInfo: { kubeletVersion: "v1.33.1" } } }] }),
  "fair/pods.json": JSON.stringify({ kind: "PodList", apiVersion: "v1", items: [pod] }, null, 4),
  "fair/services.json": JSON.stringify({ kind: "ServiceList", apiVersion: "v1", items: [] }),
  "fair/kiosk-0/logs.txt": log,
  "fair/notes.txt": "of no interest",
};

interface Entry {
  name: string;
  text?: string;
  type?: "file" | "symlink" | "link" | "directory" | "fifo";
  linkname?: string;
}
async function archive(name: string, entries: Entry[], options: { packed?: boolean } = {}): Promise<string> {
  const tar = pack();
  for (const { name: entry, text = "", type = "file", linkname } of entries)
    tar.entry({ name: entry, type, ...(linkname && { linkname }) }, type === "file" ? text : "");
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const path = join(folder, name);
  writeFileSync(path, options.packed === false ? bytes : gzipSync(bytes));
  return path;
}
async function refusal(reading: Promise<Snapshot>): Promise<SourceError> {
  const error = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  expect((error as SourceError).message).not.toMatch(/\?$|undefined/);
  return error as SourceError;
}
function expectDump(snapshot: Snapshot): void {
  expect([...snapshot.objects.keys()].sort()).toEqual(["Node//n1", "Pod/fair/kiosk-0"]);
  expect(snapshot.objects.get("Pod/fair/kiosk-0")).toMatchObject({ fidelity: "full", object: { kind: "Pod" } });
  expect(snapshot.takenAt).toBe("2026-05-02T08:00:00Z");
  expect(snapshot.source).toMatchObject({ kind: "bundle", serverVersion: "v1.33.1" });
  expect(snapshot.logs).toMatchObject([
    { pod: "kiosk-0", container: "kiosk", run: "crashed", instance: "current", text: "opening the till\nKeyError: 'TILL_PORT'" },
  ]);
  expect(snapshot.inventory).toEqual(
    expect.arrayContaining([
      { kind: "Pod", namespace: "fair", extent: "complete" },
      { kind: "Service", namespace: "fair", extent: "complete" },
      { kind: "Node", namespace: "*", extent: "complete" },
    ]),
  );
  expect(JSON.stringify([...snapshot.objects.values()])).not.toContain("s3cr3t-Wert-91");
}

describe("a dump of a cluster", () => {
  it("is read from a folder", async () => {
    const root = join(folder, "dump");
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(root, name, ".."), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    expectDump(await readBundle(root));
  });
  it("is read from a packed archive, with a folder around it or without", async () => {
    expectDump(
      await readBundle(
        await archive(
          "a.tar.gz",
          Object.entries(files).map(([name, text]) => ({ name, text })),
        ),
      ),
    );
    expectDump(
      await readBundle(
        await archive(
          "b.tgz",
          Object.entries(files).map(([name, text]) => ({ name: `./dump/${name}`, text })),
        ),
      ),
    );
    expectDump(
      await readBundle(
        await archive(
          "c.tar",
          Object.entries(files).map(([name, text]) => ({ name, text })),
          { packed: false },
        ),
      ),
    );
  });
  it("is read where GNU tar packed it", async () => {
    const path = join(folder, "gnu.tar.gz");
    execFileSync("tar", ["-czf", path, "-C", folder, "dump"]);
    expectDump(await readBundle(path));
  });
  it("is read as YAML", async () => {
    const yaml = "apiVersion: v1\nitems:\n- metadata:\n    name: kiosk-0\n    namespace: fair\n  status:\n    phase: Pending\nkind: PodList\n";
    const snapshot = await readBundle(await archive("yaml.tar.gz", [{ name: "fair/pods.yaml", text: yaml }]));
    expect(snapshot.objects.get("Pod/fair/kiosk-0")?.object).toMatchObject({ status: { phase: "Pending" } });
  });
  it("with a cut list says so, and proves no absence with it", async () => {
    const snapshot = await readBundle(await archive("cut.tar.gz", [{ name: "fair/pods.json", text: files["fair/pods.json"]!.slice(0, -40) }]));
    expect(snapshot.unread).toEqual(["fair/pods.json is cut or broken"]);
    expect(snapshot.inventory).toEqual([]);
  });
});

describe("a hostile archive", () => {
  const good = { name: "fair/pods.json", text: files["fair/pods.json"]! };
  it.each([
    ["a name that leads outside", [good, { name: "../../etc/cron.d/x", text: "x" }]],
    ["an absolute name", [good, { name: "/etc/passwd", text: "x" }]],
    ["a Windows path", [good, { name: "C:\\x\\y", text: "x" }]],
    ["a symbolic link", [good, { name: "fair/kiosk-0/logs.txt", type: "symlink", linkname: "/etc/shadow" }]],
    ["a hard link", [good, { name: "fair/x", type: "link", linkname: "fair/pods.json" }]],
    ["a named pipe", [good, { name: "fair/x", type: "fifo" }]],
    ["a name as long as a book", [good, { name: `${"x/".repeat(10)}${"y".repeat(3000)}`, text: "x" }]],
    ["folders without end", [good, { name: "d/".repeat(200), text: "" }]],
  ] satisfies [string, Entry[]][])("with %s is refused", async (_, entries) => {
    const error = await refusal(readBundle(await archive("hostile.tar.gz", entries)));
    expect(error).toMatchObject({ code: "archive-refused", exitCode: 3 });
  });
  it("with too many files is refused", async () => {
    const entries = Array.from({ length: 300 }, (_, i) => ({ name: `n${i}/x` }));
    expect(await refusal(readBundle(await archive("many.tar.gz", entries), { limits: { entries: 200 } }))).toMatchObject({ code: "archive-refused" });
  });
  it("that unpacks to far more than it is, is refused before it fills the memory", async () => {
    const path = await archive("bomb.tar.gz", [{ name: "fair/other.bin", text: "0".repeat(80_000_000) }]);
    expect(await refusal(readBundle(path))).toMatchObject({ code: "archive-refused" });
  });
  it("with one huge list is refused", async () => {
    expect(await refusal(readBundle(await archive("huge.tar.gz", [good]), { limits: { fileBytes: 100 } }))).toMatchObject({ code: "archive-refused" });
  });
});

describe("what is no bundle", () => {
  it("that is not there, is said", async () => {
    expect(await refusal(readBundle(join(folder, "nowhere")))).toMatchObject({ code: "file-not-found", exitCode: 2 });
  });
  it("but a cut archive, is said to be cut", async () => {
    const whole = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, i) => `line ${i * 7919}`).join("\n")));
    const path = join(folder, "half.tar.gz");
    writeFileSync(path, whole.subarray(0, whole.length >> 1));
    expect(await refusal(readBundle(path))).toMatchObject({ code: "archive-broken" });
  });
  it.each([
    ["an empty file", ""],
    ["noise", "\u0001\u0002\u0003nothing"],
    ["a gzip file of something else", gzipSync("hello")],
  ])("but %s, is a clear error", async (_, content) => {
    const path = join(folder, "odd.bin");
    writeFileSync(path, content);
    expect((await refusal(readBundle(path))).exitCode).toBe(3);
  });
  it("but a bundle of another tool, is named", async () => {
    const path = await archive("other.tar.gz", [{ name: "support-bundle-2026/cluster-resources/pods/default.json", text: "{}" }]);
    expect(await refusal(readBundle(path))).toMatchObject({ code: "bundle-unsupported", message: expect.stringContaining("support bundle") as string });
  });
  it("but a folder without a dump, is said to be empty", async () => {
    const root = join(folder, "empty");
    mkdirSync(root);
    symlinkSync("/etc", join(root, "link"));
    expect(await refusal(readBundle(root))).toMatchObject({ code: "bundle-empty" });
  });
});

describe("a capture", () => {
  it("comes back as it was, plain or packed", async () => {
    const snapshot = await readBundle(join(folder, "dump"));
    const text = encodeCapture(snapshot);
    for (const [name, content] of [
      ["x.json", text],
      ["x.json.gz", gzipSync(text)],
    ] as const) {
      writeFileSync(join(folder, name), content);
      const back = await readBundle(join(folder, name));
      expect(back.objects).toEqual(snapshot.objects);
      expect(back.logs).toEqual(snapshot.logs);
      expect(back.takenAt).toBe(snapshot.takenAt);
    }
  });
  it("that is cut, is said to be cut", async () => {
    const text = encodeCapture(await readBundle(join(folder, "dump")));
    writeFileSync(join(folder, "cut.json"), text.slice(0, text.length >> 1));
    expect(await refusal(readBundle(join(folder, "cut.json")))).toMatchObject({ code: "capture-broken" });
  });
});
