/** Answers one Want with one request (a paged listing: with one a page), or with none where it is known already. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import type { AnswerState, WantTarget } from "@unloop/engine/model/snapshot";
import type { Api } from "./api";
import { jsonType } from "./api";
import type { Draft } from "./draft";
import { list, parseJson } from "./list";
import { fetchLog } from "./log";
import type { Budgets } from "./options";
import { type Resource, apiVersionOf, pathOf, resourceOf } from "./resources";
import { metadataType } from "./table";

export interface Outcome {
  state: AnswerState;
  message?: string;
}
type GetWant = Extract<WantTarget, { type: "get" }>;
type ListWant = Extract<WantTarget, { type: "list" }>;

/** Fetches what is wanted into the draft. Refusals are outcomes; only what ends the whole run is thrown. */
export async function answer(api: Api, draft: Draft, want: WantTarget, budgets: Budgets): Promise<Outcome> {
  if (want.type === "log") {
    const result = await fetchLog(api, want, budgets);
    if (result.state !== "got") return result;
    draft.snapshot.logs.push(result.log);
    return { state: "got" };
  }
  const resource = resourceOf(want.kind);
  if (!resource) return { state: "cannot", message: `unloop does not read ${want.kind}` };
  return want.type === "get" ? get(api, draft, want, resource) : listAll(api, draft, want, resource);
}

/**
 * Every start of every healthy pod leaves five events that tell nothing; they are most of a namespace's list, which is always read from
 * etcd. Which events were seen is complete but for these.
 */
const routineReasons = ["Scheduled", "Pulling", "Pulled", "Created", "Started", "ScalingReplicaSet", "SuccessfulDelete", "LeaderElection"];
const tellingEvents = routineReasons.map((reason) => `reason!=${reason}`).join(",");

/** A Secret is never read but by its metadata, whatever is asked for. */
function isSealed(resource: Resource): boolean {
  return resource.kind === "Secret";
}

async function get(api: Api, draft: Draft, want: GetWant, resource: Resource): Promise<Outcome> {
  const namespace = resource.namespaced ? want.namespace : null;
  if (draft.seen(want.kind, namespace, want.name, isSealed(resource) ? "metadata" : "full")) return { state: "got" };
  if (draft.extentOf(want.kind, namespace) === "complete" && !draft.seen(want.kind, namespace, want.name, "row"))
    return { state: "absent", message: "it is not in the list" };
  // No fallback for a Secret: a server that knows no metadata form must refuse instead of sending values.
  const reply = await api.get(pathOf(resource, namespace, want.name), { accept: isSealed(resource) ? metadataType : jsonType });
  if (reply.state !== "got") return { state: reply.state, message: reply.message };
  const body = parseJson(reply.body);
  if (!body?.metadata || (isSealed(resource) && body.kind !== "PartialObjectMetadata"))
    return { state: "cannot", message: "the answer is not a Kubernetes object" };
  draft.put({ ...(body as unknown as KubernetesObject), kind: resource.kind, apiVersion: apiVersionOf(resource) }, isSealed(resource) ? "metadata" : "full");
  return { state: "got" };
}

async function listAll(api: Api, draft: Draft, want: ListWant, resource: Resource): Promise<Outcome> {
  const namespace = !resource.namespaced || want.namespace === "*" ? null : want.namespace;
  const form = isSealed(resource) ? "metadata" : want.fidelity;
  const { refusal, pages } = await list(api, {
    resource,
    namespace,
    form,
    labelSelector: want.selector,
    fieldSelector: want.kind === "Event" ? tellingEvents : undefined,
    onPage: (items, got) => {
      for (const item of items) draft.put(item.object, got, item.row);
    },
  });
  if (!want.selector)
    draft.setExtent(want.kind, namespace, !refusal ? "complete" : refusal.state === "forbidden" ? "forbidden" : pages ? "partial" : "not-asked");
  return refusal ? { state: refusal.state, message: refusal.message } : { state: "got" };
}
