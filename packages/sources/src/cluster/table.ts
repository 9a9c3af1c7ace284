/** The Table form of a listing: the cells that kubectl prints, and the metadata of each row's object. */
import type { KubernetesObject, ObjectMeta } from "@unloop/engine/model/kubernetes";

export const tableType = "application/json;as=Table;g=meta.k8s.io;v=v1";
export const metadataListType = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
export const metadataType = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

export interface Item {
  object: KubernetesObject;
  row?: Record<string, string>;
}
export interface Table {
  kind: "Table";
  columnDefinitions?: { name?: string }[];
  rows?: { cells?: unknown[]; object?: { metadata?: ObjectMeta } | null }[];
}

/** Rows with cells by upper-case heading. Rows without a named object are left out: nobody could ask for them again. */
export function itemsOfTable(table: Table, kind: string, apiVersion: string): Item[] {
  const headings = (table.columnDefinitions ?? []).map((column) => String(column.name ?? "").toUpperCase());
  const items: Item[] = [];
  for (const { cells, object } of table.rows ?? []) {
    const metadata = object?.metadata;
    if (!metadata?.name) continue;
    const row: Record<string, string> = {};
    headings.forEach((heading, i) => {
      const cell = cells?.[i];
      if (heading && cell !== undefined && cell !== null) row[heading] = String(cell);
    });
    items.push({ object: { apiVersion, kind, metadata: slim(metadata) }, row });
  }
  return items;
}
/** A row stands for a healthy object until more is asked: who it is and whose it is. Annotations and field owners would be most of the memory. */
function slim(metadata: ObjectMeta): ObjectMeta {
  const { name, namespace, uid, labels, ownerReferences, creationTimestamp, deletionTimestamp, generation } = metadata;
  return { name, namespace, uid, labels, ownerReferences, creationTimestamp, ...(deletionTimestamp ? { deletionTimestamp } : {}), generation };
}
