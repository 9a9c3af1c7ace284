/** What changed: the failing revision of a Deployment beside the one before it. */
import type { PodSpec, Workload } from "../model/kubernetes";
import type { Change, Difference, Verdict } from "../model/report";
import type { SeenObject } from "../model/snapshot";
import type { SnapshotView } from "../model/view";
import { isoDuration, secondsBetween } from "../detect/time";
import type { Judged } from "./judged";

const revisionKey = "deployment.kubernetes.io/revision";
const longest = 200;

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const name = item !== null && typeof item === "object" && "name" in item ? String((item as { name: unknown }).name) : String(index);
      flatten(item, `${path}[${name}]`, into);
    }
    return;
  }
  if (typeof value === "object") {
    for (const [key, item] of Object.entries(value)) if (key !== "name") flatten(item, path ? `${path}.${key}` : key, into);
    if ("name" in value && Object.keys(value).length === 1) into.set(path, String((value as { name: unknown }).name));
    return;
  }
  into.set(path, String(value).slice(0, longest));
}

function fields(spec: PodSpec | undefined): Map<string, string> {
  const into = new Map<string, string>();
  const { containers, initContainers, ...rest } = spec ?? {};
  flatten({ spec: { containers, initContainers, ...rest } }, "", into);
  return into;
}

/** Field-wise difference of two pod specs. `explains` marks fields that the verdict's subject or evidence points at. */
export function differences(before: PodSpec | undefined, after: PodSpec | undefined, verdict: Verdict | null): Difference[] {
  const [old, now] = [fields(before), fields(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((p) => old.get(p) !== now.get(p)).sort();
  const told = verdict ? [verdict.subject.env, verdict.subject.image, verdict.subject.name, verdict.subject.path].filter((t): t is string => !!t) : [];
  const evidence = (verdict?.evidence ?? []).map((e) => e.ref.path).filter((p): p is string => !!p && p.startsWith("spec."));
  return paths.slice(0, 20).map((path) => {
    const [b, a] = [old.get(path) ?? null, now.get(path) ?? null];
    const text = `${path} ${b ?? ""} ${a ?? ""}`;
    return {
      path,
      before: b,
      after: a,
      explains:
        told.some((t) => text.includes(t)) ||
        evidence.some((e) => path.startsWith(e)) ||
        (verdict?.id.startsWith("memory/") === true && path.includes("limits.memory")),
    };
  });
}

export function changeOf({ case: failing }: Judged, view: SnapshotView, verdict: Verdict | null): Change | null {
  if (failing.workload.kind !== "Deployment") return null;
  const { namespace, name } = failing.workload;
  const sets = (view.list("ReplicaSet", namespace) as SeenObject<Workload>[])
    .filter((s) => s.fidelity === "full" && s.object.metadata.ownerReferences?.some((o) => o.kind === "Deployment" && o.name === name))
    .map((s) => ({ set: s.object, revision: Number(s.object.metadata.annotations?.[revisionKey] ?? 0) }))
    .filter((s) => s.revision > 0)
    .sort((a, b) => b.revision - a.revision);
  const current = sets.find((s) => String(s.revision) === failing.workload.revision) ?? sets[0];
  const previous = current && sets.find((s) => s.revision < current.revision);
  if (!current || !previous) return null;
  const at = current.set.metadata.creationTimestamp ?? null;
  const ran = secondsBetween(previous.set.metadata.creationTimestamp, at);
  const writer = (failing.owner?.object.metadata.managedFields ?? []).filter((m) => m.manager !== "kube-controller-manager" && m.subresource !== "status");
  const by = writer.filter((m) => m.time && at && Math.abs((secondsBetween(m.time, at) ?? 999) as number) < 60).at(-1)?.manager ?? null;
  return {
    at,
    by,
    revision: String(current.revision),
    previousRevision: String(previous.revision),
    ranFor: ran !== null && ran > 0 ? isoDuration(ran) : null,
    differences: differences(previous.set.spec?.template?.spec, current.set.spec?.template?.spec, verdict),
  };
}
