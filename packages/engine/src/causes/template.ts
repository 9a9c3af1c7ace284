/** Where in the owner's pod template a field stands, for patches. */
import type { Case } from "../model/case";
import type { Container, PodSpec, Workload } from "../model/kubernetes";

export interface Template {
  target: { kind: string; namespace: string; name: string };
  spec: PodSpec;
  /** JSON pointer of the pod spec in the target. */
  pointer: string;
}

/** The API refuses changes to the spec of a pod and to the template of a Job. */
const unchangeable = new Set(["Pod", "Job"]);

/** The pod template of the workload, as seen in full; null where it can not be changed, and where the owner was not seen. */
export function templateOf(failing: Case): Template | null {
  const owner = failing.owner;
  if (!owner || owner.fidelity !== "full" || unchangeable.has(owner.object.kind)) return null;
  const object = owner.object as Workload;
  const target = { kind: object.kind, namespace: object.metadata.namespace ?? failing.workload.namespace, name: object.metadata.name ?? failing.workload.name };
  const direct = object.spec?.template?.spec;
  if (direct) return { target, spec: direct, pointer: "/spec/template/spec" };
  const ofCronJob = object.spec?.jobTemplate?.spec?.template?.spec;
  return ofCronJob ? { target, spec: ofCronJob, pointer: "/spec/jobTemplate/spec/template/spec" } : null;
}

/** The Case's container in the template, with its JSON pointer. */
export function containerIn(template: Template, name: string | undefined): { container: Container; pointer: string } | null {
  for (const list of ["containers", "initContainers"] as const) {
    const index = template.spec[list]?.findIndex((c) => c.name === name) ?? -1;
    if (index >= 0) return { container: template.spec[list]![index]!, pointer: `${template.pointer}/${list}/${index}` };
  }
  return null;
}

/** `deployment/api`, as kubectl takes it. */
export function kubectlName(target: { kind: string; name: string }): string {
  return `${target.kind.toLowerCase()}/${target.name}`;
}
