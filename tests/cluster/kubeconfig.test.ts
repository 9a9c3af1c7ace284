import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readKubeconfig } from "@unloop/sources/cluster";
import { inCluster } from "../../packages/sources/src/cluster/in-cluster";
import { credentialsOf } from "../../packages/sources/src/cluster/credentials";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unloop-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const work = `
apiVersion: v1
kind: Config
current-context: work
contexts: [{name: work, context: {cluster: main, user: me, namespace: shop}}, {name: bare, context: {cluster: main, user: ""}}, {name: broken, context: {cluster: none, user: me}}]
clusters: [{name: main, cluster: {server: "https://work.example:6443", certificate-authority: pki/ca.crt}}]
users: [{name: me, user: {tokenFile: secrets/token}}]
`;
const home = `
current-context: home
contexts: [{name: home, context: {cluster: house, user: me}}]
clusters: [{name: main, cluster: {server: "https://other.example"}}, {name: house, cluster: {server: "https://house.example", proxy-url: "http://proxy:3128", tls-server-name: kubernetes, insecure-skip-tls-verify: true}}]
users: [{name: me, user: {token: from-the-second-file}}]
`;

describe("the kubeconfig", () => {
  test("of several files is merged: the first that names something wins, missing files are skipped", () => {
    const env = { KUBECONFIG: [join(folder, "missing"), file("a/work", work), file("b/home", home)].join(":") };
    const access = readKubeconfig({ env });
    expect(access).toMatchObject({ context: "work", namespace: "shop", cluster: { server: "https://work.example:6443" } });
    const other = readKubeconfig({ env, context: "home" });
    expect(other).toMatchObject({
      namespace: "default",
      cluster: { server: "https://house.example", proxyUrl: "http://proxy:3128", tlsServerName: "kubernetes", skipTLSVerify: true },
    });
    expect(other.user?.token).toBeUndefined();
  });

  test("names paths relative to its own file", () => {
    const access = readKubeconfig({ kubeconfig: file("a/work", work), env: { KUBECONFIG: "/ignored" } });
    expect(access.cluster.caFile).toBe(join(folder, "a/pki/ca.crt"));
    expect(access.user?.tokenFile).toBe(join(folder, "a/secrets/token"));
  });

  test("is found at home where nothing else is said", () => {
    file(".kube/config", home);
    expect(readKubeconfig({ env: { HOME: folder } }).context).toBe("home");
  });

  test("may be JSON", () => {
    const path = file(
      "config.json",
      JSON.stringify({
        "current-context": "j",
        contexts: [{ name: "j", context: { cluster: "c", user: "" } }],
        clusters: [{ name: "c", cluster: { server: "https://j" } }],
      }),
    );
    expect(readKubeconfig({ kubeconfig: path })).toMatchObject({ context: "j", user: null });
  });

  test("that is no YAML is refused without quoting it", () => {
    const path = file("config", "users:\n- token: 'secret-token-value\n  x: [");
    expect(() => readKubeconfig({ kubeconfig: path })).toThrow(expect.objectContaining({ code: "kubeconfig-invalid", exitCode: 3 }));
    expect(() => readKubeconfig({ kubeconfig: path })).not.toThrow(/secret-token-value/);
  });

  test("whose context points to nothing, or that has no current context, is told", () => {
    expect(() => readKubeconfig({ kubeconfig: file("work", work), context: "broken" })).toThrow(/names a cluster none that is not there/);
    expect(() => readKubeconfig({ kubeconfig: file("none", work.replace("current-context: work", "")) })).toThrow(/no current-context/);
    expect(() => readKubeconfig({ kubeconfig: file("work", work), context: "typo" })).toThrow(expect.objectContaining({ code: "context-unknown" }));
  });

  test("gives way to the service account inside a pod", () => {
    file("sa/token", "sa-token\n");
    file("sa/namespace", "team-a");
    const env = { KUBERNETES_SERVICE_HOST: "fd00::1", KUBERNETES_SERVICE_PORT: "443" };
    expect(inCluster(env, join(folder, "sa"))).toMatchObject({
      context: "in-cluster",
      namespace: "team-a",
      cluster: { server: "https://[fd00::1]:443", caFile: join(folder, "sa/ca.crt") },
    });
    expect(inCluster({}, join(folder, "sa"))).toBeNull();
  });
});

