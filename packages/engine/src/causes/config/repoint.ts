/** Patches that let a pod template refer to another object, or to another key of the same object. */
import type { Case } from "../../model/case";
import type { Edit } from "../../model/cause";
import type { Container, KeyToPath } from "../../model/kubernetes";
import type { PatchOperation } from "../../model/report";
import { templateOf } from "../template";

type Kind = "Secret" | "ConfigMap";

function replace(path: string, before: string, after: string): PatchOperation[] {
  return [
    { op: "test", path, value: before },
    { op: "replace", path, value: after },
  ];
}

/** Calls `visit` for every reference of `kind` in env and envFrom: pointer of the selector, object name, key. */
function inContainer(container: Container, at: string, kind: Kind, visit: (pointer: string, name: string | undefined, key: string | undefined) => void): void {
  const [ofEnv, ofEnvFrom] = kind === "Secret" ? (["secretKeyRef", "secretRef"] as const) : (["configMapKeyRef", "configMapRef"] as const);
  for (const [i, variable] of (container.env ?? []).entries()) {
    const selector = variable.valueFrom?.[ofEnv];
    if (selector) visit(`${at}/env/${i}/valueFrom/${ofEnv}`, selector.name, selector.key);
  }
  for (const [i, source] of (container.envFrom ?? []).entries()) {
    const selector = source[ofEnvFrom];
    if (selector) visit(`${at}/envFrom/${i}/${ofEnvFrom}`, selector.name, undefined);
  }
}

interface VolumeSource {
  pointer: string;
  nameField: string;
  name: string | undefined;
  items: KeyToPath[];
}
function volumeSources(failing: Case, kind: Kind): VolumeSource[] {
  const template = templateOf(failing);
  const sources: VolumeSource[] = [];
  for (const [v, volume] of (template?.spec.volumes ?? []).entries()) {
    const at = `${template!.pointer}/volumes/${v}`;
    if (kind === "Secret" && volume.secret)
      sources.push({ pointer: `${at}/secret`, nameField: "secretName", name: volume.secret.secretName, items: volume.secret.items ?? [] });
    if (kind === "ConfigMap" && volume.configMap)
      sources.push({ pointer: `${at}/configMap`, nameField: "name", name: volume.configMap.name, items: volume.configMap.items ?? [] });
    for (const [s, source] of (volume.projected?.sources ?? []).entries()) {
      const field = kind === "Secret" ? "secret" : "configMap";
      const part = source[field];
      if (part) sources.push({ pointer: `${at}/projected/sources/${s}/${field}`, nameField: "name", name: part.name, items: part.items ?? [] });
    }
  }
  return sources;
}

function patchOf(failing: Case, operations: PatchOperation[], title: string): Edit | null {
  const template = templateOf(failing);
  return template && operations.length ? { kind: "patch", title, target: template.target, patch: operations, risk: "restart" } : null;
}

/** Lets every reference to `name` name `similar` instead; null where the template was not seen or has none. */
export function repointName(failing: Case, kind: Kind, name: string, similar: string): Edit | null {
  const template = templateOf(failing);
  const operations: PatchOperation[] = [];
  for (const list of ["initContainers", "containers"] as const)
    for (const [i, container] of (template?.spec[list] ?? []).entries())
      inContainer(container, `${template!.pointer}/${list}/${i}`, kind, (pointer, of) => {
        if (of === name) operations.push(...replace(`${pointer}/name`, name, similar));
      });
  for (const source of volumeSources(failing, kind))
    if (source.name === name) operations.push(...replace(`${source.pointer}/${source.nameField}`, name, similar));
  return patchOf(failing, operations, `Use ${kind} ${similar}`);
}

/** Lets every reference to `key` of object `name` ask for `similar` instead; a file keeps its path. */
export function repointKey(failing: Case, kind: Kind, name: string, key: string, similar: string): Edit | null {
  const template = templateOf(failing);
  const operations: PatchOperation[] = [];
  for (const list of ["initContainers", "containers"] as const)
    for (const [i, container] of (template?.spec[list] ?? []).entries())
      inContainer(container, `${template!.pointer}/${list}/${i}`, kind, (pointer, of, ofKey) => {
        if (of === name && ofKey === key) operations.push(...replace(`${pointer}/key`, key, similar));
      });
  for (const source of volumeSources(failing, kind))
    for (const [i, item] of source.items.entries())
      if (source.name === name && item.key === key) operations.push(...replace(`${source.pointer}/items/${i}/key`, key, similar));
  return patchOf(failing, operations, `Use key ${similar} of ${kind} ${name}`);
}
