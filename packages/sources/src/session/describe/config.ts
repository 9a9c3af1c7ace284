/** Described ConfigMap, Secret, ServiceAccount, ResourceQuota and LimitRange. Formats: kubectl describe.go. */
import type { ConfigMap, KubernetesObject, LimitRange, ResourceQuota, ServiceAccount } from "@unloop/engine/model/kubernetes";
import { isElision } from "../table";
import { without } from "./shape";
import { metadataOf } from "./storage";
import { type Entry, valueOf } from "./tree";

export interface Keyed {
  object: KubernetesObject;
  /** Key names, where the Data section was shown to its end; null where it was cut or not shown. */
  keys: string[] | null;
}

function dataStart(lines: string[]): number {
  return lines.findIndex((line, i) => /^Data\s*$/.test(line) && /^====\s*$/.test(lines[i + 1] ?? ""));
}

/** `key:  12 bytes`. The values are not shown, and would not be read. */
export function readSecret(lines: string[], of: Entry[], namespace: string, name: string): Keyed {
  const at = dataStart(lines);
  const rest = at < 0 ? [] : lines.slice(at + 2).filter((line) => line.trim());
  const keys = rest.map((line) => /^([\w.-]{1,253}):\s+\d{1,10} bytes$/.exec(line.trim())?.[1]);
  const type = valueOf(of, "Type");
  const object = { kind: "Secret", metadata: metadataOf(of, namespace, name), ...(type && { type }) };
  return { object, keys: at >= 0 && keys.every((key) => key !== undefined) ? keys : null };
}

/** Keys are lines that a rule of four dashes follows. A value may hold such lines too: then they count as keys, which only widens what is there. */
export function readConfigMap(lines: string[], of: Entry[], namespace: string, name: string): Keyed {
  const at = dataStart(lines);
  const data: Record<string, string> = {};
  const names: string[] = [];
  let key: string | null = null;
  let complete = false;
  for (let i = at < 0 ? lines.length : at + 2; i < lines.length; i++) {
    const line = lines[i]!;
    if (/^(?:BinaryData|Events:)/.test(line)) {
      complete = true;
      break;
    }
    const next = /^([\w.-]{1,253}):\s*$/.exec(line);
    if (next && /^-{4}\s*$/.test(lines[i + 1] ?? "")) {
      key = next[1]!;
      names.push(key);
      data[key] = "";
      i++;
    } else if (isElision(line)) key = null;
    else if (key) data[key] += `${line}\n`;
  }
  for (const one of Object.keys(data)) data[one] = data[one]!.trimEnd();
  const binary = binaryKeys(lines);
  const cut = lines.some(isElision);
  const object: ConfigMap = { kind: "ConfigMap", metadata: metadataOf(of, namespace, name), ...(at >= 0 && { data }) };
  return { object, keys: complete && !cut ? [...names, ...binary] : null };
}
function binaryKeys(lines: string[]): string[] {
  const at = lines.findIndex((line) => /^BinaryData\s*$/.test(line));
  return at < 0 ? [] : lines.slice(at + 2).flatMap((line) => /^([\w.-]{1,253}): \d{1,10} bytes$/.exec(line.trim())?.[1] ?? []);
}

export function readServiceAccount(of: Entry[], namespace: string, name: string): ServiceAccount {
  const secrets = valueOf(of, "Image pull secrets");
  const names = secrets?.split(/,? +/).map((one) => ({ name: one }));
  return { kind: "ServiceAccount", metadata: metadataOf(of, namespace, name), ...without({ imagePullSecrets: names }) };
}

/** `limits.memory  96Mi  128Mi` below `Resource  Used  Hard`. */
export function readQuota(lines: string[], of: Entry[], namespace: string, name: string): ResourceQuota {
  const used: Record<string, string> = {};
  const hard: Record<string, string> = {};
  for (const line of lines) {
    const match = /^\s{0,4}([a-z][\w./-]{1,100})\s+(\d[\w.]{0,30})\s+(\d[\w.]{0,30})\s*$/.exec(line);
    if (!match) continue;
    used[match[1]!] = match[2]!;
    hard[match[1]!] = match[3]!;
  }
  return { kind: "ResourceQuota", metadata: metadataOf(of, namespace, name), spec: { hard }, status: { hard, used } };
}

/** `Container  memory  16Mi  64Mi  32Mi  48Mi  -`: Type, Resource, Min, Max, Default Request, Default Limit, Max Limit/Request Ratio. */
export function readLimitRange(lines: string[], of: Entry[], namespace: string, name: string): LimitRange {
  const byType = new Map<string, NonNullable<NonNullable<LimitRange["spec"]>["limits"]>[number]>();
  for (const line of lines) {
    const match = /^\s{0,4}(Container|Pod|PersistentVolumeClaim|openshift\.io\/\w+)\s+([\w./-]{1,100})\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$/.exec(line);
    if (!match) continue;
    const [, type, resource, min, max, request, limit, ratio] = match;
    const entry = byType.get(type!) ?? { type: type! };
    byType.set(type!, entry);
    for (const [field, value] of [
      ["min", min],
      ["max", max],
      ["defaultRequest", request],
      ["default", limit],
      ["maxLimitRequestRatio", ratio],
    ] as const)
      if (value !== "-") entry[field] = { ...entry[field], [resource!]: value! };
  }
  return { kind: "LimitRange", metadata: metadataOf(of, namespace, name), spec: { limits: [...byType.values()] } };
}
