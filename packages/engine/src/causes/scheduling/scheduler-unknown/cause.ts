import type { Cause } from "../../../model/cause";
import { hasSpec } from "../../../model/view";
import { specEvidence } from "../../evidence";
import { templateOf } from "../../template";
import { defaultScheduler, unattendedPod } from "../unattended";

export const cause: Cause = {
  id: "scheduling/scheduler-unknown",
  title: "The pod asks for a scheduler that does not exist",
  needs: ["status", "spec"],
  explains: ["scheduling/scheduler-not-running"],
  messages: {
    unknown: {
      title: "No scheduler called {scheduler} looks at the pod",
      explanation:
        "The pod's schedulerName is {scheduler}. The default scheduler leaves such pods alone, and nobody of that name has left a condition or an event: it is not installed, not running, or spelt otherwise.",
    },
  },
  find(context) {
    const found = unattendedPod(context);
    if (!found?.scheduler || found.scheduler === defaultScheduler) return [];
    const { scheduler } = found;
    const placed = context.view.list("Pod").some((one) => hasSpec(one) && one.object.spec?.schedulerName === scheduler && one.object.spec.nodeName);
    const template = templateOf(context.case);
    const path = template ? `${template.pointer}/schedulerName` : "";
    return [
      {
        message: "unknown",
        args: { scheduler },
        confidence: found.waited === null || placed ? "likely" : "certain",
        subject: { kind: context.case.workload.kind, namespace: context.case.workload.namespace, name: scheduler, similar: defaultScheduler },
        details: { scheduler, waitedSeconds: found.waited },
        evidence: [specEvidence(context, `schedulerName: ${scheduler}`, "spec.schedulerName"), ...found.evidence],
        edits:
          template?.spec.schedulerName === scheduler
            ? [
                {
                  kind: "patch",
                  title: `use ${defaultScheduler}`,
                  target: template.target,
                  patch: [
                    { op: "test", path, value: scheduler },
                    { op: "replace", path, value: defaultScheduler },
                  ],
                  risk: "restart",
                  note: `or install and start ${scheduler}`,
                },
              ]
            : [],
        next: [{ why: "whether a scheduler of that name runs", command: `kubectl get pods -A | grep ${scheduler}` }],
      },
    ];
  },
};
