/** What a user should know beside the incidents: leaked secrets, Services that select nothing, a pod that is gone. */
import type { Warning } from "../model/report";
import { compareCodePoints, type SnapshotView } from "../model/view";
import type { Linked } from "./cascade";

const most = 20;

function leaks(view: SnapshotView): Warning[] {
  return view.snapshot.logs
    .filter((log) => log.leaked.length > 0)
    .map((log) => {
      const where = log.pod ? `${log.namespace}/${log.pod}, container ${log.container}` : "the log";
      const kinds = [...new Set(log.leaked.map((l) => `${l.kind} (line ${l.line})`))].slice(0, 5).join(", ");
      return {
        id: "secret-in-log",
        text: `${where} prints secrets: ${kinds}. Change them, and keep them out of the log; whoever may read logs has read them.`,
      };
    });
}

/** A Service whose selector matches no pod serves nobody, even where all pods are well. */
function emptyServices(view: SnapshotView): Warning[] {
  return view.list("Service").flatMap((seen) => {
    const { namespace = "", name = "" } = seen.object.metadata;
    const selector = Object.entries(seen.object.spec?.selector ?? {});
    const focus = view.snapshot.focus?.namespace;
    if (!selector.length || (focus && focus !== namespace) || !view.complete("Pod", namespace)) return [];
    const pods = view.list("Pod", namespace);
    if (!pods.every((p) => p.object.metadata.labels !== undefined || p.fidelity === "full") || pods.length === 0) return [];
    if (pods.some((p) => selector.every(([key, value]) => p.object.metadata.labels?.[key] === value))) return [];
    return [
      {
        id: "service-selects-nothing",
        text: `Service ${namespace}/${name} selects ${selector.map(([k, v]) => `${k}=${v}`).join(",")}, and no pod of the namespace has that.`,
      },
    ];
  });
}

/** An exec probe whose command can not be run counts neither way: the kubelet throws the result away (prober/worker.go). */
function livenessThatNeverKills(view: SnapshotView): Warning[] {
  return view.list("Event").flatMap(({ object }) => {
    const about = object.involvedObject;
    const focus = view.snapshot.focus?.namespace;
    if (object.reason !== "Unhealthy" || about?.kind !== "Pod" || (focus && about.namespace !== focus) || !object.message?.startsWith("Liveness probe errored"))
      return [];
    return [
      {
        id: "liveness-never-kills",
        text: `the liveness command of pod ${about.namespace}/${about.name} can not be run, so it never restarts anything: ${(object.message ?? "").slice(0, 160)}`,
      },
    ];
  });
}

function goneName(view: SnapshotView, linked: Linked[]): Warning[] {
  const focus = view.snapshot.focus;
  if (!focus?.name || focus.kind === "Node" || (focus.kind && focus.kind !== "Pod")) return [];
  if (view.get("Pod", focus.namespace, focus.name) || linked.some((l) => l.incident.workload.name === focus.name)) return [];
  const workload = linked[0]?.incident.workload;
  return workload
    ? [{ id: "pod-is-gone", text: `pod ${focus.name} is gone; this is about its workload ${workload.kind} ${workload.namespace}/${workload.name}` }]
    : [];
}

export function warningsOf(view: SnapshotView, linked: Linked[]): Warning[] {
  const all = [...goneName(view, linked), ...leaks(view), ...emptyServices(view), ...livenessThatNeverKills(view)];
  const unique = new Map(all.map((w) => [`${w.id} ${w.text}`, w]));
  return [...unique.values()].sort((a, b) => compareCodePoints(a.id, b.id) || compareCodePoints(a.text, b.text)).slice(0, most);
}
