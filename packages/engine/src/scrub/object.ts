/** Objects at the door: structure is kept, values of Secrets never enter, every string is looked at. */
import type { KubernetesObject } from "../model/kubernetes";
import { stripControls } from "./controls";
import { cutLines } from "./cut";
import { detectors } from "./detectors";
import { isHarmless, isName } from "./harmless";
import { keyMeaning } from "./keys";
import { hasMixture, looksRandom } from "./looks";
import { scrubText } from "./scrub-text";

export interface AdmittedObject {
  object: KubernetesObject;
  /** Key names of a Secret or ConfigMap, sorted, where they are known completely. */
  keys?: string[];
}
type Fields = Record<string, unknown>;

/** Longest string that is kept of a field. ConfigMaps hold at most 1 MiB (etcd), of which a diagnosis reads little. */
const longestValue = 65_536;
const mostConfigData = 262_144;
/** Kept out by name: the writer's whole copy of the object, with every value in it. */
const copies = /last-applied-configuration$|last-applied$|^objectset\.rio\.cattle\.io\/applied$|^kapp\.k14s\.io\/original/;
/** Fields that the API server fills or checks so tightly that no secret fits; most strings of a pod are here. */
const plainFields = new Set(
  (
    "uid resourceVersion creationTimestamp deletionTimestamp apiVersion kind namespace nodeName podIP hostIP ip imageID containerID image startTime startedAt finishedAt completionTime time " +
    "lastTransitionTime lastUpdateTime lastProbeTime lastHeartbeatTime firstTimestamp lastTimestamp eventTime lastObservedTime phase status type protocol imagePullPolicy restartPolicy dnsPolicy " +
    "terminationMessagePath terminationMessagePolicy schedulerName serviceAccountName serviceAccount mountPath operator effect qosClass fieldPath resource clusterIP bootID machineID systemUUID"
  ).split(" "),
);

/**
 * Takes an object as the API, a YAML file or a bundle gives it. Secret `data` and `stringData` never enter; annotations of Secrets and copies of the
 * applied object are dropped; `managedFields` keeps who wrote when; literal values are masked by key and by content.
 * The object given is not changed; parts without a secret are shared with it.
 */
export function admitObject(object: KubernetesObject): AdmittedObject {
  const source = object as KubernetesObject & Fields;
  if (Array.isArray(source["items"]) && String(source.kind).endsWith("List")) {
    return { object: { ...source, items: (source["items"] as KubernetesObject[]).map((item) => admitObject(item).object) } as KubernetesObject };
  }
  if (source.kind === "Secret") return admitSecret(source);
  if (source.kind === "ConfigMap") return admitConfigMap(source);
  return { object: admitFields(source) as unknown as KubernetesObject };
}

function admitSecret(source: KubernetesObject & Fields): AdmittedObject {
  const { data, stringData, metadata, ...rest } = source;
  const { annotations: _annotations, ...kept } = (metadata ?? {}) as unknown as Fields;
  const isFull = data !== undefined || stringData !== undefined || source["type"] !== undefined;
  const keys = isFull ? keyNames(data, stringData) : keysOfManagedFields(metadata);
  return { object: admitFields({ ...rest, metadata: kept }) as unknown as KubernetesObject, ...(keys && { keys }) };
}

function admitConfigMap(source: KubernetesObject & Fields): AdmittedObject {
  const { data, binaryData, ...rest } = source;
  const keys = data !== undefined || binaryData !== undefined ? keyNames(data, binaryData) : (keysOfManagedFields(source.metadata) ?? undefined);
  const admitted = admitFields(rest) as Fields;
  if (isFields(data)) admitted["data"] = admitConfigData(data);
  return { object: admitted as unknown as KubernetesObject, ...(keys && { keys }) };
}

function admitConfigData(data: Fields): Fields {
  const out: Fields = {};
  let budget = mostConfigData;
  for (const [key, value] of Object.entries(data)) {
    const text = String(value ?? "").slice(0, Math.min(longestValue, budget));
    budget -= text.length;
    out[key] = admitValue(key, text);
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

/** Copies only what changes: a healthy pod comes back as it is. */
function admitFields(value: Fields): Fields {
  let out = value;
  for (const key in value) {
    const before = value[key];
    if (typeof before === "number" || typeof before === "boolean" || before === null) continue;
    if (copies.test(key)) {
      if (out === value) out = { ...value };
      delete out[key];
      continue;
    }
    const after = key === "managedFields" ? reducedManagers(before) : admitAny(key, before);
    if (after === before) continue;
    if (out === value) out = { ...value };
    out[key] = after;
  }
  return typeof value["name"] === "string" && typeof out["value"] === "string" ? admitNamedValue(value, out) : out;
}

/** `{name, value}`: an environment variable, an HTTP header, a parameter. */
function admitNamedValue(source: Fields, out: Fields): Fields {
  const after = admitValue(source["name"] as string, source["value"] as string);
  return after === out["value"] ? out : { ...out, value: after };
}

function admitAny(key: string, value: unknown): unknown {
  if (typeof value === "string") return plainFields.has(key) && value.length < 512 ? value : admitValue(key, value);
  if (Array.isArray(value)) return admitList(key, value);
  return isFields(value) ? (value["kind"] === "Secret" ? admitSecret(value as never).object : admitFields(value)) : value;
}

/** Elements of `args` and `command` belong together: the value of a flag may be the next element. */
function admitList(key: string, list: unknown[]): unknown[] {
  let out = list;
  list.forEach((before, i) => {
    const flag = list[i - 1];
    const isValueOfFlag = typeof before === "string" && typeof flag === "string" && /^--?[A-Za-z][\w.-]{1,60}$/.test(flag) && !before.startsWith("-");
    const after = isValueOfFlag ? admitValue(flag, before) : admitAny(key, before);
    if (after === before) return;
    if (out === list) out = [...list];
    out[i] = after;
  });
  return out;
}

function reducedManagers(entries: unknown): unknown {
  if (!Array.isArray(entries)) return undefined;
  return entries
    .filter(isFields)
    .map(({ manager, operation, time, subresource }) => ({ manager, operation, time, ...(subresource !== undefined && { subresource }) }));
}

/** A whole value under its key: where the key says secret, all of it is masked; otherwise what its content gives away. */
function admitValue(key: string, value: string): string {
  const meaning = value.length < 8192 && !/^checksum\//.test(key) ? keyMeaning(key) : null;
  if (!meaning && !detectors.touches(value) && value.length < 4096) return value;
  const text = stripControls(value.length > longestValue ? cutLines(value, 16_384).slice(0, longestValue) : value);
  const scrubbed = scrubText(text).text;
  if (!meaning || scrubbed !== text || isHarmless(text) || /^\d{1,7}$/.test(text) || text.includes("\n")) return scrubbed;
  if (meaning.kind === "secret" && isName(text) && !/client|app|shared|[A-Z]{3}/.test(key)) return scrubbed;
  return meaning.strong || looksRandom(text) || (text.length >= 8 && hasMixture(text)) ? `«${meaning.kind}»` : scrubbed;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
