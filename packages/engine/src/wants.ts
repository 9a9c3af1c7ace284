/** What the engine still needs to see. Pure: the same Snapshot gives the same list. */
import type { Case } from "./model/case";
import type { CauseContext } from "./model/cause";
import type { Graph } from "./model/graph";
import type { Observations } from "./model/observation";
import type { Pod } from "./model/kubernetes";
import { kinds } from "./model/kinds";
import type { WorkloadRef } from "./model/report";
import { type Snapshot, type Want, type WantTarget, wantKey } from "./model/snapshot";
import { hasSpec, type SnapshotView, viewSnapshot } from "./model/view";
import { causes } from "./causes/registry";
import { detect, representatives } from "./detect/index";
import { shortOfPods } from "./detect/no-pods";
import { nameStem, ownerOf } from "./detect/owners";
import { secondsBetween } from "./detect/time";
import { isSuspectRow } from "./detect/pod";
import { buildGraph, splitHost } from "./graph/index";
import { relevantTo } from "./relevance";
import { observe } from "./routine/index";
import { logWant } from "./routine/logs";

/** Sandbox, volumes and image of a healthy pod are mostly there by then. */
const setUpSeconds = 20;

interface WishList {
  add(priority: number, target: WantTarget, consequence: string): void;
  list(): Want[];
}
/** Collects Wants, each once with its highest priority, without what is here or was answered. */
function wishList(view: SnapshotView): WishList {
  const wishes = new Map<string, Want>();
  function isHere(target: WantTarget): boolean {
    if (target.type === "log") return view.log(target.namespace, target.pod, target.container, target.run) !== null;
    if (target.type === "get") {
      const seen = view.get(target.kind, target.namespace, target.name);
      // Pasted text can show a pod's state and nothing of its spec.
      if (target.kind === "Pod") return hasSpec(seen) && (seen!.object as Pod).spec !== undefined;
      return hasSpec(seen) || (target.kind === "Secret" && seen !== null);
    }
    if (target.selector || !view.complete(target.kind, target.namespace)) return false;
    return target.fidelity !== "full" || view.list(target.kind, target.namespace === "*" ? undefined : target.namespace).every(hasSpec);
  }
  return {
    add(priority, target, consequence) {
      const key = wantKey(target);
      const before = wishes.get(key);
      if (view.answer(target) !== null || (before && before.priority >= priority) || isHere(target)) return;
      const kind = target.type === "log" ? null : kinds[target.kind];
      const rule = kind
        ? { apiGroups: [kind.group], resources: [kind.resource], verbs: [target.type] }
        : { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] };
      wishes.set(key, { ...target, priority, consequence, rule });
    },
    list: () => [...wishes.entries()].sort(([a, x], [b, y]) => y.priority - x.priority || (a < b ? -1 : 1)).map(([, want]) => want),
  };
}

function suspects(view: SnapshotView, wish: WishList, isRelevant: (workload: WorkloadRef) => boolean): void {
  const perWorkload = new Map<string, number>();
  for (const seen of view.list("Pod")) {
    // Rows stay on the objects that are read in full later, so that the count of representatives holds over all rounds.
    if (!seen.row || !isSuspectRow(seen.row) || !isRelevant(ownerOf(view, seen).ref)) continue;
    const { namespace = "", name = "" } = seen.object.metadata;
    const group = `${namespace}/${nameStem(name).middle ?? nameStem(name).name} ${seen.row.STATUS}`;
    const count = (perWorkload.get(group) ?? 0) + 1;
    perWorkload.set(group, count);
    if (count <= representatives) wish.add(100, { type: "get", kind: "Pod", namespace, name }, `why ${namespace}/${name} is ${seen.row.STATUS} can't be told`);
  }
}

function refusals(view: SnapshotView, wish: WishList, isRelevant: (workload: WorkloadRef) => boolean): void {
  for (const seen of shortOfPods(view)) {
    const { namespace = "", name = "" } = seen.object.metadata;
    const kind = seen.object.kind;
    if (!isRelevant({ kind, namespace, name, revision: null })) continue;
    wish.add(80, { type: "list", kind: "Event", namespace, fidelity: "full" }, `why ${kind} ${name} has too few pods is not known`);
    if (!hasSpec(seen)) wish.add(60, { type: "get", kind, namespace, name }, `why ${kind} ${name} has too few pods is not known`);
    const labels = Object.entries(seen.object.spec?.selector?.matchLabels ?? {});
    if (kind === "Deployment" && labels.length)
      wish.add(
        60,
        { type: "list", kind: "ReplicaSet", namespace, fidelity: "full", selector: selectorText(labels) },
        `which revision of ${name} has too few pods is not known`,
      );
  }
}

