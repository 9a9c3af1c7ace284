import { describe, expect, it } from "vitest";
import type { Event, Node, Pod } from "@unloop/engine/model/kubernetes";
import type { Snapshot } from "@unloop/engine/model/snapshot";
import { readSession } from "@unloop/sources/session";
import { examples, planted } from "./example";

function read(text: string | Uint8Array): Snapshot {
  const { snapshot, understood, reason } = readSession(text);
  expect({ understood, reason }).toEqual({ understood: true, reason: null });
  return snapshot;
}
function pod(snapshot: Snapshot, key: string): Pod {
  return snapshot.objects.get(`Pod/${key}`)!.object;
}
const events = (snapshot: Snapshot): Event[] => [...snapshot.objects.values()].filter((s) => s.object.kind === "Event").map((s) => s.object as Event);

describe("a described pod", () => {
  const snapshot = read(examples["key-renamed"]!);
  const seen = snapshot.objects.get("Pod/greenhouse/sprinkler-5c9f7d8b44-2hxkq")!;
  const container = (seen.object as Pod).spec!.containers![0]!;

  it("keeps its fidelity and the row of the table beside it", () => {
    expect(seen.fidelity).toBe("described");
    expect(seen.row).toMatchObject({ STATUS: "CreateContainerConfigError", READY: "0/1" });
  });
  it("has its probes as spec", () => {
    expect(container.livenessProbe).toEqual({
      httpGet: { scheme: "HTTP", port: 9000, path: "/alive" },
      initialDelaySeconds: 3,
      timeoutSeconds: 2,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    });
    expect(container.readinessProbe?.exec?.command).toEqual(["sh", "-c", "test -f /tmp/ready"]);
    expect(container.startupProbe?.tcpSocket).toEqual({ port: 9000 });
  });
  it("has its variables with where they come from", () => {
    expect(container.env).toEqual(
      expect.arrayContaining([
        { name: "ZONE_TOKEN", valueFrom: { secretKeyRef: { name: "valve-access", key: "zone-token", optional: false } } },
        { name: "PLAN", valueFrom: { configMapKeyRef: { name: "watering-plan", key: "plan", optional: true } } },
        { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
        { name: "CORES", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } },
      ]),
    );
    expect(container.envFrom).toEqual([
      { configMapRef: { name: "valve-defaults", optional: true } },
      { prefix: "EXTRA_", secretRef: { name: "valve-extra", optional: false } },
    ]);
  });
  it("has its mounts, volumes, tolerations, selectors and owner", () => {
    expect(container.volumeMounts).toContainEqual({ mountPath: "/var/lib/valve/state.db", name: "state", subPath: "state.db" });
    expect((seen.object as Pod).spec).toMatchObject({
      nodeName: "node-b",
      nodeSelector: { soil: "wet" },
      tolerations: [
        { key: "node.kubernetes.io/not-ready", effect: "NoExecute", operator: "Exists", tolerationSeconds: 300 },
        { key: "garden", value: "north", effect: "NoSchedule" },
      ],
      volumes: [
        { configMap: { name: "watering-plan", optional: false } },
        { persistentVolumeClaim: { claimName: "valve-state" } },
        { name: "kube-api-access-x2v9d" },
      ],
    });
    expect(seen.object.metadata.ownerReferences).toEqual([{ kind: "ReplicaSet", name: "sprinkler-5c9f7d8b44", controller: true }]);
  });
  it("tells the moment by its start and the age of its first event, so that events get times", () => {
    expect(snapshot.takenAt).toBe("2026-03-03T08:17:17Z");
    expect(events(snapshot).find((e) => e.reason === "Failed")).toMatchObject({
      count: 16,
      lastTimestamp: "2026-03-03T08:17:09Z",
      firstTimestamp: "2026-03-03T08:14:07Z",
    });
  });
  it("and its Secret name the keys that there are, and no value", () => {
    expect(snapshot.objects.get("Secret/greenhouse/valve-access")).toMatchObject({ fidelity: "described", keys: ["zone-tokens", "owner"] });
  });
});

