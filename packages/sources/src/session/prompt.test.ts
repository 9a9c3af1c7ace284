import { describe, expect, it } from "vitest";
import { readPrompt } from "./prompt";

describe("a prompt", () => {
  it.each([
    "$ kubectl get pods -n shop",
    "# kubectl get pods -n shop",
    "> kubectl get pods --namespace=shop",
    "% k get po -nshop",
    "user@host:~/src$ kubectl -n shop get pods",
    "[root@cp1 ~]# kubectl get pods --namespace shop",
    "PS C:\\Users\\ada> kubectl get pods -n shop",
    "C:\\>kubectl.exe get pods -n shop",
    "➜  ~ kubectl get pods -n shop",
    "➜  infra git:(main) ✗ kubectl get pods -n shop",
    "(⎈|prod:other) ada@mac ~ % kubectl get pods -n shop",
    "$ sudo k3s kubectl get pods -n shop",
    "$ microk8s kubectl get pods -n shop",
    "$ oc get pods -n shop",
    "$ ./kubectl get pods -n shop",
    "$ kubectl-1.29 get pods -n shop",
    "Every 2.0s: kubectl get pods -n shop            host: Mon Mar  2 10:00:00 2026",
  ])("is seen in: %s", (line) => {
    expect(readPrompt(line, false)?.command).toMatchObject({ verb: "get", kinds: ["Pod"], namespace: "shop", filtered: false });
  });
  it("without a mark is one where none is needed, and a sentence is none", () => {
    expect(readPrompt("kubectl get pods -n shop", true)?.command.verb).toBe("get");
    expect(readPrompt("kubectl get pods -n shop", false)).toBeNull();
    expect(readPrompt("kubectl get pods shows the pod as pending.", true)).toBeNull();
    expect(readPrompt("I ran kubectl get pods", true)).toBeNull();
    expect(readPrompt('level=info msg="cost 5$ per pod"', true)).toBeNull();
  });
  it("of another tool is one, so that its output is not taken for a log", () => {
    expect(readPrompt("$ docker inspect web", false)?.command.verb).toBe("other");
    expect(readPrompt("ada@mac ~ $ cat /etc/resolv.conf", false)?.command.verb).toBe("other");
  });
  it("may show the namespace of its context", () => {
    expect(readPrompt("(⎈|prod:payments) $ kubectl get pods", false)?.shownNamespace).toBe("payments");
  });
});

describe("a command", () => {
  const read = (line: string): unknown => readPrompt(`$ ${line}`, false)?.command;
  it("tells what was asked for", () => {
    expect(read("kubectl get deploy,rs,svc -A")).toMatchObject({ kinds: ["Deployment", "ReplicaSet", "Service"], namespace: "*", filtered: false });
    expect(read("kubectl describe pod/web-0 -n shop")).toMatchObject({ verb: "describe", names: [{ kind: "Pod", name: "web-0" }] });
    expect(read("kubectl logs web-0 -c app -p --tail=50")).toMatchObject({
      verb: "logs",
      container: "app",
      previous: true,
      tail: 50,
      names: [{ kind: "Pod", name: "web-0" }],
    });
    expect(read("kubectl logs -f deploy/web")).toMatchObject({ names: [{ kind: "Deployment", name: "web" }], previous: false });
    expect(read("kubectl get pod web-0 -o jsonpath='{.status.phase}'")).toMatchObject({ output: "jsonpath={.status.phase}", filtered: true });
  });
  it.each([
    ["kubectl get pods", false],
    ["kubectl get pods | less", false],
    ["kubectl get pods --sort-by=.metadata.name -o wide", false],
    ["kubectl get pods -L app", false],
    ["kubectl get pods web-0", true],
    ["kubectl get pods -l app=web", true],
    ["kubectl get pods -lapp=web", true],
    ["kubectl get pods --selector app=web", true],
    ["kubectl get pods --field-selector=status.phase=Pending", true],
    ["kubectl get pods | grep -v Running", true],
    ["kubectl get pods | tail -5", true],
    ["kubectl events --types=Warning", true],
  ])("%s shows a part only: %s", (line, filtered) => {
    expect(read(line)).toMatchObject({ filtered });
  });
  it("with several on one line says so", () => {
    expect(read("kubectl get pods; kubectl get svc")).toMatchObject({ several: true });
  });
});