/** Only events tell that a pod can not be set up (a volume, the sandbox): until they were seen it looks like one that is about to start. */
function stuckSetUps(view: SnapshotView, wish: WishList): void {
  for (const seen of view.list("Pod")) {
    const { metadata, spec, status } = seen.object;
    if (!hasSpec(seen) || metadata.deletionTimestamp || !spec?.nodeName || status?.phase !== "Pending") continue;
    const age = secondsBetween(status.startTime ?? metadata.creationTimestamp, view.snapshot.takenAt);
    if (age !== null && age < setUpSeconds) continue;
    const statuses = status.containerStatuses ?? [];
    if (statuses.some((s) => s.state?.running || s.state?.terminated)) continue;
    wish.add(80, { type: "list", kind: "Event", namespace: metadata.namespace ?? "", fidelity: "full" }, `why ${metadata.name} is not set up can't be told`);
  }
}

function selectorText(labels: [string, string][]): string {
  return labels
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
}

function ownersOf(failing: Case, wish: WishList): void {
  const { kind, namespace, name } = failing.workload;
  if (kind !== "Pod" && kind !== "Node" && kinds[kind])
    wish.add(60, { type: "get", kind, namespace, name }, `desired replicas and template of ${kind} ${name} are not known`);
  const pod = failing.pods[0]?.pod;
  for (const owner of pod?.metadata.ownerReferences ?? []) {
    if (owner.kind === "Job") wish.add(60, { type: "get", kind: "Job", namespace, name: owner.name }, `the Job behind ${pod!.metadata.name} is not known`);
    if (owner.kind !== "ReplicaSet") continue;
    const labels = Object.entries(pod!.metadata.labels ?? {}).filter(([key]) => key !== "pod-template-hash");
    if (labels.length && labels.every(([key, value]) => /^[\w./-]+$/.test(key) && /^[\w.-]*$/.test(value))) {
      const selector = selectorText(labels);
      wish.add(
        60,
        { type: "list", kind: "ReplicaSet", namespace, fidelity: "full", selector },
        `which revision of ${name} fails and what changed in it is not known`,
      );
    } else wish.add(60, { type: "get", kind: "ReplicaSet", namespace, name: owner.name }, `which revision of ${name} fails is not known`);
  }
}

function configurationOf(failing: Case, seen: Observations, wish: WishList): void {
  const { namespace } = failing.workload;
  const asked = seen.config.references;
  for (const r of asked) {
    if (r.kind === "ConfigMap" && r.object !== "no" && (r.via === "env" || r.via === "envFrom" || seen.logs.reading?.kind !== "healthy"))
      wish.add(
        40,
        { type: "get", kind: "ConfigMap", namespace, name: r.name },
        `values that ${failing.workload.name} takes from ConfigMap ${r.name} are not known`,
      );
    if (r.kind === "PersistentVolumeClaim") wish.add(40, { type: "get", kind: r.kind, namespace, name: r.name }, `the state of claim ${r.name} is not known`);
  }
  const unmet = new Set(
    asked
      .filter(
        (r) =>
          (r.object === "no" || r.keyExists === "no" || r.object === "unknown") &&
          !(r.optional && r.via !== "env" && r.via !== "envFrom" && r.via !== "imagePullSecret"),
      )
      .map((r) => r.kind),
  );
  const trouble = `${seen.status.waiting?.reason ?? ""} ${seen.status.waiting?.message ?? ""} ${seen.events.all.map((e) => (e.type === "Warning" ? e.message : "")).join(" ")}`;
  const missing = /not found|couldn't find key|non-existent|references/.test(trouble);
  if (unmet.has("Secret"))
    wish.add(
      missing ? 45 : 20,
      { type: "list", kind: "Secret", namespace, fidelity: "metadata" },
      "names and keys of Secrets are not known, so no similar one can be suggested",
    );
  if (unmet.has("ConfigMap") && missing)
    wish.add(45, { type: "list", kind: "ConfigMap", namespace, fidelity: "metadata" }, "names of ConfigMaps are not known, so no similar one can be suggested");
  if (unmet.has("PersistentVolumeClaim") && missing)
    wish.add(
      45,
      { type: "list", kind: "PersistentVolumeClaim", namespace, fidelity: "full" },
      "names of claims are not known, so no similar one can be suggested",
    );
}

