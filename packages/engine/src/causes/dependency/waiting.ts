/** An init container that goes on and on says by its command for whom it waits, also where it prints nothing that tells. */
import type { CauseContext } from "../../model/cause";
import type { LogSignal } from "../../model/observation";
import type { Evidence } from "../../model/report";
import type { WantTarget } from "../../model/snapshot";
import { addressesIn } from "../../graph/addresses";
import { specEvidence } from "../evidence";

const by = "command of a waiting init container";

function commandOf(context: CauseContext): string {
  const spec = context.case.pods[0]?.spec;
  return [...(spec?.command ?? []), ...(spec?.args ?? [])].join(" ").slice(0, 4000);
}

function waits(context: CauseContext): boolean {
  return context.case.container?.type === "init" && context.seen.status.running !== null;
}

/** What must be seen to judge such a wait: a log that tells nothing asks for nothing. */
export function waitWants(context: CauseContext): { target: WantTarget; consequence: string }[] {
  if (!waits(context) || !addressesIn(commandOf(context)).some((a) => a.port !== null)) return [];
  const { namespace } = context.case.workload;
  return (["Service", "EndpointSlice"] as const).map((kind) => ({
    target: { type: "list", kind, namespace, fidelity: "full" },
    consequence: "whether that for which the init container waits is there is not known",
  }));
}

/** The call that the command makes, where it makes calls to one host only; nothing for a container that has ended or is no init container. */
export function waitSignals(context: CauseContext): LogSignal[] {
  if (!waits(context)) return [];
  const calls = addressesIn(commandOf(context)).map((call) => ({ call, target: context.graph.resolve(call.host, context.case.workload.namespace) }));
  // A Service of the cluster, or a bare name behind which a port says that it is meant as a host.
  const meant = calls.filter(({ call, target }) => target?.service || (target?.exists === "no" && call.port !== null));
  const hosts = new Set(meant.map(({ call }) => call.host));
  if (hosts.size !== 1) return [];
  const { call, target } = meant[0]!;
  const cause = target?.service ? "dependency/refused" : "dependency/name-not-resolved";
  return [{ cause, confidence: "likely", subject: { host: call.host, port: call.port }, details: {}, lines: [], by, product: false }];
}

/** The command as Evidence, for a signal that no line of the log tells. */
export function waitEvidence(context: CauseContext, signal: LogSignal): Evidence[] {
  return signal.by === by ? [specEvidence(context, commandOf(context).slice(0, 280), `spec.initContainers[${context.case.container?.name}].command`)] : [];
}
