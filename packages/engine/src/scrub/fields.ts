/** The walk over an object's fields: every string is looked at, by its key and by its content; what holds no secret is shared, not copied. */
import { commandWords } from "./command-words";
import { stripControls } from "./controls";
import { cutLines } from "./cut";
import { detectors } from "./detectors";
import { isHarmless, isName } from "./harmless";
import { keyMeaning } from "./keys";
import { hasMixture, looksRandom } from "./looks";
import { repeatFinder } from "./repeats";
import { scrubText, withoutMasks } from "./scrub-text";

export type Fields = Record<string, unknown>;
export interface Walk {
  /** Values masked so far in this object, with their kind. */
  values: Map<string, string>;
  depth: number;
  /** Fields seen; an object that is wider than any real one (aliases of a hostile YAML) is cut. */
  seen: number;
  /** What to do with a Secret that stands inside the object. */
  nested: (secret: Fields, walk: Walk) => unknown;
}

/** Longest string that is kept of a field. */
export const longestValue = 65_536;
const deepest = 64;
const mostFields = 400_000;
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
const plainText = /^[\w./:@ +-]{0,300}$/;

export function startWalk(nested: Walk["nested"]): Walk {
  return { values: new Map(), depth: 0, seen: 0, nested };
}

/** Copies only what changes: a healthy pod comes back as it is. */
export function admitFields(value: Fields, walk: Walk): Fields {
  let out = value;
  walk.depth++;
  for (const key in value) {
    const before = value[key];
    if (typeof before === "number" || typeof before === "boolean" || before === null) continue;
    const isDropped = copies.test(key) || walk.depth > deepest || ++walk.seen > mostFields;
    const after = isDropped ? undefined : key === "managedFields" ? reducedManagers(before) : admitAny(key, before, walk);
    if (after === before) continue;
    if (out === value) out = { ...value };
    if (after === undefined) delete out[key];
    else out[key] = after;
  }
  walk.depth--;
  if (Array.isArray(out["command"]) || Array.isArray(out["args"])) out = commandWords(out, walk.values);
  return typeof value["name"] === "string" && typeof out["value"] === "string" ? admitNamedValue(value["name"], out, walk) : out;
}

/** `{name, value}`: an environment variable, an HTTP header, a parameter. */
function admitNamedValue(name: string, out: Fields, walk: Walk): Fields {
  const after = admitValue(name, out["value"] as string, walk);
  return after === out["value"] ? out : { ...out, value: after };
}

function admitAny(key: string, value: unknown, walk: Walk): unknown {
  if (typeof value === "string") return plainFields.has(key) && plainText.test(value) ? value : admitValue(key, value, walk);
  if (Array.isArray(value)) return admitList(key, value, walk);
  if (!isFields(value)) return value;
  return value["kind"] === "Secret" && (isFields(value["data"]) || isFields(value["stringData"])) ? walk.nested(value, walk) : admitFields(value, walk);
}

/** The value of a flag may be the next element. */
function admitList(key: string, list: unknown[], walk: Walk): unknown[] {
  let out = list;
  for (let i = 0; i < list.length; i++) {
    const before = list[i];
    const flag = list[i - 1];
    const isValueOfFlag = typeof before === "string" && typeof flag === "string" && /^--?[A-Za-z][\w.-]{1,60}$/.test(flag) && !before.startsWith("-");
    const after = isValueOfFlag ? admitValue(flag, before, walk) : admitAny(key, before, walk);
    if (after === before) continue;
    if (out === list) out = [...list];
    out[i] = after;
  }
  return out;
}

function reducedManagers(entries: unknown): unknown {
  if (!Array.isArray(entries)) return undefined;
  return entries
    .filter(isFields)
    .map(({ manager, operation, time, subresource }) => ({ manager, operation, time, ...(subresource !== undefined && { subresource }) }));
}

/** A value under its key: where the key says secret, all of it is masked; otherwise what its content gives away. */
export function admitValue(key: string, value: string, walk: Walk): string {
  const meaning = value.length < 8192 && !key.startsWith("checksum/") ? keyMeaning(key) : null;
  if (!meaning && value.length < 4096 && !detectors.touches(value)) return value;
  const text = stripControls(value.length > longestValue ? cutLines(value, 16_384).slice(0, longestValue) : value);
  const scrubbed = scrubText(text);
  for (const [secret, kind] of scrubbed.values) if (walk.values.size < 100) walk.values.set(secret, kind);
  const whole = text.trim();
  if (!meaning || isHarmless(whole) || /^\d{1,7}$/.test(whole) || whole.split("\n").length > 3) return scrubbed.text;
  if (scrubbed.masks.length > 0 && (/:\/\/|«[a-z]+[:«]/.test(scrubbed.text) || !meaning.strong)) return scrubbed.text;
  if (meaning.kind === "secret" && isName(whole) && !/client|app|shared|[A-Z]{3}/.test(key)) return scrubbed.text;
  if (!(meaning.strong || looksRandom(whole) || (whole.length >= 8 && hasMixture(whole)))) return scrubbed.text;
  walk.values.set(whole, meaning.kind);
  return `«${scrubbed.masks.find((found) => found.kind.includes(":") || found.kind === "jwt" || found.kind === "pem")?.kind ?? meaning.kind}»`;
}

/** Masks known values wherever else in the object they stand. */
export function maskKnown<T>(value: T, values: Map<string, string>): T {
  const find = repeatFinder(values);
  const visit = (part: unknown): unknown => {
    if (typeof part === "string") return part.length < 5 ? part : withoutMasks(part, find(part));
    if (Array.isArray(part)) return part.map(visit);
    return isFields(part)
      ? Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, typeof inner === "string" && plainFields.has(key) ? inner : visit(inner)]))
      : part;
  };
  return visit(value) as T;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
