/** Step 4: what the pod refers to, whether it is there, and where each setting comes from. */
import { distance } from "fastest-levenshtein";
import type { Case } from "../model/case";
import type { ConfigMap, Container, PodSpec } from "../model/kubernetes";
import type { ConfigStep, Reference, SettingSource } from "../model/observation";
import type { Existence } from "../model/snapshot";
import { compareCodePoints, type SnapshotView } from "../model/view";
import { templateOf } from "../detect/owners";

type Part = Pick<Reference, "kind" | "name" | "key" | "optional" | "via" | "as" | "env" | "path">;

function ofContainer(container: Container, at: string): Part[] {
  const parts: Part[] = [];
  for (const variable of container.env ?? []) {
    const { secretKeyRef, configMapKeyRef } = variable.valueFrom ?? {};
    const selector = secretKeyRef ?? configMapKeyRef;
    if (!selector?.name) continue;
    parts.push({
      kind: secretKeyRef ? "Secret" : "ConfigMap",
      name: selector.name,
      key: selector.key ?? null,
      optional: selector.optional ?? false,
      via: "env",
      as: variable.name,
      env: variable.name,
      path: `${at}.env[${variable.name}]`,
    });
  }
  for (const [index, source] of (container.envFrom ?? []).entries()) {
    const named = source.secretRef ?? source.configMapRef;
    if (!named?.name) continue;
    parts.push({
      kind: source.secretRef ? "Secret" : "ConfigMap",
      name: named.name,
      key: null,
      optional: named.optional ?? false,
      via: "envFrom",
      as: null,
      env: null,
      path: `${at}.envFrom[${index}]`,
    });
  }
  return parts;
}

function ofVolumes(spec: PodSpec): Part[] {
  const parts: Part[] = [];
  for (const volume of spec.volumes ?? []) {
    const path = `spec.volumes[${volume.name}]`;
    const add = (kind: Part["kind"], name: string | undefined, keys: string[], optional: boolean | undefined, via: Part["via"]): void => {
      if (!name) return;
      for (const key of keys.length ? keys : [null]) parts.push({ kind, name, key, optional: optional ?? false, via, as: volume.name, env: null, path });
    };
    const keysOf = (items: { key: string }[] | undefined): string[] => (items ?? []).map((i) => i.key);
    add("Secret", volume.secret?.secretName, keysOf(volume.secret?.items), volume.secret?.optional, "volume");
    add("ConfigMap", volume.configMap?.name, keysOf(volume.configMap?.items), volume.configMap?.optional, "volume");
    for (const source of volume.projected?.sources ?? []) {
      add("Secret", source.secret?.name, keysOf(source.secret?.items), source.secret?.optional, "projected");
      add("ConfigMap", source.configMap?.name, keysOf(source.configMap?.items), source.configMap?.optional, "projected");
    }
    add("PersistentVolumeClaim", volume.persistentVolumeClaim?.claimName, [], false, "claim");
  }
  for (const secret of spec.imagePullSecrets ?? [])
    if (secret.name)
      parts.push({ kind: "Secret", name: secret.name, key: null, optional: true, via: "imagePullSecret", as: null, env: null, path: "spec.imagePullSecrets" });
  if (spec.serviceAccountName && spec.serviceAccountName !== "default")
    parts.push({
      kind: "ServiceAccount",
      name: spec.serviceAccountName,
      key: null,
      optional: false,
      via: "serviceAccount",
      as: null,
      env: null,
      path: "spec.serviceAccountName",
    });
  return parts;
}

/** What a pod with this spec asks for; of one container, or of all where none is named. */
export function referencesOf(spec: PodSpec, containerName: string | null): Part[] {
  const lists = [
    ["initContainers", spec.initContainers ?? []],
    ["containers", spec.containers ?? []],
  ] as const;
  const ofContainers = lists.flatMap(([list, containers]) =>
    containers.filter((c) => !containerName || c.name === containerName).flatMap((c) => ofContainer(c, `spec.${list}[${c.name}]`)),
  );
  // What the cluster puts into every namespace and pod is nobody's configuration.
  return [...ofContainers, ...ofVolumes(spec)].filter((part) => !isOwnByCluster(part.name));
}

/** Spelt alike: few edits for the length, one name inside the other, or the same words but one. */
export function isSimilar(a: string, b: string): boolean {
  if (a === b) return false;
  const edits = distance(a.toLowerCase(), b.toLowerCase());
  if (edits <= Math.max(2, Math.floor(Math.max(a.length, b.length) / 4))) return true;
  const words = (s: string): Set<string> => new Set(s.toLowerCase().split(/[-_.]/).filter(Boolean));
  const [of, to] = [words(a), words(b)];
  const shared = [...of].filter((w) => to.has(w)).length;
  return shared > 0 && shared >= Math.min(of.size, to.size) - (Math.min(of.size, to.size) > 1 ? 1 : 0) && shared / Math.max(of.size, to.size) >= 0.5;
}

/** The names spelt like `name`, the nearest first. */
export function nearest(name: string, others: string[]): string[] {
  return others
    .filter((other) => isSimilar(name, other))
    .sort((a, b) => distance(name.toLowerCase(), a.toLowerCase()) - distance(name.toLowerCase(), b.toLowerCase()) || compareCodePoints(a, b))
    .slice(0, 3);
}

