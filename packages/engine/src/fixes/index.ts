/** Edits → fixes: JSON Patch, the kubectl command that does the same, and a diff to read. */
import type { Edit } from "../model/cause";
import type { KubernetesObject } from "../model/kubernetes";
import type { Change, Fix, PatchOperation, WorkloadRef } from "../model/report";
import type { SeenObject } from "../model/snapshot";

const masked = "«";

/** Who really owns a manifest: an edit in the cluster would be undone by them. Source: labels and annotations that these tools set. */
function managedBy(owner: SeenObject | null): string | null {
  const { labels = {}, annotations = {} } = (owner?.object as KubernetesObject | undefined)?.metadata ?? {};
  if (annotations["meta.helm.sh/release-name"]) return `managed by Helm release ${annotations["meta.helm.sh/release-name"]}: change it there too`;
  if (labels["argocd.argoproj.io/instance"] || annotations["argocd.argoproj.io/tracking-id"]) return "managed by Argo CD: change it in Git";
  if (labels["kustomize.toolkit.fluxcd.io/name"]) return "managed by Flux: change it in Git";
  return null;
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function diffOf(patch: PatchOperation[]): string {
  const lines: string[] = [];
  const before = new Map(patch.filter((p) => p.op === "test").map((p) => [p.path, p.value]));
  for (const { op, path, value } of patch) {
    if (op === "test") continue;
    lines.push(path);
    if (op !== "add" && before.has(path)) lines.push(`- ${show(before.get(path))}`);
    if (op !== "remove") lines.push(`+ ${show(value)}`);
  }
  return lines.join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function kubectlPatch(target: { kind: string; namespace: string; name: string }, patch: PatchOperation[]): string {
  const namespace = target.namespace ? ` -n ${target.namespace}` : "";
  return `kubectl patch ${target.kind.toLowerCase()} ${target.name}${namespace} --type=json -p ${quote(JSON.stringify(patch))}`;
}

function toFix(edit: Edit, index: number, causeId: string, managed: string | null): Fix {
  const id = `${causeId}#${index + 1}`;
  const note = [edit.note, edit.kind === "patch" ? managed : null].filter(Boolean).join("; ") || null;
  if (edit.kind === "patch") {
    if (JSON.stringify(edit.patch).includes(masked))
      return {
        id,
        title: edit.title,
        kind: "manual",
        target: edit.target,
        patch: [],
        command: null,
        diff: null,
        risk: edit.risk,
        note: "the value holds a secret: change it by hand",
      };
    return {
      id,
      title: edit.title,
      kind: "patch",
      target: edit.target,
      patch: edit.patch,
      command: edit.command ?? kubectlPatch(edit.target, edit.patch),
      diff: diffOf(edit.patch),
      risk: edit.risk,
      note,
    };
  }
  if (edit.kind === "command")
    return { id, title: edit.title, kind: "command", target: null, patch: [], command: edit.command, diff: null, risk: edit.risk, note };
  return { id, title: edit.title, kind: "manual", target: null, patch: [], command: null, diff: null, risk: "none", note };
}

/** A revision that served before is the fastest way back; never offered where the same template was only restarted. */
function rollback(workload: WorkloadRef, change: Change | null, causeId: string): Fix | null {
  if (!change?.previousRevision || workload.kind !== "Deployment") return null;
  const real = change.differences.filter((d) => !d.path.includes("restartedAt"));
  if (!real.length || !real.some((d) => d.explains)) return null;
  return {
    id: `${causeId}#rollback`,
    title: `back to revision ${change.previousRevision}`,
    kind: "rollback",
    target: { kind: workload.kind, namespace: workload.namespace, name: workload.name },
    patch: [],
    command: `kubectl rollout undo deployment/${workload.name} -n ${workload.namespace} --to-revision=${change.previousRevision}`,
    diff: null,
    risk: "restart",
    note: change.ranFor ? `revision ${change.previousRevision} ran for ${change.ranFor}` : null,
  };
}

export function fixesOf(edits: Edit[], owner: SeenObject | null, workload: WorkloadRef, change: Change | null, causeId: string): Fix[] {
  const managed = managedBy(owner);
  const back = rollback(workload, change, causeId);
  return [...(back ? [back] : []), ...edits.map((edit, index) => toFix(edit, index, causeId, managed))];
}
