/** config/service-link-collision: a Service's injected NAME_PORT=tcp://… variable collides with the application's own setting. */
import type { Cause } from "../../../model/cause";
import type { Edit } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { templateOf } from "../../template";
import { signalsOf } from "../../told";

const id = "config/service-link-collision";
/** The form of an injected `NAME_PORT`. Source: kubelet envvars.FromServices. */
const injected = /(?:tcp|udp):\/\/(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}/;

export const cause: Cause = {
  id,
  title: "A variable that Kubernetes injects collides with a setting",
  needs: ["log"],
  explains: [
    "app/exited-without-reason",
    "app/exited-cleanly",
    "killed/unattributed",
    "probe/application-unhealthy",
    "app/uncaught-exception",
    "config/setting-invalid",
  ],
  messages: {
    named: {
      title: "{env} is set by Kubernetes, for Service {name}",
      explanation:
        "Kubernetes gives each container variables for every Service, among them {env}=tcp://…. The program takes {env} for its own setting and can not use that value.",
    },
    told: {
      title: "A variable that Kubernetes injects collides with a setting",
      explanation: "The program finds a value like tcp://10.0.0.1:80 where it expects a number: Kubernetes injects NAME_PORT for every Service. {line}",
    },
  },
  wants({ case: failing, seen }) {
    const isAsked = (seen.logs.reading?.signals ?? []).some((s) => s.cause === id);
    return isAsked
      ? [
          {
            target: { type: "list", kind: "Service", namespace: failing.workload.namespace, fidelity: "full" },
            consequence: "which Service's variable collides is not known",
          },
        ]
      : [];
  },
  find(context) {
    const template = templateOf(context.case);
    const edits: Edit[] = template
      ? [
          {
            kind: "patch",
            title: "switch the injected variables off (enableServiceLinks: false)",
            target: template.target,
            patch: [{ op: "add", path: `${template.pointer}/enableServiceLinks`, value: false }],
            risk: "restart",
          },
        ]
      : [];
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const address = injected.exec(signal.lines.map((line) => line.text).join("\n"))?.[1];
        const byAddress = address ? (context.graph.serviceByAddress(address)?.object.metadata.name ?? null) : null;
        const env = signal.subject.env ?? (byAddress ? `${byAddress.toUpperCase().replaceAll("-", "_")}_PORT` : null);
        const service = byAddress ?? (env?.endsWith("_PORT") ? env.slice(0, -5).toLowerCase().replaceAll("_", "-") : null);
        const isThere = service !== null && context.view.get("Service", context.case.workload.namespace, service) !== null;
        return tell(context, signal, {
          message: env && service ? "named" : "told",
          args: { name: service },
          confidence: isThere ? "certain" : signal.confidence,
          subject: { kind: "Service", namespace: context.case.workload.namespace || null, name: service, env },
          evidence: isThere ? [specEvidence(context, "enableServiceLinks is not switched off", "spec.enableServiceLinks")] : [],
          edits,
        });
      });
  },
};
