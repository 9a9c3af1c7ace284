/** Where the API server has each kind. */
import { type KindInfo, kinds } from "@unloop/engine/model/kinds";

export interface Resource extends KindInfo {
  kind: string;
}

/** null for a kind that unloop does not read. */
export function resourceOf(kind: string): Resource | null {
  const info = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return info ? { kind, ...info } : null;
}
export function apiVersionOf(resource: Resource): string {
  return resource.group ? `${resource.group}/${resource.version}` : resource.version;
}
/** Path of a collection, or of one object where `name` is given. `namespace` null or `*`: the collection over all namespaces. */
export function pathOf(resource: Resource, namespace: string | null, name?: string): string {
  const root = resource.group ? `/apis/${resource.group}/${resource.version}` : `/api/${resource.version}`;
  const scope = resource.namespaced && namespace && namespace !== "*" ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${root}${scope}/${resource.resource}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}
