/** Objects at the door: structure is kept, values of Secrets never enter, every string is looked at. */
import type { KubernetesObject } from "../model/kubernetes";
import { type Fields, type Walk, admitFields, admitValue, isFields, longestValue, maskKnown, startWalk } from "./fields";

export interface AdmittedObject {
  object: KubernetesObject;
  /** Key names of a Secret or ConfigMap, sorted, where they are known completely. */
  keys?: string[];
}
/** ConfigMaps hold at most 1 MiB (etcd), of which a diagnosis reads little. */
const mostConfigData = 262_144;

/**
 * Takes an object as the API, a YAML file or a bundle gives it. Secret `data` and `stringData` never enter; annotations of Secrets and copies of the
 * applied object are dropped; `managedFields` keeps who wrote when; literal values are masked by key and by content.
 * The object given is not changed; parts without a secret are shared with it.
 */
export function admitObject(object: KubernetesObject): AdmittedObject {
  const source = object as KubernetesObject & Fields;
  if (Array.isArray(source["items"]) && source.kind.endsWith("List")) {
    return { object: { ...source, items: (source["items"] as KubernetesObject[]).map((item) => admitObject(item).object) } as KubernetesObject };
  }
  const walk = startWalk(admitNestedSecret);
  const admitted = admitKind(source, walk);
  // What one field gave away may stand unannounced in another.
  return walk.values.size === 0 ? admitted : { ...admitted, object: maskKnown(admitted.object, walk.values) };
}

function admitKind(source: KubernetesObject & Fields, walk: Walk): AdmittedObject {
  if (source.kind === "Secret") return admitSecret(source, walk);
  if (source.kind === "ConfigMap") return admitConfigMap(source, walk);
  return { object: admitFields(source, walk) as unknown as KubernetesObject };
}

function admitSecret(source: KubernetesObject & Fields, walk: Walk): AdmittedObject {
  const { data, stringData, metadata, ...rest } = source;
  const { annotations: _annotations, ...kept } = (metadata ?? {}) as unknown as Fields;
  const isFull = data !== undefined || stringData !== undefined || source["type"] !== undefined;
  const keys = isFull ? keyNames(data, stringData) : keysOfManagedFields(metadata);
  return { object: admitFields({ ...rest, metadata: kept }, walk) as unknown as KubernetesObject, ...(keys && { keys }) };
}

/** A Secret inside another object: a List, a template, a bundle's wrapper. */
function admitNestedSecret(source: Fields, walk: Walk): unknown {
  return admitSecret(source as KubernetesObject & Fields, walk).object;
}

function admitConfigMap(source: KubernetesObject & Fields, walk: Walk): AdmittedObject {
  const { data, binaryData, ...rest } = source;
  const keys = data !== undefined || binaryData !== undefined ? keyNames(data, binaryData) : (keysOfManagedFields(source.metadata) ?? undefined);
  const admitted: Fields = { ...admitFields(rest, walk) };
  if (isFields(data)) admitted["data"] = admitConfigData(data, walk);
  return { object: admitted as unknown as KubernetesObject, ...(keys && { keys }) };
}

function admitConfigData(data: Fields, walk: Walk): Fields {
  const out: Fields = {};
  let budget = mostConfigData;
  for (const [key, value] of Object.entries(data)) {
    const text = (typeof value === "string" ? value : JSON.stringify(value ?? "")).slice(0, Math.min(longestValue, budget));
    budget -= text.length;
    out[key] = admitValue(key, text, walk);
  }
  return out;
}

function keyNames(...maps: unknown[]): string[] {
  return [...new Set(maps.filter(isFields).flatMap((map) => Object.keys(map)))].toSorted();
}

/** Field paths carry the key names, not the values (Kubernetes API concepts, server-side apply, FieldsV1). */
function keysOfManagedFields(metadata: unknown): string[] | null {
  const entries = isFields(metadata) && Array.isArray(metadata["managedFields"]) ? metadata["managedFields"] : [];
  const keys = new Set<string>();
  let isKnown = false;
  for (const entry of entries) {
    const fields = isFields(entry) && isFields(entry["fieldsV1"]) ? entry["fieldsV1"] : {};
    if ("f:type" in fields) isKnown = true;
    for (const part of ["f:data", "f:stringData", "f:binaryData"]) {
      const names = fields[part];
      if (!isFields(names)) continue;
      isKnown = true;
      for (const name of Object.keys(names)) if (name.startsWith("f:")) keys.add(name.slice(2));
    }
  }
  return isKnown ? [...keys].toSorted() : null;
}
