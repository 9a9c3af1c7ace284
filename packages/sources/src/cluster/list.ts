/** Paged listings. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import type { Api } from "./api";
import { jsonType } from "./api";
import { type Refusal, refused } from "./reply";
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
  /** Called before a listing starts again. */
  onRestart?: () => void;
}
export interface ListOutcome {
  /** null where all pages were read. */
  refusal: Refusal | null;
  pages: number;
}
interface ListBody {
  kind?: string;
  metadata?: { continue?: string };
  items?: KubernetesObject[];
}
/** kubectl's page. */
const firstPage = 500;
/** Rows are small, and every page costs a round trip. */
const laterPage: Record<ListForm, number> = { full: 500, metadata: 2000, row: 2000 };
const accept: Record<ListForm, string> = { full: jsonType, metadata: metadataListType, row: `${tableType},${jsonType}` };

/** Reads all pages. When the continue token has expired (410, after about five minutes) it starts again once, unpaged from the server's cache. */
export async function list(api: Api, request: ListRequest): Promise<ListOutcome> {
  let pages = 0;
  let token = "";
  let isUnpaged = false;
  do {
    const form = token && request.laterForm ? request.laterForm : request.form;
    const path = listPath(request, token, token ? laterPage[form] : (request.firstLimit ?? firstPage), isUnpaged);
    const reply = await api.get(path, { accept: accept[form] });
    if (reply.state === "gone" && token && !isUnpaged) {
      isUnpaged = true;
      token = "";
      request.onRestart?.();
      continue;
    }
    if (reply.state !== "got") return { refusal: reply, pages };
    const body = parseJson(reply.body);
    if (!body || (!Array.isArray(body.items) && body.kind !== "Table")) return { refusal: refused("cannot", 200, notKubernetes), pages };
    pages++;
    const isTable = body.kind === "Table";
    // A server that knows no Table for a kind answers with the full list.
    request.onPage(
      isTable ? itemsOfTable(body as Table, request.resource.kind, apiVersionOf(request.resource)) : itemsOfList(body, request.resource),
      isTable ? "row" : form === "row" ? "full" : form,
    );
    const next = body.metadata?.continue ?? "";
    if (next && next === token) return { refusal: refused("cannot", 200, "the server repeats the same page"), pages };
    token = next;
    isUnpaged = false;
  } while (token || isUnpaged);
  return { refusal: null, pages };
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