describe("states", () => {
  it("with a message over several lines are whole", () => {
    const status = pod(read(examples["crash-with-log"]!), "ferry-dock/boarding-64d8f9c7b5-tq7mz").status!.containerStatuses![0]!;
    expect(status).toMatchObject({ restartCount: 6, ready: false, state: { waiting: { reason: "CrashLoopBackOff" } } });
    expect(status.lastState?.terminated).toMatchObject({ exitCode: 1, reason: "Error", finishedAt: "2026-04-18T05:59:03Z" });
    expect(status.lastState?.terminated?.message).toContain("KeyError: 'LANE_COUNT'");
  });
  it("of a pod that only a row shows come from the row, and its log names the container", () => {
    const text =
      "$ kubectl get pods -n ferry\nNAME     READY   STATUS             RESTARTS      AGE\nferry-0  0/1     CrashLoopBackOff   7 (71s ago)   14m\n$ kubectl logs ferry-0 -c engine -n ferry -p\nno oil\n";
    const snapshot = read(text);
    expect(pod(snapshot, "ferry/ferry-0").status?.containerStatuses).toEqual([
      { name: "engine", ready: false, restartCount: 7, state: { waiting: { reason: "CrashLoopBackOff" } }, lastState: { terminated: {} } },
    ]);
    expect(snapshot.logs).toMatchObject([{ namespace: "ferry", pod: "ferry-0", container: "engine", run: "crashed", instance: "previous", text: "no oil" }]);
  });
  it("of a row alone stay a row: nothing is made up", () => {
    const seen = read("NAME   READY   STATUS             RESTARTS   AGE\nx-0    0/1     Init:CrashLoopBackOff   3   5m\n").objects.get("Pod/default/x-0")!;
    expect(seen).toMatchObject({ fidelity: "row", row: { STATUS: "Init:CrashLoopBackOff" } });
    expect((seen.object as Pod).spec).toBeUndefined();
    expect((seen.object as Pod).status?.containerStatuses).toBeUndefined();
  });
});

