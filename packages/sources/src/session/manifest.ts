/** `-o yaml` and `-o json`: one object, a List, several documents, and what is left of them where the paste was cut. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import { parseAllDocuments } from "yaml";
import { conform } from "../conform/index";
import { readBlockYaml } from "./block-yaml";
import { isElision } from "./table";

export interface Manifest {
  objects: KubernetesObject[];
  /** Kind of a list that was shown and is empty, e.g. `Service`; null where there is none. */
  emptyList: string | null;
  /** Parts were missing or broken: what is there may still be read, what is not there proves nothing. */
  cut: boolean;
  /** Why nothing could be read; null where something was. */
  problem: string | null;
}
const nothing = (problem: string): Manifest => ({ objects: [], emptyList: null, cut: true, problem });

/** Above this the library would take longer than the whole answer may. */
const slowYaml = 400_000;
const fastFrom = 8_000;
/** Alias bombs (`*a` in `*b` in …) end here: kubectl prints no aliases. */
const maxAliasCount = 20;

function readDocument(lines: string[]): { value: unknown; cut: boolean } {
  const size = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (size > fastFrom) {
    const value = readBlockYaml(lines);
    if (value !== null) return { value, cut: false };
    const shorter = readBlockYaml(withoutLastItem(lines));
    if (shorter !== null) return { value: shorter, cut: true };
  }
  if (size > slowYaml) return readItems(lines);
  try {
    const [document] = parseAllDocuments(lines.join("\n"), { logLevel: "silent", uniqueKeys: false });
    if (!document || !("toJS" in document)) return { value: null, cut: true };
    return { value: document.toJS({ maxAliasCount }), cut: document.errors.length > 0 };
  } catch {
    return { value: null, cut: true };
  }
}
/** A big List, item by item: one odd item does not cost the others. */
function readItems(lines: string[]): { value: unknown; cut: boolean } {
  const starts = lines.flatMap((line, at) => (/^- \w/.test(line) ? [at] : []));
  if (starts.length < 2) return { value: null, cut: true };
  const items = starts.map((start, i) => {
    const item = lines.slice(start, starts[i + 1]);
    const end = item.findIndex((line, at) => at > 0 && /^\S/.test(line));
    return readDocument(end < 0 ? item : item.slice(0, end));
  });
  return { value: items.flatMap((item) => item.value), cut: items.some((item) => item.cut) };
}

/** A cut usually goes through the last line or the last item of a List. */
function withoutLastItem(lines: string[]): string[] {
  const item = lines.findLastIndex((line) => /^- \w/.test(line));
  return item > 0 ? lines.slice(0, item) : lines.slice(0, -1);
}

/** Objects of YAML lines; documents are separated by `---`. */
export function readYaml(lines: string[], strict: boolean): Manifest {
  const kept = lines.filter((line) => !isElision(line));
  const documents: string[][] = [[]];
  for (const line of kept) {
    if (/^---(?:\s|$)/.test(line)) documents.push([]);
    else documents.at(-1)!.push(line);
  }
  const objects: KubernetesObject[] = [];
  let cut = kept.length < lines.length;
  for (const document of documents) {
    if (!document.some((line) => line.trim())) continue;
    const read = readDocument(document);
    const found = objectsOf(read.value, strict);
    objects.push(...found);
    if (read.cut || found.length === 0) cut = true;
  }
  return objects.length ? { objects, emptyList: null, cut, problem: null } : nothing("YAML that holds no Kubernetes object");
}

/** Objects of JSON text; a cut text is closed where the last whole value ends. */
export function readJson(text: string, strict: boolean): Manifest {
  let value: unknown;
  let cut = false;
  try {
    value = JSON.parse(text);
  } catch {
    cut = true;
    const closed = closeJson(text);
    if (closed === null) return nothing("JSON that is cut or broken");
    value = closed;
  }
  const objects = objectsOf(value, strict);
  const emptyList = cut || objects.length ? null : emptyListOf(value);
  if (emptyList) return { objects, emptyList, cut, problem: null };
  return objects.length
    ? { objects, emptyList: null, cut, problem: null }
    : nothing(cut ? "JSON that is cut or broken" : "JSON that holds no Kubernetes object");
}

function emptyListOf(value: unknown): string | null {
  const { kind, items } = (value ?? {}) as { kind?: unknown; items?: unknown };
  return typeof kind === "string" && /^[A-Z]\w{0,60}List$/.test(kind) && Array.isArray(items) && items.length === 0 ? kind.slice(0, -4) : null;
}

/** Cuts back to the last place where a value ended, and closes what is open. */
function closeJson(text: string): unknown {
  const open: string[] = [];
  let inString = false;
  const ends: { at: number; open: string }[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (inString) {
      if (c === "\\") i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === "{" || c === "[") {
      if (open.length > 100) return null;
      open.push(c === "{" ? "}" : "]");
    } else if (c === "}" || c === "]") {
      open.pop();
      ends.push({ at: i + 1, open: open.join("") });
    } else if (c === ",") ends.push({ at: i, open: open.join("") });
    if (ends.length > 400) ends.splice(0, 200);
  }
  for (const end of ends.slice(-20).reverse()) {
    try {
      return JSON.parse(text.slice(0, end.at) + [...end.open].reverse().join(""));
    } catch {
      // The next place further back may do.
    }
  }
  return null;
}

/** Kubernetes objects in a parsed document: itself, or the items of a List. */
function objectsOf(value: unknown, strict: boolean): KubernetesObject[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsOf(one, strict));
  if (!value || typeof value !== "object") return [];
  const shape = value as Record<string, unknown>;
  const { kind, items, metadata } = shape;
  if (Array.isArray(items)) {
    const itemKind = typeof kind === "string" && kind !== "List" ? kind.replace(/List$/, "") : null;
    return items.flatMap((item: unknown) =>
      objectsOf(itemKind && item && typeof item === "object" && !("kind" in item) ? { ...item, kind: itemKind } : item, strict),
    );
  }
  if (typeof kind !== "string" || !/^[A-Z]\w{1,62}$/.test(kind) || !metadata || typeof metadata !== "object") return [];
  const { name, namespace } = metadata as Record<string, unknown>;
  if (typeof name !== "string" || !name || name.length > 253) return [];
  const place = typeof namespace === "string" ? { namespace: namespace.trim() } : {};
  if (namespace !== undefined && typeof namespace !== "string") delete (metadata as Record<string, unknown>).namespace;
  return [conform({ ...shape, kind, metadata: { ...metadata, name, ...place } }, strict)];
}
