/**
 * The starting point: the cheapest complete listing of what could fail. Over all namespaces these are rows, whose size does not depend
 * on how long a pod's spec is. In one namespace the first page is read in full, which saves the round trip for the details; what
 * does not fit on it follows as rows.
 */
import type { AnswerState, WantTarget } from "@unloop/engine/model/snapshot";
import type { Api } from "./api";
import { answer } from "./answer";
import type { Draft } from "./draft";
import { list } from "./list";
import type { Refusal } from "./reply";
import type { Budgets } from "./options";
import { resourceOf } from "./resources";

export interface Scope {
  /** null: all namespaces. */
  namespace: string | null;
  kind: string | null;
  name: string | null;
  selector: string | null;
}
export interface FirstLook {
  /** Why pods could not be listed; null where they could. */
  pods: Refusal | null;
  /** What became of the object that was named; null where none was. */
  target: AnswerState | null;
}
const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];
/** Objects read in full on the first page of one namespace: half a megabyte of pods. More would cost more than the round trip that it saves. */
const fullPage = 50;

const consequences: Record<string, string> = {
  Pod: "pods that fail are not seen",
  Node: "nodes that are lost or under pressure are not seen",
  Event: "probe kills can't be told from other kills, and refusals of the kubelet are not seen",
};

/** Side by side, in one round trip where nothing is paged. */
export async function firstLook(api: Api, draft: Draft, scope: Scope, budgets: Budgets): Promise<FirstLook> {
  const { namespace, kind, name } = scope;
  const listing = (listed: string): Promise<Refusal | null> => listFirst(api, draft, scope, listed);
  const isOnePod = kind === "Pod" && name !== null && namespace !== null;
  const [pods, target] = await Promise.all([
    listing("Pod"),
    name && kind && isOneObject(kind, namespace)
      ? look(api, draft, { type: "get", kind, namespace: namespace ?? "", name }, `${kind} ${name} is not seen`, budgets)
      : null,
    // Events are wanted as soon as one thing was named and fails, which is why it was named.
    name && namespace !== null ? look(api, draft, { type: "list", kind: "Event", namespace, fidelity: "full" }, consequences["Event"]!, budgets) : null,
    // Who owns one pod is asked for by name; what fails without having pods is not its question.
    ...(isOnePod ? [] : workloadKinds.map(listing)),
    // Rows of nodes tell which are lost, a question of -A. In one namespace the engine asks for the nodes that matter.
    namespace === null ? listing("Node") : null,
  ]);
  // The alert of last night: its name leads to a workload, if the workloads are known.
  if (isOnePod && target === "absent") await Promise.all(workloadKinds.map(listing));
  return { pods, target };
}

/** A name alone says nothing where all namespaces are meant. */
function isOneObject(kind: string, namespace: string | null): boolean {
  const resource = resourceOf(kind);
  return resource !== null && (!resource.namespaced || namespace !== null);
}

async function listFirst(api: Api, draft: Draft, scope: Scope, kind: string): Promise<Refusal | null> {
  const resource = resourceOf(kind)!;
  const { namespace } = scope;
  const isPod = kind === "Pod";
  const fieldSelector = isPod && scope.kind === "Node" && scope.name ? `spec.nodeName=${scope.name}` : undefined;
  const labelSelector = (isPod && scope.selector) || undefined;
  const isOnePod = scope.kind === "Pod" && scope.name !== null;
  const form = namespace === null || isOnePod ? "row" : "full";
  const { refusal, pages } = await list(api, {
    resource,
    namespace: resource.namespaced ? namespace : null,
    form,
    laterForm: "row",
    firstLimit: form === "full" ? fullPage : undefined,
    labelSelector,
    fieldSelector,
    onPage: (items, got) => {
      for (const item of items) draft.put(item.object, got, item.row);
    },
  });
  const isAll = !labelSelector && !fieldSelector;
  draft.setExtent(
    kind,
    resource.namespaced ? namespace : null,
    refusal ? (refusal.state === "forbidden" ? "forbidden" : pages ? "partial" : "not-asked") : isAll ? "complete" : "partial",
  );
  const want: WantTarget = {
    type: "list",
    kind,
    namespace: (resource.namespaced && namespace) || "*",
    fidelity: form,
    ...(labelSelector ? { selector: labelSelector } : {}),
  };
  draft.answer(want, consequences[kind] ?? `${kind}s that have no pods are not seen`, refusal?.state ?? "got", refusal?.message);
  return refusal;
}

async function look(api: Api, draft: Draft, want: WantTarget, consequence: string, budgets: Budgets): Promise<AnswerState> {
  const { state, message } = await answer(api, draft, want, budgets);
  draft.answer(want, consequence, state, message);
  return state;
}

/** Told beside the first details, since nothing waits for it. */
export async function readVersion(api: Api, draft: Draft): Promise<void> {
  const reply = await api.get("/version", { retries: 0, maxBytes: 64 * 1024 });
  if (reply.state !== "got") return;
  try {
    const version: unknown = (JSON.parse(reply.body.toString("utf8")) as { gitVersion?: unknown }).gitVersion;
    if (typeof version === "string" && /^v\d[\w.+-]{0,60}$/.test(version)) draft.snapshot.source.serverVersion = version;
  } catch {
    // Some gateways keep /version to themselves; nothing hangs on it.
  }
}
