/**
 * Objects from files and pastes → the types of the model. A server has checked what it sends; a cut or edited YAML may hold a list where a
 * map belongs. What does not fit is left out.
 */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import { metadata, type Schema, schemas } from "./schemas";

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
function fit(value: unknown, schema: Schema): unknown {
  if (value === null || value === undefined) return undefined;
  if (schema === "any") return value;
  if (schema === "text" || schema === "name")
    return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  if (schema === "number") return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  if (schema === "flag") return typeof value === "boolean" ? value : undefined;
  if (schema === "texts" || schema === "quantities") return isFields(value) ? fitMap(value, schema) : undefined;
  if (Array.isArray(schema)) return Array.isArray(value) ? fitList(value, (schema as readonly [Schema])[0]) : undefined;
  return isFields(value) ? fitFields(value, schema as { readonly [field: string]: Schema }) : undefined;
}
function fitMap(value: Fields, schema: "texts" | "quantities"): Fields {
  let out = value;
  for (const key in value) {
    const one = value[key];
    if (typeof one === "string" || (schema === "quantities" && typeof one === "number")) continue;
    if (out === value) out = { ...value };
    if (typeof one === "number" || typeof one === "boolean") out[key] = String(one);
    else delete out[key];
  }
  return out;
}
function fitList(values: unknown[], schema: Schema): unknown[] {
  const needed = isFields(schema) ? Object.keys(schema).filter((field) => schema[field] === "name") : [];
  const isWhole = (one: unknown): boolean => one !== undefined && (!isFields(one) || needed.every((field) => typeof one[field] === "string"));
  const fitted = values.map((one) => fit(one, schema)).filter(isWhole);
  return fitted.length === values.length && fitted.every((one, i) => one === values[i]) ? values : fitted;
}
/** The fields of the schema, in its types; the others stay. Copies only what changes. */
function fitFields(value: Fields, schema: { readonly [field: string]: Schema }): Fields {
  let out = value;
  for (const field in schema) {
    const before = value[field];
    if (before === undefined) continue;
    const after = fit(before, schema[field]!);
    if (after === before) continue;
    if (out === value) out = { ...value };
    if (after === undefined) delete out[field];
    else out[field] = after;
  }
  return out;
}

/** Only what the schema knows: a YAML whose indentation was lost still parses, with a password under some other field. */
function keepKnown(value: unknown, schema: Schema): unknown {
  if (typeof schema === "string") return value;
  if (Array.isArray(schema)) return Array.isArray(value) ? value.map((one) => keepKnown(one, (schema as readonly [Schema])[0])) : value;
  if (!isFields(value)) return value;
  const known = schema as { readonly [field: string]: Schema };
  const out: Fields = {};
  for (const field in known) if (value[field] !== undefined) out[field] = keepKnown(value[field], known[field]!);
  return out;
}

/**
 * The object in the model's types; `metadata.name` and `kind` must be there.
 * @param strict leaves out fields that the model does not know, for texts that went through people's hands
 */
export function conform(object: KubernetesObject, strict: boolean): KubernetesObject {
  const schema = { apiVersion: "text", kind: "text", metadata, ...(schemas[object.kind] as object) } as { readonly [field: string]: Schema };
  const fitted = fitFields(object as unknown as Fields, schema);
  return (strict && schemas[object.kind] ? keepKnown(fitted, schema) : fitted) as KubernetesObject;
}
