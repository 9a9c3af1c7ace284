import type { Cause } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { specEvidence } from "../../evidence";
import { decisionFor } from "../judge";
import { schedulingWants } from "../wants";

export const cause: Cause = {
  id: "scheduling/host-port-conflict",
  title: "The host port that the pod wants is taken on every node",
  needs: ["status"],
  explains: [],
  messages: {
    pod: {
      title: "Host port {port} is taken by {holder} on every node that would take the pod",
      explanation:
        "The pod wants port {port} of the node itself, which one pod at a time can have, and {holder} has it. Use a Service instead of hostPort, another port, or no more replicas than nodes.",
    },
    told: {
      title: "Host port {port} is taken on {count} of {total} nodes",
      explanation:
        "The pod wants port {port} of the node itself, and on {count} of {total} nodes another pod has it. Use a Service instead of hostPort, another port, or no more replicas than nodes.",
    },
  },
  wants: schedulingWants,
  find(context) {
    const found = decisionFor(context, "host-port");
    if (!found) return [];
    const { pending, decision } = found;
    const obstacles = decision.fits.flatMap((fit) => fit.obstacles.flatMap((one) => (one.predicate === "host-port" ? [one] : [])));
    const wanted = (pending.pod.spec?.containers ?? []).flatMap((container) =>
      (container.ports ?? []).map((one) => one.hostPort || (pending.pod.spec?.hostNetwork ? one.containerPort : 0)),
    );
    const port = obstacles[0]?.port ?? wanted.find((one) => one) ?? null;
    const holders = [...new Set(obstacles.map((one) => one.pod))].sort();
    const evidence: Evidence[] = pending.witness ? [pending.witness] : [];
    if (port) evidence.push(specEvidence(context, `hostPort: ${port}`, "spec.containers[*].ports"));
    if (!evidence.length) return [];
    return [
      {
        message: holders.length ? "pod" : "told",
        args: { port: port ?? "of the pod", holder: holders.slice(0, 3).join(", "), count: decision.reason?.count ?? 0, total: pending.message?.nodes ?? 0 },
        confidence: decision.confidence,
        subject: { kind: context.case.workload.kind, namespace: context.case.workload.namespace, name: context.case.workload.name, port },
        details: { port, usedBy: holders.slice(0, 10), nodes: pending.message?.nodes ?? null },
        evidence,
        edits: [
          {
            kind: "manual",
            title: port
              ? `free host port ${port}, or publish the container by a Service instead of hostPort`
              : "publish the container by a Service instead of hostPort",
          },
        ],
      },
    ];
  },
};