function dependenciesOf(failing: Case, seen: Observations, wish: WishList): void {
  const { namespace } = failing.workload;
  const signals = seen.logs.reading?.signals ?? [];
  const asks = signals.some((s) => s.cause.startsWith("dependency/") || s.subject.host) || seen.events.unhealthy.length > 0;
  if (!asks) return;
  const places = new Set([namespace]);
  for (const signal of signals) {
    const place = signal.subject.host ? splitHost(signal.subject.host, namespace) : null;
    if (place && /\.svc/.test(signal.subject.host!)) places.add(place.namespace);
  }
  for (const place of places) {
    wish.add(50, { type: "list", kind: "Service", namespace: place, fidelity: "full" }, "whether the Service that it calls exists is not known");
    wish.add(
      50,
      { type: "list", kind: "EndpointSlice", namespace: place, fidelity: "full" },
      "whether anything stands behind the Service that it calls is not known",
    );
  }
}

/**
 * Namespaces that nobody asked about: all pods of the cluster may have been listed for the room that they take on the nodes. A namespace
 * whose Services were asked for is one that the question leads to.
 */
function elsewhere(snapshot: Snapshot): (namespace: string) => boolean {
  const asked = snapshot.focus?.namespace ?? null;
  const led = new Set(
    snapshot.answers.flatMap(({ want }) => (want.type === "list" && (want.kind === "Service" || want.kind === "EndpointSlice") ? [want.namespace] : [])),
  );
  return (namespace) => asked !== null && namespace !== "*" && namespace !== "" && namespace !== asked && !led.has(namespace);
}

/** Everything still to fetch, the most telling first. Empty once nothing new would be learned. */
export function wants(snapshot: Snapshot): Want[] {
  const view = viewSnapshot(snapshot);
  const graph = buildGraph(view);
  return wantsOf(view, graph, detect(view), (failing) => ({ case: failing, seen: observe(failing, view), view, graph }));
}

/** The same, for a caller that has looked at the Snapshot already. */
export function wantsOf(view: SnapshotView, graph: Graph, cases: Case[], look: (failing: Case) => CauseContext): Want[] {
  const { snapshot } = view;
  const wish = wishList(view);
  const isElsewhere = elsewhere(snapshot);
  const near: WishList = { ...wish, add: (priority, target, consequence) => void (isElsewhere(target.namespace) || wish.add(priority, target, consequence)) };
  const isRelevant = relevantTo(snapshot.focus, cases, graph, (failing) => look(failing).seen);
  suspects(view, near, isRelevant);
  refusals(view, near, isRelevant);
  stuckSetUps(view, near);
  for (const failing of cases) {
    if (failing.scope === "log") continue;
    const { namespace } = failing.workload;
    if (failing.scope !== "node" && isElsewhere(namespace)) continue;
    if (failing.pods[0]?.seen.fidelity === "row" || (failing.scope !== "node" && !isRelevant(failing.workload))) continue;
    const context = look(failing);
    const { seen } = context;
    const log = logWant(failing, seen.status);
    if (log && !seen.logs.log) wish.add(90, log, `what ${failing.container?.name} printed before it ended is not known`);
    wish.add(
      80,
      { type: "list", kind: "Event", namespace: failing.scope === "node" ? "default" : namespace, fidelity: "full" },
      "probe kills can't be told from other kills, and refusals of the kubelet are not seen",
    );
    ownersOf(failing, wish);
    configurationOf(failing, seen, wish);
    dependenciesOf(failing, seen, wish);
    for (const cause of causes) for (const { target, consequence } of cause.wants?.(context) ?? []) wish.add(30, target, consequence);
  }
  return wish.list();
}
