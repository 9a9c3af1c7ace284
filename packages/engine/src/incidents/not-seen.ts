/** What could not be seen: each Want without an answer, with what it costs and what would lift it. */
import type { NotSeen } from "../model/report";
import { kinds } from "../model/kinds";
import type { Answer, Snapshot, Want, WantTarget } from "../model/snapshot";
import { compareCodePoints } from "../model/view";

const shown = 12;

function describe(want: WantTarget): string {
  if (want.type === "log") return `${want.run === "crashed" ? "previous " : ""}log of ${want.pod}/${want.container}`;
  const resource = kinds[want.kind]?.resource ?? want.kind;
  const where =
    want.type === "list"
      ? want.namespace === "*"
        ? ""
        : want.namespace
          ? ` in ${want.namespace}`
          : ""
      : want.namespace
        ? ` ${want.namespace}/${want.name}`
        : ` ${want.name}`;
  return `${want.type === "get" ? want.kind : resource}${where}`;
}

/** The kubectl command whose output tells the same. */
export function commandFor(want: WantTarget): string {
  if (want.type === "log")
    return `kubectl logs ${want.pod}${want.container ? ` -c ${want.container}` : ""}${want.namespace ? ` -n ${want.namespace}` : ""}${want.instance === "previous" ? " --previous" : ""}`;
  const resource = kinds[want.kind]?.resource ?? want.kind.toLowerCase();
  const namespace = want.namespace === "*" ? (kinds[want.kind]?.namespaced ? " -A" : "") : want.namespace ? ` -n ${want.namespace}` : "";
  if (want.type === "get") return `kubectl describe ${want.kind.toLowerCase()} ${want.name}${namespace}`;
  if (want.kind === "Event") return `kubectl get events${namespace} --sort-by=.lastTimestamp`;
  if (want.kind === "Node") return "kubectl describe nodes";
  return `kubectl get ${resource}${namespace}${want.selector ? ` -l ${want.selector}` : ""}`;
}

/** The Role (or ClusterRole) that lifts a refusal. */
function grant(want: WantTarget): { text: string; yaml: string } {
  const kind = want.type === "log" ? null : kinds[want.kind];
  const resource = want.type === "log" ? "pods/log" : (kind?.resource ?? want.kind);
  const verb = want.type === "list" ? "list" : "get";
  const wide = want.namespace === "*" || kind?.namespaced === false;
  const head = wide ? "kind: ClusterRole\nmetadata: {name: unloop-reader}" : `kind: Role\nmetadata: {name: unloop-reader, namespace: ${want.namespace}}`;
  const yaml = `apiVersion: rbac.authorization.k8s.io/v1\n${head}\nrules:\n  - apiGroups: ["${kind?.group ?? ""}"]\n    resources: ["${resource}"]\n    verbs: ["${verb}"]\n`;
  return { text: `grant ${verb} on ${resource}`, yaml };
}

const hint: Record<string, string> = {
  "timed-out": "ask again, or with a longer --request-timeout",
  gone: "it is kept only until the next run: ask sooner after a crash",
  "over-budget": "ask for one workload instead of all",
  cannot: "paste the output of this command after the first text",
};

function ofAnswer(answer: Answer, isPasted: boolean): NotSeen {
  const { want, state } = answer;
  const isGrant = state === "forbidden";
  const { text, yaml } = grant(want);
  return {
    what: describe(want),
    why: state === "cannot" ? "not given" : state,
    consequence: answer.consequence,
    remedy: {
      text: isGrant ? text : (hint[state] ?? "ask again"),
      yaml: isGrant ? yaml : null,
      command: isPasted ? commandFor(want) : isGrant ? null : commandFor(want),
    },
  };
}

/** @param open what the engine still wants: for a source that can fetch nothing, each is something that was not given */
export function notSeenOf(snapshot: Snapshot, open: Want[]): NotSeen[] {
  const isPasted = snapshot.source.kind !== "cluster";
  const pending: Answer[] = open.map(({ priority: _, consequence, rule: __, ...want }) => ({
    want,
    state: isPasted ? "cannot" : "over-budget",
    consequence,
  }));
  const refused = snapshot.answers.filter(
    (a) => a.state !== "got" && a.state !== "absent" && !(a.want.type === "list" && a.want.kind === "Secret" && a.state === "forbidden"),
  );
  const all = [...refused, ...pending].map((a) => ofAnswer(a, isPasted));
  const unread: NotSeen[] = snapshot.unread.slice(0, 5).map((text) => ({
    what: text.slice(0, 200),
    why: "not understood",
    consequence: "it was left out",
    remedy: { text: "paste it as kubectl prints it", yaml: null, command: null },
  }));
  const unique = new Map(all.map((n) => [`${n.what} ${n.why}`, n]));
  return [...[...unique.values()].slice(0, shown), ...unread].sort((a, b) => (isPasted ? 0 : compareCodePoints(a.what, b.what)));
}
