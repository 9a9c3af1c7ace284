/**
 * From API to answer on a real cluster: the Trade API whose Secret was renamed, the same API whose liveness probe asks the wrong
 * path, and the one that is well. Needs UNLOOP_LAB_KUBECONFIG, and UNLOOP_LAB_REGISTRY with the images busybox:1.35 and node:20.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "@unloop/engine/model/report";

const kubeconfig = process.env["UNLOOP_LAB_KUBECONFIG"];
const registry = process.env["UNLOOP_LAB_REGISTRY"];
const command = fileURLToPath(new URL("../../packages/cli/dist/unloop.cjs", import.meta.url));
const namespace = `unloop-test-${process.pid}`;
if (!kubeconfig || !registry) console.log("no lab (UNLOOP_LAB_KUBECONFIG, UNLOOP_LAB_REGISTRY): its tests are skipped");

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}
function run(file: string, args: string[], input?: string): Ended {
  return spawnSync(file, args, { encoding: "utf8", input, env: { ...process.env, KUBECONFIG: kubeconfig } });
}
const kubectl = (args: string[], input?: string): Ended => run("kubectl", args, input);
const unloop = (...args: string[]): Ended => run(process.execPath, [command, ...args, "-n", namespace]);

const server = `
const http = require("node:http");
http.createServer((request, response) => {
  response.statusCode = request.url === "/healthz" ? 200 : 404;
  console.log(request.method, request.url, response.statusCode);
  response.end();
}).listen(8080, () => console.log("listening on 8080"));
process.on("SIGTERM", () => process.exit(0));`;

function deployment(name: string, container: object): object {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 1, containers: [{ name: "api", resources: { requests: { cpu: "10m", memory: "16Mi" } }, ...container }] },
      },
    },
  };
}
const secret = (name: string): object => ({ apiVersion: "v1", kind: "Secret", metadata: { name }, stringData: { "api-key": ["planted", "value"].join("-") } });
const web = { image: `${registry}/node:20`, command: ["node", "-e", server], ports: [{ containerPort: 8080, name: "http" }] };
const probe = (path: string): object => ({ httpGet: { path, port: "http" }, initialDelaySeconds: 2, periodSeconds: 2, failureThreshold: 2 });

const objects = [
  secret("broker-api-credentials"),
  deployment("trade-api", {
    image: `${registry}/busybox:1.35`,
    command: ["sleep", "86400"],
    env: [{ name: "BROKER__APIKEY", valueFrom: { secretKeyRef: { name: "broker-credentials", key: "api-key" } } }],
  }),
  deployment("quote-api", { ...web, livenessProbe: probe("/health"), readinessProbe: probe("/healthz") }),
  deployment("order-api", { ...web, livenessProbe: probe("/healthz") }),
];

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 240_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 2000))) if (holds()) return;
  throw new Error(`waited in vain for: ${what}`);
}
const column = (app: string, path: string): string =>
  kubectl(["get", "pods", "-n", namespace, "-l", `app=${app}`, "-o", `jsonpath={.items[*].status.containerStatuses[0]${path}}`]).stdout;

describe.skipIf(!kubeconfig || !registry)("a live cluster", () => {
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "unloop-lab-"));
    expect(kubectl(["create", "namespace", namespace]).stderr).toBe("");
    expect(kubectl(["apply", "-n", namespace, "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items: objects })).status).toBe(0);
    await until("a missing Secret", () => column("trade-api", ".state.waiting.reason") === "CreateContainerConfigError");
    await until("two kills by the probe", () => Number(column("quote-api", ".restartCount")) >= 2);
    await until("a healthy replica", () => column("order-api", ".ready") === "true");
  });
  afterAll(() => {
    kubectl(["delete", "namespace", namespace, "--wait=false"]);
    rmSync(folder, { recursive: true, force: true });
  });

  const report = (...args: string[]): Report => JSON.parse(unloop(...args, "-o", "json").stdout) as Report;
  const causes = ({ incidents }: Report): unknown[] =>
    incidents
      .map(({ workload, cause }) => [workload.name, cause?.id, cause?.confidence, cause?.subject.similar])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const expected = [
    ["quote-api", "probe/path-wrong", "certain", "/healthz"],
    ["trade-api", "config/secret-not-found", "certain", "broker-api-credentials"],
  ];

  it("is told why each of two workloads fails, and nothing of the third", () => {
    expect(causes(report())).toEqual(expected);
  });

  it("is told the same from a capture, which holds no secret", () => {
    const file = join(folder, "capture.json");
    expect(unloop("capture", "-q", "-o", file).status).toBe(0);
    expect(causes(report("--from", file))).toEqual(expected);
    expect(run("grep", ["-c", ["planted", "value"].join("-"), file]).stdout.trim()).toBe("0");
  });

  it("shows the verdict as text, and ends with 1", () => {
    const { status, stdout, stderr } = unloop("deploy/trade-api");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/Secret broker-credentials does not exist +certain/);
    expect(stdout).not.toContain("quote-api");
  });

  it("ends with 0 for what is well", () => {
    const { status, stdout } = unloop("deploy/order-api");
    expect(status).toBe(0);
    expect(stdout).toContain("nothing is crash-looping");
  });

  it("leads from a pod that is gone to its workload", () => {
    const { status, stdout } = unloop("pod/trade-api-5d9c6f7b8d-x2x4q");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^pod trade-api-5d9c6f7b8d-x2x4q is gone/);
    expect(stdout).toContain("broker-credentials");
  });
});
