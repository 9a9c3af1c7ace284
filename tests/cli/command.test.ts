/** The built command as a process: exit codes, streams, signals. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { type Socket, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const command = fileURLToPath(new URL("../../packages/cli/dist/unloop.cjs", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../../packages/cli/package.json", import.meta.url), "utf8")) as { version: string };

interface Ended {
  code: number | null;
  out: string;
  err: string;
}
function unloop(
  args: string[],
  { input = "", env = {}, path = command }: { input?: string | Uint8Array; env?: Record<string, string>; path?: string } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path, ...args], { env: { PATH: process.env["PATH"], HOME: folder, ...env } });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

const pods = `$ kubectl get pods -n shop
NAME                    READY   STATUS             RESTARTS        AGE
web-5d9c6f7b8d-x2x4q    1/1     Running            0               5d
web-5d9c6f7b8d-z9z8p    1/1     Running            0               5d
`;
const crashLog = "node:net:1555\nError: connect ECONNREFUSED 10.0.0.7:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)\n";

let folder = "";
beforeAll(() => {
  expect(existsSync(command), "npm run build makes the command").toBe(true);
  folder = mkdtempSync(join(tmpdir(), "unloop-command-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("exit codes and streams", () => {
  it("prints its version and ends with 0", async () => {
    expect(await unloop(["--version"])).toEqual({ code: 0, out: `unloop ${version}\n`, err: "" });
  });

  it("prints help with examples and exit codes, and calls itself as it was called", async () => {
    const { code, out } = await unloop(["--help"]);
    expect(code).toBe(0);
    expect(out).toContain("kubectl describe pod api-1 | unloop -");
    expect(out).toContain("Exit codes: 0 nothing fails");
    const plugin = join(folder, "kubectl-unloop");
    symlinkSync(command, plugin);
    expect((await unloop(["--help"], { path: plugin })).out).toContain("kubectl unloop deploy/trade-api -n trading");
  });

  it("ends with 0 where nothing fails, and says what was looked at", async () => {
    const { code, out, err } = await unloop(["-"], { input: pods });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("nothing is crash-looping: 2 pods");
  });

  it("ends with 1 where something fails", async () => {
    const { code, out } = await unloop(["-", "--exit-code", "1"], { input: crashLog });
    expect(code).toBe(1);
    expect(out).toContain("ECONNREFUSED");
  });

  it.each([
    [["--no-such-flag"], "unknown option '--no-such-flag'"],
    [["-n"], "option '-n, --namespace <name>' argument missing"],
    [["-n", "a", "-A"], "-n and -A can not be used together"],
    [["configmap/a"], "unloop does not diagnose configmap"],
    [["-o", "xml", "-"], "--output does not understand xml"],
    [["--since", "yesterday"], "--since does not understand yesterday"],
    [["explain", "nothing-known"], "unloop has no page about nothing-known"],
    [["demo", "no-such-demo"], "there is no demo no-such-demo"],
    [["--from", "/no/such/file"], "/no/such/file"],
  ])("ends with 2 and a sentence for %j", async (args, sentence) => {
    const { code, out, err } = await unloop(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^unloop: .*\n {2}.*\n$/);
    expect(err).toContain(sentence);
  });

  it.each([
    ["nothing", ""],
    ["zeros", new Uint8Array(1000)],
    ["a picture", Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256)],
  ])("ends with 3 and a sentence where the input is %s", async (_, input) => {
    const { code, out, err } = await unloop(["-"], { input });
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^unloop: .*\n {2}.*\n$/);
  });

  it("ends with 3 where there is no kubeconfig, and says how to go on without", async () => {
    const { code, out, err } = await unloop([], { env: { KUBECONFIG: join(folder, "none") } });
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^unloop: .*kubeconfig.*\n {2}.*\n$/);
  });

  it("ends with 2 where the context does not exist", async () => {
    const path = join(folder, "config");
    writeFileSync(
      path,
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "here", cluster: { server: "http://127.0.0.1:1" } }],
        contexts: [{ name: "here", context: { cluster: "here", user: "me" } }],
        users: [{ name: "me", user: {} }],
      }),
    );
    const { code, err } = await unloop(["--kubeconfig", path, "--context", "nowhere"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("no context nowhere") });
  });

  it("explains and demonstrates with exit code 0", async () => {
    expect(await unloop(["explain", "137"])).toMatchObject({ code: 0, out: expect.stringContaining("SIGKILL"), err: "" });
    expect(await unloop(["demo", "--list"])).toMatchObject({ code: 0, err: "" });
  });
});

describe("the code that is kept between runs", () => {
  const cache = (): string[] => {
    const place = join(folder, "cache-home/.cache/unloop");
    return existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : [];
  };
  const once = (home = join(folder, "cache-home")): Promise<Ended> => unloop(["-"], { input: pods, env: { HOME: home } });

  it("is written once, and a run is the same with it, without it, and where it is broken", async () => {
    mkdirSync(join(folder, "cache-home"));
    const first = await once();
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(await once()).toEqual(first);
    // Node 22.1 and later keep their own in a folder of their version.
    const files = cache().filter((path) => statSync(path).isFile());
    for (const path of files) writeFileSync(path, readFileSync(path).subarray(0, 5000));
    expect(await once()).toEqual(first);
    for (const path of files) writeFileSync(path, "nonsense");
    expect(await once()).toEqual(first);
    expect(cache().length).toBe(1);
  });

  it("is done without where the home does not exist, and none is made", async () => {
    const home = join(folder, "no-home");
    expect(await once(home)).toMatchObject({ code: 0, err: "" });
    expect(existsSync(home)).toBe(false);
  });
});

describe("a cluster that does not behave", () => {
  async function withServer(onConnection: (socket: Socket) => void, test: (kubeconfig: string) => Promise<void>): Promise<void> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const path = join(folder, `config-${port}`);
    writeFileSync(
      path,
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "test",
        clusters: [{ name: "test", cluster: { server: `http://127.0.0.1:${port}` } }],
        contexts: [{ name: "test", context: { cluster: "test", user: "test", namespace: "shop" } }],
        users: [{ name: "test", user: {} }],
      }),
    );
    try {
      await test(path);
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }

  it("by never answering ends with 3 after the timeout that was asked for", async () => {
    await withServer(
      () => {},
      async (kubeconfig) => {
        const began = Date.now();
        const { code, out, err } = await unloop(["--kubeconfig", kubeconfig, "--timeout", "1s"]);
        expect({ code, out }).toEqual({ code: 3, out: "" });
        expect(err).toMatch(/^unloop: .*\n {2}.*\n$/);
        expect(Date.now() - began).toBeLessThan(5000);
      },
    );
  });

  it("by cutting every connection ends with 3 and a sentence", async () => {
    await withServer(
      (socket) => socket.destroy(),
      async (kubeconfig) => {
        const { code, err } = await unloop(["--kubeconfig", kubeconfig, "--timeout", "5s"]);
        expect(code).toBe(3);
        expect(err).toMatch(/^unloop: .*\n {2}.*\n$/);
      },
    );
  });

  it("is left at once on Ctrl-C, with exit code 130 and nothing printed", async () => {
    await withServer(
      () => {},
      async (kubeconfig) => {
        const child = spawn(process.execPath, [command, "--kubeconfig", kubeconfig], { stdio: "pipe" });
        let printed = "";
        for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
        setTimeout(() => child.kill("SIGINT"), 1000);
        const code = await new Promise((resolve) => child.on("close", resolve));
        expect({ code, printed }).toEqual({ code: 130, printed: "" });
      },
    );
  });
});

describe("output", () => {
  it("is one JSON Report, also as YAML", async () => {
    const { parse } = await import("yaml");
    const [json, yaml] = await Promise.all(
      ["json", "yaml"].map((format) => unloop(["diagnose", "--from", "-", "--exit-code", "1", "-o", format], { input: crashLog })),
    );
    expect(JSON.parse(json!.out)).toMatchObject({ schemaVersion: "1" });
    expect(parse(yaml!.out)).toEqual(JSON.parse(json!.out));
  });

  it("has no colours in a pipe, and none that the input smuggled in", async () => {
    const { out } = await unloop(["-", "--exit-code", "1"], { input: `\u001b[31m${crashLog}\u001b]0;title\u0007` });
    expect(out.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  it("ends quietly where the reader closes the pipe", async () => {
    const child = spawn("sh", ["-c", `"${process.execPath}" "${command}" --help | head -n 1`], { stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    await new Promise((resolve) => child.on("close", resolve));
    expect(out).toMatch(/^Usage: unloop/);
    expect(err).toBe("");
  });
});

describe("a capture", () => {
  it("is read again and gives the same Report", async () => {
    const path = join(folder, "capture.json");
    const written = await unloop(["capture", "-", "--exit-code", "1", "-o", path], { input: crashLog });
    expect(written).toMatchObject({ code: 0, out: "", err: `wrote ${path}; read it with: unloop --from ${path}\n` });
    const [first, again] = await Promise.all([unloop(["-", "--exit-code", "1", "-o", "json"], { input: crashLog }), unloop(["--from", path, "-o", "json"])]);
    expect(again.code).toBe(1);
    expect((JSON.parse(again.out) as { incidents: unknown }).incidents).toEqual((JSON.parse(first.out) as { incidents: unknown }).incidents);
  });

  it("that is cut short ends with 3 and a sentence", async () => {
    const path = join(folder, "whole.json");
    await unloop(["capture", "-", "-q", "-o", path], { input: pods });
    const cut = join(folder, "cut.json");
    writeFileSync(cut, readFileSync(path, "utf8").slice(0, -40));
    const { code, err } = await unloop(["--from", cut]);
    expect(code).toBe(3);
    expect(err).toMatch(/^unloop: .*\n {2}.*\n$/);
  });
});
