/** Cuts the output of one command into parts by shape: tables, described objects, YAML, JSON, kubectl's own words, and the rest. */
import { readEventLine } from "./describe/events";
import { isElision, readHeading, readTable, type Table } from "./table";

export type Part =
  | { type: "table"; table: Table; at: number }
  | { type: "rows"; lines: string[]; at: number }
  | { type: "described"; lines: string[]; at: number }
  | { type: "events"; lines: string[]; at: number }
  | { type: "yaml"; lines: string[]; at: number }
  | { type: "json"; text: string; at: number }
  | { type: "fragment"; lines: string[]; at: number }
  | { type: "loose"; lines: string[]; at: number };

const second =
  /^(?:Namespace|Roles|Labels|Annotations|IsDefaultClass|Priority|Priority Class Name|CreationTimestamp|Selector|StorageClass|Status|Node|Type|Resource|Containers|Init Containers|Reference|Service Account|AddressType|Image pull secrets)\b/;
const nameLine = /^(\s*)Name:\s+\S/;
const manifestStart = /^(?:apiVersion: ["']?[a-z0-9][\w./-]{0,80}["']?|kind: ["']?[A-Z]\w{1,60}["']?)\s*$/;
const manifestKey =
  /^(?:apiVersion|kind|metadata|items|spec|status|data|stringData|binaryData|type|immutable|roleRef|subjects|rules|provisioner|parameters|reclaimPolicy|volumeBindingMode|allowVolumeExpansion|allowedTopologies|mountOptions|webhooks|involvedObject|reason|message|firstTimestamp|lastTimestamp|count|source|eventTime|series|action|reportingComponent|reportingInstance|subsets|endpoints|ports|addressType|secrets|imagePullSecrets|automountServiceAccountToken|value|globalDefault|description|preemptionPolicy|handler|overhead|scheduling|note|regarding|related)\s*:(?: |$)/;
/** A pod's row without its heading, as `grep` leaves it. */
export const bareRow =
  /^\s{0,8}(?:[a-z0-9-]{1,63}\s+)?[a-z0-9][a-z0-9.-]{1,252}\s+\d{1,4}\/\d{1,4}\s+[A-Z][\w:/.-]{2,60}\s+\d{1,9}(?: \([\dydhms]{1,20} ago\))?\s+(?:\d{1,6}[ydhms]){1,3}(?:\s|$)/;
/** A row of `get events` without its heading. */
export const bareEvent =
  /^\s{0,8}(?:[a-z0-9-]{1,63}\s+)?(?:(?:\d{1,6}[ydhms]){1,3}(?: \(x\d{1,9} over (?:\d{1,6}[ydhms]){1,3}\))?|<(?:unknown|invalid)>)\s+(?:Normal|Warning)\s+[A-Za-z]\S{0,60}\s+[a-z][\w.-]{1,60}\/\S{1,253}(?:\s|$)/;

export function isDescribeStart(lines: string[], at: number): boolean {
  if (!nameLine.test(lines[at]!)) return false;
  for (let next = at + 1; next < Math.min(lines.length, at + 4); next++) {
    const line = lines[next]!.trim();
    if (!line || isElision(line)) continue;
    return second.test(line);
  }
  return false;
}

/** First line after the object that starts at `from`. */
function describeEnd(lines: string[], from: number): number {
  const base = indentOf(lines[from]!);
  let eventsAt = -1;
  let inData = false;
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (!line.trim()) continue;
    const afterBlank = !lines[at - 1]!.trim();
    if ((afterBlank || eventsAt >= 0) && isDescribeStart(lines, at)) return at;
    if (indentOf(line) > base) continue;
    if (/^\s*Events:/.test(line)) {
      eventsAt = at;
      inData = false;
      continue;
    }
    if (/^\s*Data\s*$/.test(line) && /^\s*====/.test(lines[at + 1] ?? "")) inData = true;
    if (inData && !(afterBlank && readHeading(line))) continue;
    if (eventsAt >= 0 && afterBlank && !readEventLine(line)) return at;
    if (readHeading(line) || manifestStart.test(line.trim())) return at;
    if (afterBlank && eventsAt < 0 && !/^\s*[A-Z][\w ()/.-]{1,60}:(?:\s|$)/.test(line) && !isElision(line) && !/^\s*(?:Resource|Type)\s+/.test(line)) return at;
  }
  return lines.length;
}
function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function yamlEnd(lines: string[], from: number): number {
  const base = indentOf(lines[from]!);
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]!;
    const text = line.slice(base);
    if (!text.trim() || isElision(text) || /^(?:---(?:\s|$)|#)/.test(text)) continue;
    if (indentOf(line) < base) return at;
    if (/^\s/.test(text) || text.startsWith("- ") || manifestKey.test(text)) continue;
    return at;
  }
  return lines.length;
}

/** End of a JSON text: the line that closes it at the start's own indentation, or the one line that holds it all. */
function jsonEnd(lines: string[], from: number): number {
  const first = lines[from]!.trim();
  if (first.length > 2) return from + 1;
  const base = indentOf(lines[from]!);
  const close = first.startsWith("[") ? "]" : "}";
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (indentOf(line) <= base && line.trim() === close) return at + 1;
    if (line.trim() && indentOf(line) <= base && !/^[}\]{["]/.test(line.trim())) return at;
  }
  return lines.length;
}
function isJsonStart(lines: string[], at: number): boolean {
  const text = lines[at]!.trim();
  if (text === "{" || text === "[") return /^\s*["{]/.test(lines[at + 1] ?? "");
  return /^\{.{0,200}"(?:apiVersion|kind|items|metadata)"\s*:/.test(text);
}

/** The parts of a text, in its order. */
export function splitParts(lines: string[]): Part[] {
  const parts: Part[] = [];
  const add = (part: Part): void => void parts.push(part);
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    if (!line.trim()) {
      at++;
      continue;
    }
    const table = readTable(lines, at);
    if (table && (table.rows.length || table.columns.length > 2)) {
      add({ type: "table", table, at });
      at = table.end;
      continue;
    }
    const [type, end] = shapeAt(lines, at);
    const slice = lines.slice(at, end);
    if (type === "json") add({ type, text: slice.join("\n"), at });
    else if (type === "loose") addLoose(parts, slice, at);
    else add({ type, lines: slice, at });
    at = end;
  }
  return parts;
}
function addLoose(parts: Part[], lines: string[], at: number): void {
  const last = parts.at(-1);
  if (last?.type === "loose" && last.at + last.lines.length >= at - 3) {
    while (last.at + last.lines.length < at) last.lines.push("");
    last.lines.push(...lines);
  } else parts.push({ type: "loose", lines, at });
}

type Shape = Exclude<Part["type"], "table">;
function shapeAt(lines: string[], at: number): [Shape, number] {
  const line = lines[at]!;
  if (isDescribeStart(lines, at)) return ["described", describeEnd(lines, at)];
  if (manifestStart.test(line.trim()) && yamlFollows(lines, at)) return ["yaml", yamlEnd(lines, at)];
  if (isJsonStart(lines, at)) return ["json", jsonEnd(lines, at)];
  if (bareRow.test(line) || bareEvent.test(line)) {
    let end = at + 1;
    while (end < lines.length && (bareRow.test(lines[end]!) || bareEvent.test(lines[end]!) || isElision(lines[end]!))) end++;
    return ["rows", end];
  }
  if (/^\s*Events:\s*$/.test(line) || readEventLine(line)) {
    let end = at + 1;
    while (end < lines.length && lines[end]!.trim() && (readEventLine(lines[end]!) || /^\s/.test(lines[end]!) || isElision(lines[end]!))) end++;
    return ["events", end];
  }
  if (inObject.test(line)) {
    const end = fragmentEnd(lines, at);
    if (end > at) return ["fragment", end];
  }
  return ["loose", at + 1];
}

/** Lines of describe and of manifests that no program prints by itself. */
const inObject =
  /^\s{0,30}(?:- )?(?:Container ID|Image ID|Host Ports?|Restart Count|Exit Code|Last State|Node-Selectors|QoS Class|Tolerations|Controlled By|Service Account|Liveness|Readiness|Startup|Environment|Mounts|TokenExpirationSeconds|ConfigMapName|ConfigMapOptional|DownwardAPI|ClaimName|SecretName|Pods Status(?:es)?|Replicas|StrategyType|RollingUpdateStrategy|imagePullPolicy|terminationMessagePath|terminationMessagePolicy|restartPolicy|dnsPolicy|schedulerName|serviceAccountName|ownerReferences|creationTimestamp|resourceVersion|lastTransitionTime|lastProbeTime|containerStatuses|restartCount|volumeMounts|livenessProbe|readinessProbe|startupProbe|securityContext|tolerationSeconds|configMapKeyRef|secretKeyRef|blockOwnerDeletion|failureThreshold|periodSeconds):(?:\s|$)/;
/** Two such lines near each other make a fragment, which goes on to the next blank line, or over it to its events. */
function fragmentEnd(lines: string[], from: number): number {
  let telling = 0;
  let shaped = 0;
  let end = from;
  for (let at = from; at < Math.min(lines.length, from + 2000); at++) {
    const line = lines[at]!;
    if (!line.trim()) {
      if (inObject.test(lines[at + 1] ?? "") || (lines[at + 1] ?? "").startsWith("Events:")) continue;
      break;
    }
    if (at > from && (readHeading(line) || isDescribeStart(lines, at) || manifestStart.test(line.trim()))) break;
    if (inObject.test(line)) telling++;
    if (/^\s*(?:- )?[\w.-]{1,60}:(?:\s|$)|^\s*- \S/.test(line)) shaped++;
    end = at + 1;
  }
  return telling >= 2 || (telling === 1 && shaped >= (end - from) * 0.8) ? end : from;
}
/** `kind: Pod` alone may stand in a log: the next lines must go on like a manifest. */
function yamlFollows(lines: string[], at: number): boolean {
  const base = indentOf(lines[at]!);
  for (let next = at + 1; next < Math.min(lines.length, at + 6); next++) {
    const text = lines[next]!.slice(base);
    if (!text.trim()) continue;
    return manifestKey.test(text) || text.startsWith("- ");
  }
  return false;
}