describe("whether a list was seen whole", () => {
  const listing = (command: string, body = "NAME    TYPE     DATA   AGE\nalpha   Opaque   1      3d\n"): unknown => read(`$ ${command}\n${body}`).inventory;
  it("is known of a listing without a filter", () => {
    expect(listing("kubectl get secrets -n shed")).toEqual([{ kind: "Secret", namespace: "shed", extent: "complete" }]);
    expect(listing("kubectl get secrets -A", "NAMESPACE   NAME    TYPE     DATA   AGE\nshed        alpha   Opaque   1      3d\n")).toEqual([
      { kind: "Secret", namespace: "*", extent: "complete" },
    ]);
    expect(listing("kubectl get secret -n shed", "No resources found in shed namespace.\n")).toEqual([
      { kind: "Secret", namespace: "shed", extent: "complete" },
    ]);
  });
  it.each([
    "kubectl get secret alpha -n shed",
    "kubectl get secrets -n shed -l app=x",
    "kubectl get secrets -n shed --field-selector type=Opaque",
    "kubectl get secrets -n shed | grep alp",
    "kubectl get secrets -n shed | head -2",
  ])("is not known of: %s", (command) => {
    expect(listing(command)).toEqual([]);
  });
  it("is not known where lines were left out, or where nothing was printed", () => {
    expect(listing("kubectl get secrets -n shed", "NAME    TYPE     DATA   AGE\nalpha   Opaque   1      3d\n...\n")).toEqual([]);
    expect(
      readSession(
        "$ kubectl get secrets -n shed\n\n$ kubectl get pods -n shed\nNAME   READY   STATUS    RESTARTS   AGE\na      1/1     Running   0          3d\n",
      ).snapshot.inventory,
    ).toEqual([{ kind: "Pod", namespace: "shed", extent: "complete" }]);
  });
  it("is not known of what a cut at the end of the text may have taken", () => {
    const two = "NAME           TYPE     DATA   AGE\nsecret/alpha   Opaque   1      3d";
    const kinds = (text: string): string[] => (read(`$ kubectl get sa,secrets,cm -n shed\n${text}`).inventory as { kind: string }[]).map((entry) => entry.kind);
    expect(kinds(two)).toEqual(["ServiceAccount"]);
    expect(kinds(`${two}\n`)).toEqual(["ConfigMap", "Secret", "ServiceAccount"]);
    expect(kinds(`${two}\n$ kubectl version`)).toEqual(["ConfigMap", "Secret", "ServiceAccount"]);
  });
  it("is not known where another command shows what the listing lacks", () => {
    expect(
      listing(
        "kubectl get secrets -n shed",
        "NAME    TYPE     DATA   AGE\nalpha   Opaque   1      3d\n$ kubectl describe secret beta -n shed\nName:         beta\nNamespace:    shed\nLabels:       <none>\n\nType:  Opaque\n\nData\n====\nx:  1 bytes\n",
      ),
    ).toEqual([]);
  });
  it("is said by kubectl's own answers", () => {
    const snapshot = read(examples["node-and-forbidden"]!);
    expect(snapshot.inventory).toEqual(
      expect.arrayContaining([
        { kind: "Node", namespace: "*", extent: "complete" },
        { kind: "Secret", namespace: "skating", extent: "forbidden" },
        { kind: "Event", namespace: "skating", extent: "forbidden" },
        { kind: "Ingress", namespace: "skating", extent: "complete" },
      ]),
    );
    expect(snapshot.answers).toMatchObject([{ want: { type: "get", kind: "ConfigMap", namespace: "skating", name: "rink-plan" }, state: "absent" }]);
  });
});