/** Objects that every namespace holds and nobody means. */
const ownByCluster = /^(?:kube-root-ca\.crt|openshift-service-ca\.crt|istio-ca-root-cert|default-token-\w+|sh\.helm\.release\..*)$/;

function isOwnByCluster(name: string): boolean {
  return ownByCluster.test(name);
}

function resolve(part: Part, namespace: string, view: SnapshotView): Reference {
  const seen = view.get(part.kind, namespace, part.name);
  const absent = view.absent(part.kind, namespace, part.name);
  const object: Existence = absent === "no" ? "yes" : absent === "yes" ? "no" : "unknown";
  const keyExists: Existence = part.key === null || object === "no" || !seen?.keys ? "unknown" : seen.keys.includes(part.key) ? "yes" : "no";
  const others = view.list(part.kind, namespace).filter((o) => o.object.metadata.name !== part.name && !isOwnByCluster(o.object.metadata.name ?? ""));
  const withKey = part.key === null ? [] : others.filter((o) => o.keys?.includes(part.key!)).map((o) => o.object.metadata.name!);
  const alike = nearest(
    part.name,
    others.map((o) => o.object.metadata.name!),
  );
  const similar = [...alike.filter((n) => withKey.includes(n)), ...alike.filter((n) => !withKey.includes(n)), ...(withKey.length === 1 ? withKey : [])];
  return {
    ...part,
    object,
    keyExists,
    similar: object === "yes" ? [] : [...new Set(similar)].slice(0, 3),
    similarKeys: part.key !== null && seen?.keys && keyExists === "no" ? nearest(part.key, seen.keys) : [],
  };
}

function settingsOf(container: Container, namespace: string, view: SnapshotView, at: string): SettingSource[] {
  const settings: SettingSource[] = [];
  for (const [index, source] of (container.envFrom ?? []).entries()) {
    const kind = source.configMapRef ? "ConfigMap" : "Secret";
    const name = source.configMapRef?.name ?? source.secretRef?.name ?? null;
    const seen = name ? view.get(kind, namespace, name) : null;
    for (const key of seen?.keys ?? [])
      settings.push({
        env: `${source.prefix ?? ""}${key}`,
        value: kind === "ConfigMap" ? ((seen!.object as ConfigMap).data?.[key] ?? null) : null,
        from: { kind, name, key },
        path: `${at}.envFrom[${index}]`,
      });
  }
  for (const variable of container.env ?? []) {
    const { secretKeyRef, configMapKeyRef } = variable.valueFrom ?? {};
    const path = `${at}.env[${variable.name}]`;
    if (secretKeyRef)
      settings.push({ env: variable.name, value: null, from: { kind: "Secret", name: secretKeyRef.name ?? null, key: secretKeyRef.key ?? null }, path });
    else if (configMapKeyRef) {
      const data = (view.get("ConfigMap", namespace, configMapKeyRef.name ?? "")?.object as ConfigMap | undefined)?.data;
      settings.push({
        env: variable.name,
        value: data?.[configMapKeyRef.key ?? ""] ?? null,
        from: { kind: "ConfigMap", name: configMapKeyRef.name ?? null, key: configMapKeyRef.key ?? null },
        path,
      });
    } else if (variable.valueFrom) settings.push({ env: variable.name, value: null, from: { kind: "field", name: null, key: null }, path });
    else settings.push({ env: variable.name, value: variable.value ?? "", from: { kind: "literal", name: null, key: null }, path });
  }
  return settings;
}

export function observeConfig(failing: Case, view: SnapshotView): ConfigStep {
  const namespace = failing.workload.namespace;
  const spec = failing.pods[0]?.pod.spec ?? templateOf(failing.owner);
  const list = failing.container?.type === "app" ? "containers" : "initContainers";
  const container = failing.pods[0]?.spec ?? null;
  const references = spec ? referencesOf(spec, failing.container?.name ?? null).map((part) => resolve(part, namespace, view)) : [];
  const settings = container ? settingsOf(container, namespace, view, `spec.${list}[${container.name}]`) : [];
  const missing = references.filter((r) => !r.optional && (r.object === "no" || r.keyExists === "no"));
  const unknown = references.filter((r) => r.object === "unknown" && !r.optional);
  const first = missing[0];
  const counted = `${references.length} reference${references.length === 1 ? "" : "s"}`;
  const summary = first
    ? first.object === "no"
      ? `${first.kind} ${first.name} does not exist`
      : `${first.kind} ${first.name} has no key ${first.key}`
    : references.length === 0
      ? spec
        ? "refers to nothing"
        : "the spec was not seen"
      : unknown.length
        ? `${counted}, ${unknown.length} not checked`
        : `${counted}, ${references.length === 1 ? "it is there" : "all there"}`;
  return {
    result: first ? "cause" : !spec || unknown.length ? "unknown" : "clear",
    summary,
    command: `kubectl get configmap,secret${namespace ? ` -n ${namespace}` : ""}`,
    references,
    settings,
  };
}
