/** Patches of an image, its pull policy and its pull secrets. */
import type { Case } from "../../model/case";
import type { Edit } from "../../model/cause";
import { containerIn, kubectlName, templateOf } from "../template";

/** Lets the Case's container use another image. */
export function useImage(failing: Case, before: string, after: string, note?: string): Edit {
  const template = templateOf(failing);
  const found = template && containerIn(template, failing.container?.name);
  const title = `Use image ${after}`;
  if (!found || found.container.image !== before) return { kind: "manual", title, ...(note ? { note } : {}) };
  const direct = failing.workload.kind !== "CronJob" && failing.workload.kind !== "Job";
  return {
    kind: "patch",
    title,
    target: template.target,
    patch: [
      { op: "test", path: `${found.pointer}/image`, value: before },
      { op: "replace", path: `${found.pointer}/image`, value: after },
    ],
    ...(direct ? { command: `kubectl -n ${template.target.namespace} set image ${kubectlName(template.target)} ${failing.container!.name}=${after}` } : {}),
    risk: "restart",
    ...(note ? { note } : {}),
  };
}

/** Lets the pod use pull secret `after`, in the place of `before` where that is listed. */
export function usePullSecret(failing: Case, before: string | null, after: string): Edit {
  const template = templateOf(failing);
  const title = `Use pull secret ${after}`;
  if (!template) return { kind: "manual", title };
  const listed = template.spec.imagePullSecrets ?? [];
  const at = `${template.pointer}/imagePullSecrets`;
  const index = listed.findIndex((s) => s.name === before);
  if (before && index >= 0)
    return {
      kind: "patch",
      title,
      target: template.target,
      patch: [
        { op: "test", path: `${at}/${index}/name`, value: before },
        { op: "replace", path: `${at}/${index}/name`, value: after },
      ],
      risk: "restart",
    };
  const patch = listed.length
    ? [{ op: "add" as const, path: `${at}/-`, value: { name: after } }]
    : [{ op: "add" as const, path: at, value: [{ name: after }] }];
  return { kind: "patch", title, target: template.target, patch, risk: "restart" };
}