it("a described node is whole, with the pods that run on it", () => {
  const snapshot = read(examples["node-and-forbidden"]!);
  const node = snapshot.objects.get("Node//north-2")!.object as Node;
  expect(node).toMatchObject({
    spec: {
      unschedulable: true,
      taints: [
        { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" },
        { key: "team", value: "winter", effect: "NoExecute" },
      ],
    },
    status: { allocatable: { cpu: "3800m", memory: "7Gi", pods: "110" }, nodeInfo: { architecture: "arm64", kubeletVersion: "v1.32.4" } },
  });
  expect(node.status?.conditions).toContainEqual(expect.objectContaining({ type: "Ready", status: "True", reason: "KubeletReady" }));
  expect(pod(snapshot, "skating/rink-0").spec).toMatchObject({ nodeName: "north-2", resources: { requests: { cpu: "250m", memory: "64Mi" } } });
  expect(snapshot.takenAt).toBe("2026-03-26T10:00:07Z");
});

it("YAML is full, events of a table get times, and nothing of the applied copy enters", () => {
  const snapshot = read(examples["image-yaml"]!);
  expect(snapshot.objects.get("Pod/lookout/beacon-6f7c8d9b5d-m4ktx")).toMatchObject({
    fidelity: "full",
    object: { metadata: { uid: "5d0f5bd0-2c2d-4ab9-9a0d-0d3e6f3a4f55" } },
  });
  expect(pod(snapshot, "lookout/beacon-6f7c8d9b5d-m4ktx").metadata.annotations).toEqual({});
  expect(events(snapshot)).toHaveLength(3);
});

it("the same events from two commands are one", () => {
  const snapshot = read(
    `${examples["key-renamed"]!}\n$ kubectl get events -n greenhouse\nLAST SEEN   TYPE      REASON   OBJECT                           MESSAGE\n9s          Warning   Failed   pod/sprinkler-5c9f7d8b44-2hxkq   Error: couldn't find key zone-token in Secret greenhouse/valve-access\n`,
  );
  expect(events(snapshot).filter((e) => e.reason === "Failed")).toMatchObject([{ count: 16 }]);
});

it("Endpoints become the slice that the engine reads, with nothing ready", () => {
  expect(read(examples["killed-by-probe"]!).objects.get("EndpointSlice/mill/grinder")).toMatchObject({
    object: { metadata: { labels: { "kubernetes.io/service-name": "grinder" } }, endpoints: [] },
  });
});

it("a dump on one stream gives its objects and, marked by container, its logs", () => {
  const list = (kind: string, items: unknown[]): string =>
    JSON.stringify({ kind: `${kind}List`, apiVersion: "v1", metadata: { resourceVersion: "7" }, items }, null, 4);
  const kiosk = {
    metadata: { name: "kiosk-0", namespace: "fair" },
    status: { phase: "Running", containerStatuses: [{ name: "till", state: { waiting: { reason: "CrashLoopBackOff" } } }] },
  };
  const log = "==== START logs for container till of pod fair/kiosk-0 ====\nno coins\n==== END logs for container till of pod fair/kiosk-0 ====";
  const snapshot = read([list("Node", []), list("Service", []), list("Pod", [kiosk]), log, ""].join("\n"));
  expect([...snapshot.objects.keys()]).toEqual(["Pod/fair/kiosk-0"]);
  expect(snapshot.logs).toMatchObject([{ namespace: "fair", pod: "kiosk-0", container: "till", run: "crashed", text: "no coins" }]);
  expect(snapshot.unread).toEqual([]);
});

it("a log that tells of kubectl's refusals stays a log", () => {
  const lines = [
    "waiting for the plan",
    'Error from server (Forbidden): configmaps is forbidden: User "system:serviceaccount:shed:mole" cannot list resource "configmaps" in API group "" in the namespace "shed"',
    "trying again",
    "giving up",
    "exit 1",
  ];
  const snapshot = read(`$ kubectl logs mole-0 -n shed -p\n${lines.join("\n")}\n`);
  expect(snapshot.inventory).toEqual([]);
  expect(snapshot.logs[0]!.text.split("\n")).toHaveLength(5);
});

it("a prompt on the same line as the end of an output ends it", () => {
  const snapshot = read(
    "$ kubectl logs mole-0 -n shed -p\ndigging\nhit a stone$ kubectl get secrets -n shed\nNAME    TYPE     DATA   AGE\nalpha   Opaque   1      3d\n",
  );
  expect(snapshot.logs[0]!.text).toBe("digging\nhit a stone");
  expect(snapshot.objects.has("Secret/shed/alpha")).toBe(true);
});

it("one line that a program prints about a refusal is its log", () => {
  const snapshot = read(
    '$ kubectl logs mole-0 -n shed -p\nleases.coordination.k8s.io is forbidden: User "system:serviceaccount:shed:mole" cannot create resource "leases" in API group "coordination.k8s.io" in the namespace "shed"\n',
  );
  expect(snapshot.logs).toHaveLength(1);
  expect(snapshot.inventory).toEqual([]);
});

it("a bare log is the previous log of one container, with what the asker knows of it", () => {
  const { snapshot, understood } = readSession("starting\nboom\n", { exitCode: 3, reason: "Error" });
  expect(understood).toBe(true);
  expect(snapshot.logs).toMatchObject([{ pod: "", namespace: "", run: "crashed", instance: "previous", text: "starting\nboom\n" }]);
  expect(snapshot.hints).toEqual({ exitCode: 3, reason: "Error" });
});

it("no planted secret enters", () => {
  for (const text of Object.values(examples)) {
    const { snapshot } = readSession(text);
    const all = JSON.stringify([[...snapshot.objects.values()], snapshot.logs, snapshot.answers, snapshot.unread]);
    for (const secret of planted) expect(all).not.toContain(secret);
  }
});

describe("the same paste in other clothes", () => {
  const keys = (text: string | Uint8Array): string[] =>
    [...read(text).objects].map(([key, seen]) => `${key} ${seen.fidelity}`).filter((key) => !key.startsWith("Event"));
  const text = examples["key-renamed"]!;
  const plain = keys(text);
  const lines = (change: (line: string) => string): string => text.split("\n").map(change).join("\n");
  it.each<[string, string | Uint8Array]>([
    ["Windows line ends", text.replaceAll("\n", "\r\n")],
    ["UTF-16, as PowerShell writes files", new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"))],
    ["UTF-16 without a mark", new Uint8Array(Buffer.from(text, "utf16le"))],
    ["quoted", lines((line) => `> ${line}`)],
    ["in a Markdown fence with words around it", `Hello all,\n\`\`\`\n${text}\n\`\`\`\nAny idea?\n`],
    ["indented", lines((line) => `    ${line}`)],
    ["in colour", lines((line) => `\u001b[1;32m${line}\u001b[0m`)],
    ["from a chat", lines((line) => `[10:23] bob: ${line}`)],
    ["as root", text.replaceAll("$ kubectl", "# kubectl")],
    ["with a long prompt", text.replaceAll("$ kubectl", "ops@bastion:~/work$ kubectl")],
    ["from PowerShell", text.replaceAll("$ kubectl", "PS C:\\Users\\ops> kubectl")],
    ["from zsh", text.replaceAll("$ kubectl", "➜  infra git:(main) ✗ k")],
    ["with OpenShift's client", text.replaceAll("$ kubectl", "[core@m1 ~]$ oc")],
    ["without prompt marks", text.replaceAll("$ kubectl", "kubectl")],
    ["without prompts", text.replace(/^\$ kubectl.*$/gm, "")],
    ["from a web page", text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["from a JSON string", JSON.stringify(text).slice(1, -1)],
    ["without indentation", lines((line) => line.trimStart())],
    ["with single blanks", lines((line) => line.replace(/(\S) {2,}/g, "$1 "))],
    ["twice", `${text}\n${text}`],
  ])("is the same: %s", (_, dressed) => {
    expect(keys(dressed)).toEqual(plain);
  });
});

describe("what is no session", () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251);
  it.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /empty/],
    ["blanks", " \n\t\n", /empty/],
    ["binary data", noise, /binary|picture|file/],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...noise]), /picture/],
    ["a picture in base64", `data:image/png;base64,${"iVBORw0KGgoAAAANSUhEUgAA".repeat(30)}`, /picture/],
    ["base64", Array.from({ length: 20 }, () => "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4").join("\n"), /base64/],
    ["half a JSON", '{\n  "apiVersion": "v1",\n  "kind": "Po', /JSON/],
    ["shell history", "  501  cd infra\n  502  ls -la\n  503  kubectl get pods\n  504  git pull\n  505  kubectl logs web-0\n", /commands/],
    ["commands without output", "$ kubectl get pods -n x\n$ kubectl describe pod y -n x\n", /not what they printed/],
    [
      "a YAML bomb",
      `a: &a [x,x]\n${"bcdefgh"
        .split("")
        .map((c, i) => `${c}: &${c} [*${"abcdefg"[i]},*${"abcdefg"[i]}]`)
        .join("\n")}\nkind: Pod\nmetadata: {name: *h}\n`,
      /./,
    ],
  ])("%s gives one sentence", (_, text, sentence) => {
    const { understood, reason, snapshot } = readSession(text);
    if (!understood) expect(reason).toMatch(sentence);
    else expect(snapshot.logs).toHaveLength(1);
    expect(reason ?? "").not.toContain("\n");
  });
  it("half a JSON list still gives its whole items", () => {
    const { snapshot } = readSession(
      '{"apiVersion":"v1","kind":"List","items":[{"kind":"Pod","metadata":{"name":"a","namespace":"n"}},{"kind":"Pod","metadata":{"name":"b","namesp',
    );
    expect(snapshot.objects.get("Pod/n/a")).toMatchObject({ fidelity: "metadata" });
  });
});
