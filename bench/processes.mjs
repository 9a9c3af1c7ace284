/** The command beside kubectl: start, one pod, the same far away (UNLOOP_FAR_KUBECONFIG), the whole cluster. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../scripts/causes.mjs";
import { medians, milliseconds, peakMegabytes } from "./measure.mjs";

// Started as npm installs it: by its first line, not by naming node.
const command = join(root, "packages/cli/dist/unloop.cjs");
const kubeconfig = process.env.UNLOOP_LAB_KUBECONFIG ?? process.env.KUBECONFIG;
const env = kubeconfig ? { KUBECONFIG: kubeconfig } : {};
const kubectl = (...args) => ({ command: "kubectl", args, env });
const unloop = (...args) => ({ command, args, env });
const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;

function beside(what, own, other, runs, factor) {
  const [mine, theirs] = medians([own, other], runs);
  return {
    what,
    value: milliseconds(mine),
    beside: `kubectl ${other.args.join(" ")}`,
    other: milliseconds(theirs),
    ratio: (mine / theirs).toFixed(2),
    bound: `at most ${factor}`,
    holds: mine <= theirs * factor,
  };
}

export function startMeasures() {
  if (!hasKubectl) return [{ what: "start", skipped: "no kubectl here" }];
  return [beside("start: unloop --version, whole process", unloop("--version"), kubectl("version", "--client"), 21, 1.5)];
}

export function liveMeasures() {
  const pods = kubeconfig && hasKubectl ? list() : null;
  if (!pods) return [{ what: "live", skipped: "no cluster: set UNLOOP_LAB_KUBECONFIG or KUBECONFIG" }];
  const failing = pods.filter(({ status }) => (status.containerStatuses ?? []).some(({ state }) => state.waiting?.reason === "CrashLoopBackOff"));
  const rows = [];
  const [pod] = failing;
  if (pod) {
    const { namespace, name } = pod.metadata;
    const own = unloop(`pod/${name}`, "-n", namespace);
    const other = kubectl("describe", "pod", name, "-n", namespace);
    rows.push(beside("live: unloop pod/NAME of a crash loop, whole process", own, other, 11, 1.5));
    // The same API seen from far away, through a relay that adds a round trip of 50 ms, say.
    const far = process.env.UNLOOP_FAR_KUBECONFIG;
    const from = (what) => ({ ...what, env: { KUBECONFIG: far } });
    if (far) rows.push(beside("live, far away: unloop pod/NAME of a crash loop, whole process", from(own), from(other), 7, 1.5));
  }
  const all = unloop("-A");
  const memory = peakMegabytes(all);
  const requests =
    /(\d+) requests/.exec(spawnSync(command, ["-A"], { env: { ...process.env, ...env, UNLOOP_DEBUG: "1" }, encoding: "utf8" }).stderr)?.[1] ?? "?";
  const row = beside(
    `live: unloop -A, ${pods.length} pods, ${failing.length} in CrashLoopBackOff; ${requests} requests, peak ${memory === null ? "?" : Math.round(memory)} MB`,
    all,
    kubectl("get", "pods", "-A"),
    5,
    1,
  );
  // The bound is one of big clusters: in a small one the time is that of starting and of reading logs.
  rows.push(
    pods.length >= 5000
      ? { ...row, bound: "at most 1 and 300 MB", holds: row.holds && (memory === null || memory < 300) }
      : { ...row, bound: "bound from 5,000 pods on", holds: undefined },
  );
  return rows;
}

function list() {
  const { status, stdout } = spawnSync("kubectl", ["get", "pods", "-A", "-o", "json"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  return status === 0 ? JSON.parse(stdout).items : null;
}
