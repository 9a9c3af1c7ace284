/** Against a real cluster: the one whose kubeconfig is UNLOOP_LAB_KUBECONFIG. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wants } from "@unloop/engine/wants";
import { collect } from "@unloop/sources/cluster";

const kubeconfig = process.env["UNLOOP_LAB_KUBECONFIG"] ?? "";
const isUp = existsSync(kubeconfig);
if (!isUp) process.stderr.write("no lab cluster (UNLOOP_LAB_KUBECONFIG): the tests against a real API server are skipped\n");

const namespace = `clu-test-${process.pid}`;
const planted = "planted-value-4711";
const kubectl = (args: string[], input?: string): string => execFileSync("kubectl", ["--kubeconfig", kubeconfig, ...args], { input, encoding: "utf8" });
const container = (script: string, more: object = {}): object => ({
  name: "app",
  image: "registry.lab/busybox:1.35",
  command: ["sh", "-c", script],
  resources: { requests: { cpu: "10m" } },
  ...more,
});
const deployment = (name: string, spec: object): object => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { terminationGracePeriodSeconds: 0, containers: [spec] } },
  },
});
const manifest = {
  apiVersion: "v1",
  kind: "List",
  items: [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    { apiVersion: "v1", kind: "Secret", metadata: { name: "planted", namespace }, stringData: { password: planted } },
    deployment("crash", container("echo starting; echo 'panic: no config' >&2; exit 2")),
    deployment("locked", container("sleep 1000", { env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "plantd", key: "password" } } }] })),
    deployment("fine", container("sleep 1000")),
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "reader", namespace } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "reader", namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "ServiceAccount", name: "reader", namespace }],
    },
  ],
};

describe.skipIf(!isUp)("on a real cluster", () => {
  let folder: string;
  let narrow: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "unloop-"));
    kubectl(["apply", "-f", "-"], JSON.stringify(manifest));
    const config = JSON.parse(kubectl(["config", "view", "--raw", "-o", "json"])) as {
      users: unknown;
      contexts: { context: object; name: string }[];
      "current-context": string;
    };
    const token = kubectl(["-n", namespace, "create", "token", "reader"]).trim();
    config.users = [{ name: "reader", user: { token } }];
    for (const entry of config.contexts) entry.context = { ...entry.context, user: "reader", namespace };
    narrow = join(folder, "narrow");
    writeFileSync(narrow, JSON.stringify(config));
    const status = (app: string): string => kubectl(["-n", namespace, "get", "pods", "-l", `app=${app}`, "--no-headers"]);
    for (let i = 0; i < 90 && !(/CrashLoopBackOff/.test(status("crash")) && /CreateContainerConfigError/.test(status("locked"))); i++)
      await new Promise((resolve) => setTimeout(resolve, 1000));
  }, 120_000);
  afterAll(() => {
    kubectl(["delete", "namespace", namespace, "--wait=false"]);
    rmSync(folder, { recursive: true });
  });

  test("a namespace is read in few requests, with the crashed run's log and without any value of a Secret", async () => {
    let requests = 0;
    const snapshot = await collect({ kubeconfig, namespace, wants, onProgress: (progress) => (requests = progress.requests) });
    expect(snapshot.source.serverVersion).toMatch(/^v1\.\d+/);
    expect(Math.abs(Date.parse(snapshot.takenAt!) - Date.now())).toBeLessThan(60_000);
    const crashed = snapshot.logs.find((log) => log.pod.startsWith("crash-"));
    expect(crashed).toMatchObject({ run: "crashed", text: expect.stringContaining("panic: no config") });
    expect(snapshot.objects.get(`Secret/${namespace}/planted`)).toMatchObject({ fidelity: "metadata", keys: ["password"] });
    expect(JSON.stringify([...snapshot.objects])).not.toContain(planted);
    expect(JSON.stringify([...snapshot.objects])).not.toContain(Buffer.from(planted).toString("base64"));
    expect(requests).toBeLessThan(40);
  });

  test("one pod by its name, and one that is gone", async () => {
    const name = kubectl(["-n", namespace, "get", "pods", "-l", "app=crash", "-o", "name"]).trim().replace("pod/", "");
    const snapshot = await collect({ kubeconfig, namespace, wants, focus: { kind: "Pod", name, selector: null } });
    expect(snapshot.objects.get(`Pod/${namespace}/${name}`)?.fidelity).toBe("full");
    expect(snapshot.logs.length).toBeGreaterThan(0);
    const gone = await collect({ kubeconfig, namespace, wants, focus: { kind: "Pod", name: "crash-59594dd4c-zzzzz", selector: null } });
    expect(gone.objects.has(`Deployment/${namespace}/crash`)).toBe(true);
  });

  test("the rights of one namespace are enough, and what they hide is said", async () => {
    const snapshot = await collect({ kubeconfig: narrow, wants });
    expect(snapshot.logs.some((log) => log.text.includes("panic: no config"))).toBe(true);
    expect(snapshot.answers.find((answer) => answer.want.type === "list" && answer.want.kind === "Secret")?.state).toBe("forbidden");
    await expect(collect({ kubeconfig: narrow, namespace: null, wants })).rejects.toMatchObject({ code: "nothing-allowed" });
    await expect(collect({ kubeconfig: narrow, namespace: "kube-system", wants })).rejects.toMatchObject({ code: "nothing-allowed" });
  });

  test("all namespaces are read by their rows, and what fails in full", async () => {
    const snapshot = await collect({ kubeconfig, namespace: null, wants });
    const seen = (app: string) =>
      [...snapshot.objects.values()].find(
        (o) => o.object.kind === "Pod" && o.object.metadata.namespace === namespace && o.object.metadata.name?.startsWith(`${app}-`),
      );
    expect(seen("crash")?.fidelity).toBe("full");
    expect(seen("fine")).toMatchObject({ row: { STATUS: "Running", READY: "1/1" } });
    expect(snapshot.inventory).toContainEqual({ kind: "Pod", namespace: "*", extent: "complete" });
  }, 60_000);
});
