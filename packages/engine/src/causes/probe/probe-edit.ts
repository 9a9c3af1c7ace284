/** Patches of a probe in the owner's template. */
import type { Case } from "../../model/case";
import type { Edit } from "../../model/cause";
import type { Probe } from "../../model/kubernetes";
import type { PatchOperation } from "../../model/report";
import { containerIn, templateOf } from "../template";

const kinds = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** Changes every probe of the container for which `change` gives operations (paths relative to the probe). */
export function editProbes(failing: Case, title: string, change: (probe: Probe, kind: (typeof kinds)[number]) => PatchOperation[], note?: string): Edit {
  const template = templateOf(failing);
  const found = template && containerIn(template, failing.container?.name);
  const patch = kinds.flatMap((kind) => {
    const probe = found?.container[kind];
    return probe ? change(probe, kind).map((operation) => ({ ...operation, path: `${found.pointer}/${kind}${operation.path}` })) : [];
  });
  if (!template || !patch.length) return { kind: "manual", title, ...(note ? { note } : {}) };
  return { kind: "patch", title, target: template.target, patch, risk: "restart", ...(note ? { note } : {}) };
}

/** Gives the container a startupProbe that asks what `from` asks, for `seconds`. */
export function addStartupProbe(failing: Case, from: "livenessProbe" | "readinessProbe", seconds: number): Edit {
  const template = templateOf(failing);
  const found = template && containerIn(template, failing.container?.name);
  const probe = found?.container[from];
  const title = `Give it ${seconds} s to start (startupProbe)`;
  if (!found || !probe || found.container.startupProbe) return { kind: "manual", title };
  const period = Math.max(1, probe.periodSeconds ?? 10);
  const { httpGet, tcpSocket, exec, grpc, timeoutSeconds } = probe;
  const value = {
    ...(httpGet ? { httpGet } : {}),
    ...(tcpSocket ? { tcpSocket } : {}),
    ...(exec ? { exec } : {}),
    ...(grpc ? { grpc } : {}),
    ...(timeoutSeconds ? { timeoutSeconds } : {}),
    periodSeconds: period,
    failureThreshold: Math.ceil(seconds / period),
  };
  return {
    kind: "patch",
    title,
    target: template.target,
    patch: [
      { op: "test", path: `${found.pointer}/name`, value: found.container.name },
      { op: "add", path: `${found.pointer}/startupProbe`, value },
    ],
    risk: "restart",
    note: "liveness and readiness wait until the startupProbe has passed once",
  };
}
