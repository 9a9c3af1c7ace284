import type { Cause } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { objectEvidence } from "../../evidence";
import { defaultScheduler, unattendedPod } from "../unattended";

export const cause: Cause = {
  id: "scheduling/scheduler-not-running",
  title: "No scheduler is at work",
  needs: ["status"],
  explains: [],
  messages: {
    silent: {
      title: "The scheduler does not look at the pod: it is not running",
      explanation:
        "A scheduler marks every pod within seconds, whether it finds a node or not. This one has waited without a mark: kube-scheduler is down, has lost its leadership, or can not reach the API server.",
    },
  },
  find(context) {
    const found = unattendedPod(context);
    if (!found || (found.scheduler !== null && found.scheduler !== defaultScheduler)) return [];
    const { view } = context;
    // Kubeadm's static pod, where the control plane runs in the cluster.
    const pods = view.list("Pod", "kube-system").filter((one) => one.object.metadata.name?.startsWith("kube-scheduler"));
    const down = pods.find((one) => one.row?.["STATUS"] !== "Running" && !one.object.status?.containerStatuses?.some((status) => status.ready));
    const others = view
      .list("Pod")
      .filter(
        (one) =>
          one.object !== found.pod &&
          (one.object.metadata.creationTimestamp ?? "") > (found.pod.metadata.creationTimestamp ?? "~") &&
          one.object.spec?.nodeName,
      );
    if (others.length) return [];
    const evidence: Evidence[] = [...found.evidence];
    if (down)
      evidence.unshift(
        objectEvidence(
          { ...down.object, kind: "Pod" },
          `${down.object.metadata.name}: ${down.row?.["STATUS"] ?? down.object.status?.phase ?? "not ready"}`,
          "status",
        ),
      );
    const full = context.case.pods[0]!.seen.fidelity === "full";
    return [
      {
        message: "silent",
        args: {},
        confidence: down || (full && (found.waited ?? 0) > 2 * 60) ? "certain" : full && found.waited !== null ? "likely" : "possible",
        subject: { kind: "Pod", namespace: "kube-system", name: down?.object.metadata.name ?? "kube-scheduler" },
        details: { waitedSeconds: found.waited },
        evidence,
        edits: [{ kind: "manual", title: "start kube-scheduler on the control plane, or see why it fails" }],
        next: [
          { why: "who holds the scheduler's lease and when it was renewed", command: "kubectl -n kube-system get lease kube-scheduler -o yaml" },
          { why: "the scheduler's own pod and log", command: "kubectl -n kube-system get pods -l component=kube-scheduler" },
        ],
      },
    ];
  },
};