describe("credentials", () => {
  const access = (user: object, cluster: object = {}) =>
    readKubeconfig({
      kubeconfig: file(
        "config",
        JSON.stringify({
          "current-context": "c",
          contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
          clusters: [{ name: "c", cluster: { server: "https://c.example", ...cluster } }],
          users: [{ name: "u", user }],
        }),
      ),
    });

  test("of a token, a token file, a name and a certificate", async () => {
    expect((await credentialsOf(access({ token: "abc" }), {})).headers).toEqual({ authorization: "Bearer abc" });
    file("token", "from-file\n");
    expect((await credentialsOf(access({ tokenFile: "token", token: "abc" }), {})).headers).toEqual({ authorization: "Bearer from-file" });
    expect((await credentialsOf(access({ username: "u", password: "p" }), {})).headers).toEqual({
      authorization: `Basic ${Buffer.from("u:p").toString("base64")}`,
    });
    const { tls } = await credentialsOf(
      access(
        { "client-certificate-data": Buffer.from("cert").toString("base64"), "client-key": file("key", "key") },
        { "certificate-authority-data": Buffer.from("ca").toString("base64") },
      ),
      {},
    );
    expect([tls.ca, tls.cert, tls.key].map(String)).toEqual(["ca", "cert", "key"]);
  });

  test("carry who is impersonated", async () => {
    const { headers } = await credentialsOf(
      access({ token: "abc", as: "jane", "as-groups": ["dev", "ops"], "as-user-extra": { "example.com/team": ["a"] } }),
      {},
    );
    expect(headers).toMatchObject({ "impersonate-user": "jane", "impersonate-group": ["dev", "ops"], "impersonate-extra-example.com%2Fteam": ["a"] });
  });

  test("whose file is missing say which", async () => {
    await expect(credentialsOf(access({ "client-certificate": "/nowhere/cert.pem" }), {})).rejects.toMatchObject({
      code: "credentials-failed",
      message: expect.stringContaining("/nowhere/cert.pem does not exist"),
    });
  });

  test("of an auth-provider that Kubernetes no longer has are refused with what takes its place", async () => {
    await expect(credentialsOf(access({ "auth-provider": { name: "gcp" } }), {})).rejects.toMatchObject({
      code: "credentials-failed",
      message: expect.stringContaining("exec plugin"),
    });
  });

  describe("of a login helper", () => {
    const helper = (script: string, fields: object = {}) => {
      const command = file("bin/helper", `#!/bin/sh\n${script}\n`);
      chmodSync(command, 0o755);
      return access(
        { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "bin/helper", args: ["get-token"], interactiveMode: "IfAvailable", ...fields } },
        { "tls-server-name": "kubernetes" },
      );
    };
    const token = (value: string): string => `echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'${value}'"}}'`;

    test("are its token; it is told its arguments, its environment and the cluster", async () => {
      const script = `printf '%s' "$KUBERNETES_EXEC_INFO" > ${folder}/info\n${token('"$1-$EXTRA"')}`;
      const { headers } = await credentialsOf(helper(script, { env: [{ name: "EXTRA", value: "x" }], provideClusterInfo: true }), {});
      expect(headers).toEqual({ authorization: "Bearer get-token-x" });
      const { readFileSync } = await import("node:fs");
      expect(JSON.parse(readFileSync(join(folder, "info"), "utf8"))).toMatchObject({
        kind: "ExecCredential",
        apiVersion: "client.authentication.k8s.io/v1",
        spec: { interactive: false, cluster: { server: "https://c.example", "tls-server-name": "kubernetes" } },
      });
    });

    test("that is not installed come with its install hint", async () => {
      const user = { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "no-such-login-helper", installHint: "Install it from example.org" } };
      await expect(credentialsOf(access(user), {})).rejects.toMatchObject({
        code: "credentials-failed",
        exitCode: 3,
        message: expect.stringContaining("no-such-login-helper is not installed; Install it from example.org"),
      });
    });

    test("that fails are told in its last words", async () => {
      await expect(credentialsOf(helper("echo warning >&2; echo 'session expired, run: login' >&2; exit 1"), {})).rejects.toMatchObject({
        code: "credentials-failed",
        message: expect.stringMatching(/helper: session expired, run: login$/),
      });
      await expect(credentialsOf(helper("echo hello"), {})).rejects.toThrow(/printed no credential/);
      await expect(credentialsOf(helper("echo '{}'"), {})).rejects.toThrow(/printed no credential/);
      await expect(credentialsOf(helper("exit 3"), {})).rejects.toThrow(/failed without saying why/);
    });

    test("that never ends are given up", async () => {
      const start = performance.now();
      await expect(credentialsOf(helper("sleep 30"), { timeoutMs: 300 })).rejects.toThrow(/did not end in time/);
      expect(performance.now() - start).toBeLessThan(3000);
    });

    test("that must ask are refused where nobody can answer", async () => {
      await expect(credentialsOf(helper(token("x"), { interactiveMode: "Always" }), {})).rejects.toThrow(/no terminal/);
    });
  });
});
