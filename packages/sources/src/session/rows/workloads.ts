/** Rows of pods and of the workloads that own them. */
import type { Condition } from "@unloop/engine/model/kubernetes";
import { type Cells, count, known, labelsOf, ratio, type Shape } from "./cells";

/** Words of STATUS that are the pod's own reason. Everything else may come from a container. Source: printPod. */
const podReasons = new Set([
  "Evicted",
  "DeadlineExceeded",
  "NodeLost",
  "NodeShutdown",
  "Preempting",
  "Shutdown",
  "UnexpectedAdmissionError",
  "NodeAffinity",
  "NodePorts",
  "TopologyAffinityError",
  "OutOfcpu",
  "OutOfmemory",
  "OutOfpods",
]);
const phases = new Set(["Pending", "Running", "Succeeded", "Failed", "Unknown"]);

export function pod(cells: Cells): Shape {
  const status: Shape = {};
  const word = cells.STATUS ?? "";
  if (phases.has(word)) status.phase = word;
  if (podReasons.has(word)) Object.assign(status, { phase: "Failed", reason: word });
  if (word.startsWith("Init:") || word === "PodInitializing" || word === "ContainerCreating") status.phase = "Pending";
  const ready = ratio(cells.READY);
  if (ready && word === "Running") status.conditions = [{ type: "Ready", status: ready[0] === ready[1] ? "True" : "False" }] satisfies Condition[];
  if (known(cells.IP)) status.podIP = cells.IP;
  return { status };
}

/** CONTAINERS, IMAGES and SELECTOR of a wide row. */
function template(cells: Cells): Shape {
  const names = known(cells.CONTAINERS)?.split(",");
  const images = known(cells.IMAGES)?.split(",");
  const labels = labelsOf(cells.SELECTOR);
  const containers = names && images && names.length === images.length ? names.map((name, i) => ({ name, image: images[i] })) : undefined;
  return {
    ...(labels && { selector: { matchLabels: labels } }),
    ...(containers && { template: { ...(labels && { metadata: { labels } }), spec: { containers } } }),
  };
}
export function deployment(cells: Cells): Shape {
  const ready = ratio(cells.READY);
  return {
    spec: { replicas: ready?.[1] ?? count(cells.DESIRED), ...template(cells) },
    status: {
      readyReplicas: ready?.[0],
      replicas: count(cells.CURRENT),
      updatedReplicas: count(cells["UP-TO-DATE"]),
      availableReplicas: count(cells.AVAILABLE),
    },
  };
}
export function replicaSet(cells: Cells): Shape {
  return { spec: { replicas: count(cells.DESIRED), ...template(cells) }, status: { replicas: count(cells.CURRENT), readyReplicas: count(cells.READY) } };
}
export function statefulSet(cells: Cells): Shape {
  const ready = ratio(cells.READY);
  return { spec: { replicas: ready?.[1], ...template(cells) }, status: { readyReplicas: ready?.[0] } };
}
export function daemonSet(cells: Cells): Shape {
  return {
    spec: template(cells),
    status: {
      desiredNumberScheduled: count(cells.DESIRED),
      currentNumberScheduled: count(cells.CURRENT),
      numberReady: count(cells.READY),
      updatedNumberScheduled: count(cells["UP-TO-DATE"]),
    },
  };
}
export function job(cells: Cells): Shape {
  const done = ratio(cells.COMPLETIONS);
  const state = known(cells.STATUS);
  const conditions = state === "Complete" || state === "Failed" ? [{ type: state, status: "True" }] : undefined;
  return { spec: { completions: done?.[1] }, status: { succeeded: done?.[0], ...(conditions && { conditions }) } };
}
export function cronJob(cells: Cells): Shape {
  return { spec: { schedule: known(cells.SCHEDULE), suspend: cells.SUSPEND === "True" ? true : cells.SUSPEND === "False" ? false : undefined } };
}
