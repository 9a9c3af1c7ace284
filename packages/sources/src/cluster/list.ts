/** Paged listings. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import type { Api } from "./api";
import { jsonType } from "./api";
import { type Refusal, type Reply, refused } from "./reply";
import { type Resource, apiVersionOf, pathOf } from "./resources";
import { type Item, type Table, itemsOfTable, metadataListType, tableType } from "./table";

export type ListForm = "full" | "metadata" | "row";
export interface ListRequest {
  resource: Resource;
  /** null: over all namespaces. */
  namespace: string | null;
  form: ListForm;
  /** The form of every page but the first, where the first alone may be dear. */
  laterForm?: ListForm;
  firstLimit?: number;
  labelSelector?: string;
  fieldSelector?: string;
  /** Called for every page, so that pages need not be kept. */
  onPage: (items: Item[], form: ListForm) => void;
}
export interface ListOutcome {
  /** null where all pages were read. */
  refusal: Refusal | null;
  pages: number;
}
interface ListBody {
  kind?: string;
  metadata?: object;
  items?: KubernetesObject[];
}
/** kubectl's page. */
const firstPage = 500;
/** Rows are small, and every page costs a round trip. */
const laterPage: Record<ListForm, number> = { full: 500, metadata: 2000, row: 1000 };
const accept: Record<ListForm, string> = { full: jsonType, metadata: metadataListType, row: `${tableType},${jsonType}` };

/**
 * Reads all pages, each next one while the one before is being taken apart. When the continue token has expired (410, after about
 * five minutes) the listing starts again once, unpaged from the server's cache.
 */
export async function list(api: Api, request: ListRequest): Promise<ListOutcome> {
  const ask = (token: string, isUnpaged = false): { token: string; isUnpaged: boolean; form: ListForm; reply: Promise<Reply> } => {
    const form = token && request.laterForm ? request.laterForm : request.form;
    const limit = token ? laterPage[form] : (request.firstLimit ?? firstPage);
    const reply = api.get(listPath(request, token, limit, isUnpaged), { accept: accept[form] });
    // Where the page before turns out to be unreadable nobody waits for this one.
    reply.catch(() => undefined);
    return { token, isUnpaged, form, reply };
  };
  let pages = 0;
  for (let asked = ask(""); ;) {
    const { token, isUnpaged, form } = asked;
    const reply = await asked.reply;
    if (reply.state === "gone" && token && !isUnpaged) {
      asked = ask("", true);
      continue;
    }
    if (reply.state !== "got") return { refusal: reply, pages };
    const next = nextToken(reply.body);
    if (next && (next === token || isUnpaged)) return { refusal: refused("cannot", 200, "the server repeats the same page"), pages };
    if (next) asked = ask(next);
    const body = parseJson(reply.body);
    const isTable = body?.kind === "Table";
    if (!body || (!isTable && body.items !== null && !Array.isArray(body.items))) return { refusal: refused("cannot", 200, notKubernetes), pages };
    pages++;
    // An empty metadata-only list has `items: null` (encoding/json of a nil slice).
    // A server that knows no Table for a kind answers with the full list.
    if (isTable) request.onPage(itemsOfTable(body as Table, request.resource.kind, apiVersionOf(request.resource)), "row");
    else request.onPage(itemsOfList(body, request.resource), form === "row" ? "full" : form);
    if (next) continue;
    const late = (body.metadata as { continue?: unknown } | undefined)?.continue;
    if (typeof late !== "string" || !late) return { refusal: null, pages };
    asked = ask(late);
  }
}
/** The continue token, which the server writes in front of the items. Empty on the last page. */
function nextToken(body: Buffer): string {
  const head = body.subarray(0, 4096).toString("latin1");
  const end = head.search(/"(?:items|rows|columnDefinitions)":/);
  return /"continue":\s?"([^"\\]{1,2000})"/.exec(end < 0 ? head : head.slice(0, end))?.[1] ?? "";
}
export const notKubernetes = "the answer is not a Kubernetes list";

function listPath(request: ListRequest, token: string, limit: number, isUnpaged: boolean): string {
  const query = new URLSearchParams();
  if (isUnpaged) query.set("resourceVersion", "0");
  else query.set("limit", String(limit));
  if (token) query.set("continue", token);
  if (request.labelSelector) query.set("labelSelector", request.labelSelector);
  if (request.fieldSelector) query.set("fieldSelector", request.fieldSelector);
  return `${pathOf(request.resource, request.namespace)}?${query}`;
}
/** List items carry neither kind nor apiVersion, metadata-only ones those of the envelope. */
function itemsOfList(body: ListBody, resource: Resource): Item[] {
  const apiVersion = apiVersionOf(resource);
  return (body.items ?? []).filter((item) => item?.metadata?.name).map((item) => ({ object: { ...item, kind: resource.kind, apiVersion } }));
}
/** null for what is not a JSON object, e.g. a login page. */
export function parseJson(body: Buffer): (ListBody & Record<string, unknown>) | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as ListBody & Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
