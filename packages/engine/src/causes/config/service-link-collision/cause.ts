/** config/service-link-collision: a Service's injected NAME_PORT=tcp://… variable collides with the application's own setting. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import type { LogSignal } from "../../../model/observation";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { templateOf } from "../../template";
import { signalsOf } from "../../told";

const id = "config/service-link-collision";
/** The form of an injected `NAME_PORT`. Source: kubelet envvars.FromServices. */
const injected = /(?:tcp|udp):\/\/(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}/;

/** `Received type number (NaN)`, `invalid port NaN`: what a runtime says of Number("tcp://10.0.0.1:80") where a port is due. */
function isNoNumber(signal: LogSignal): boolean {
  return (
    /^(app\/uncaught-exception|config\/setting-invalid)$/.test(signal.cause) && signal.lines.some(({ text }) => /\bport\b/i.test(text) && /\bNaN\b/.test(text))
  );
}

/**
 * The injected variable that a program turned into NaN. It never prints the value: what tells is the name of the variable in the command, or
 * a `NAME_HOST` of the pod beside it. Source: kubelet envvars.FromServices, which yields to the pod's own variables.
 */
function portIsNoNumber(context: CauseContext, edits: Edit[]): Finding[] {
  const signal = (context.seen.logs.reading?.signals ?? []).find(isNoNumber);
  const pod = context.case.pods[0];
  if (!signal || !pod?.spec || pod.pod.spec?.enableServiceLinks === false) return [];
  const own = context.seen.config.settings.map((s) => s.env);
  const words = [...(pod.spec.command ?? []), ...(pod.spec.args ?? [])].join("\n").slice(0, 20_000);
  const { namespace } = context.case.workload;
  const injectedHere = context.view
    .list("Service", namespace)
    .filter(({ object }) => object.metadata.name && object.spec?.clusterIP && object.spec.clusterIP !== "None")
    .map(({ object }) => ({ service: object.metadata.name!, prefix: object.metadata.name!.toUpperCase().replaceAll("-", "_") }))
    .filter(({ prefix }) => !own.includes(`${prefix}_PORT`));
  const read = injectedHere.filter(({ prefix }) => new RegExp(`\\b${prefix}_PORT\\b`).test(words));
  const beside = injectedHere.filter(({ prefix }) => own.some((env) => env === `${prefix}_HOST` || env === `${prefix}_HOSTNAME` || env === `${prefix}_ADDR`));
  const [found, ...others] = read.length ? read : beside;
  if (!found || others.length) return [];
  const env = `${found.prefix}_PORT`;
  return [
    tell(context, signal, {
      message: "named",
      args: { name: found.service },
      confidence: "likely",
      subject: { kind: "Service", namespace: namespace || null, name: found.service, env, path: null },
      evidence: [specEvidence(context, "enableServiceLinks is not switched off", "spec.enableServiceLinks")],
      edits,
    }),
  ];
}

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
    const isAsked = (seen.logs.reading?.signals ?? []).some((s) => s.cause === id || isNoNumber(s));
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
    const told = signalsOf(context, id).slice(0, 1);
    if (!told.length) return portIsNoNumber(context, edits);
    return told.map((signal) => {
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
