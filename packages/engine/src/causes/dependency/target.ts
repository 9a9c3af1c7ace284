/** Joins what a log says about a call (host, port, how it failed) to Service, endpoints, ports and network policies. */
import type { CauseContext } from "../../model/cause";
import type { ServiceTarget } from "../../model/graph";
import type { IntOrString, Pod, Service } from "../../model/kubernetes";
import type { LogSignal } from "../../model/observation";
import type { SeenObject } from "../../model/snapshot";
import { signalsOf } from "../told";
import { addressesIn } from "../../graph/addresses";
import { waitSignals } from "./waiting";
import { blockingPolicy, type Block } from "./network-policy";
import { oncePerCase } from "../once";

export type Verdict = "name-not-resolved" | "service-has-no-endpoints" | "port-mismatch" | "refused" | "timeout";
export interface Joined {
  signal: LogSignal;
  verdict: Verdict;
  host: string | null;
  port: number | null;
  /** The Service behind the host, where it is one of the cluster. */
  target: ServiceTarget | null;
  /** Port that is there instead. */
  similarPort: number | null;
  /** Name that is there instead. */
  similarName: string | null;
  /** The policy that keeps the packets out. */
  blocked: Block | null;
  isLocal: boolean;
  /** The log names neither host nor port: who was called follows from the configuration alone. */
  isInferred: boolean;
}

const calls: Record<string, Verdict> = {
  "dependency/name-not-resolved": "name-not-resolved",
  "dependency/refused": "refused",
  "dependency/timeout": "timeout",
};
const loopback = /^(localhost|127(?:\.\d{1,3}){3}|::1|0\.0\.0\.0)$/i;

/** The address that a setting of the container names, where the log line itself names none or only an IP. */
function fromSettings(context: CauseContext, host: string | null, port: number | null): { host: string | null; port: number | null } {
  const spec = context.case.pods[0]?.spec;
  const words = [...(spec?.command ?? []), ...(spec?.args ?? [])].map((word) => word.slice(0, 4000));
  const values = context.seen.config.settings.map((s) => s.value ?? "");
  const { kind, namespace, name } = context.case.workload;
  const ofFiles = context.graph.calls
    .filter((c) => c.from.kind === kind && c.from.namespace === namespace && c.from.name === name)
    .map((c) => ({ host: c.to.namespace === namespace ? c.to.service : `${c.to.service}.${c.to.namespace}`, port: c.port }));
  const addresses = [...[...values, ...words].flatMap((text) => addressesIn(text)), ...ofFiles];
  if (host && !/^[\d.]+$|:/.test(host)) return { host, port: port ?? addresses.find((a) => a.host === host)?.port ?? null };
  const sameAddress = addresses
    .filter((a) => port === null || a.port === port || a.port === null)
    .filter((a) => {
      const target = context.graph.resolve(a.host, context.case.workload.namespace);
      if (!target?.service) return false;
      return !host || target.service.object.spec?.clusterIP === host || target.pods.some((p) => p.object.status?.podIP === host);
    });
  const all = [...new Set(sameAddress.map((a) => a.host))];
  // Of several Services that it may have meant, the one with nothing behind it.
  const names = all.length > 1 ? all.filter((h) => context.graph.resolve(h, namespace)?.ready === 0) : all;
  return names.length === 1 ? { host: names[0]!, port: port ?? sameAddress.find((a) => a.host === names[0])!.port } : { host, port };
}

/** The Service that a host means, also where the host is a cluster or pod address. */
export function targetOf(context: CauseContext, host: string | null): ServiceTarget | null {
  if (!host) return null;
  const { namespace } = context.case.workload;
  const service = /^[\d.]+$/.test(host) ? context.graph.serviceByAddress(host) : null;
  if (service) return context.graph.resolve(`${service.object.metadata.name}.${service.object.metadata.namespace}.svc`, namespace);
  return context.graph.resolve(host, namespace);
}

function portNumber(pod: Pod, port: IntOrString | undefined): number | null {
  if (typeof port === "number" || /^\d+$/.test(port ?? "")) return Number(port);
  for (const container of pod.spec?.containers ?? []) for (const p of container.ports ?? []) if (p.name === port) return p.containerPort ?? null;
  return null;
}

/** Ports that the pods behind a Service declare. */
function declaredPorts(pods: SeenObject<Pod>[]): number[] {
  const ports = pods.flatMap((p) => (p.object.spec?.containers ?? []).flatMap((c) => (c.ports ?? []).map((x) => x.containerPort)));
  return [...new Set(ports.filter((p): p is number => p !== undefined))];
}

/** A Service port that leads to a container port which none of its pods declares, while they declare another. */
function wrongTargetPort(service: SeenObject<Service>, pods: SeenObject<Pod>[], port: number | null): number | null {
  const declared = declaredPorts(pods);
  const entry = (service.object.spec?.ports ?? []).find((p) => port === null || p.port === port);
  if (!entry || !declared.length || !pods[0]) return null;
  const leadsTo = portNumber(pods[0].object, entry.targetPort ?? entry.port);
  if (leadsTo !== null && declared.includes(leadsTo)) return null;
  return declared.length === 1 ? declared[0]! : null;
}

/** A headless Service gives out pod addresses: its own port list does not matter, only where the pods listen. */
function otherPort(target: ServiceTarget, port: number | null): number | null {
  if (!target.service || port === null) return null;
  const isHeadless = target.service.object.spec?.clusterIP === "None";
  const offered = isHeadless && declaredPorts(target.pods).length ? declaredPorts(target.pods) : target.ports;
  if (offered.length && !offered.includes(port)) return offered.length === 1 ? offered[0]! : (target.ports.find((p) => offered.includes(p)) ?? offered[0]!);
  return isHeadless ? null : wrongTargetPort(target.service, target.pods, port);
}

const ipv4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;

/** The address in the lines that support the signal: clients often print the bare error first and the address in the next line. */
export function fromLines(context: CauseContext, signal: LogSignal): { host: string | null; port: number | null } {
  const { host = null, port = null } = signal.subject;
  const ips = [...new Set(signal.lines.flatMap((line) => line.text.slice(0, 2000).match(ipv4) ?? []))];
  // The first number of an address in parentheses is no port.
  const only = ips.length === 1 ? { host: ips[0]!, port: port !== null && ips[0]!.startsWith(`${port}.`) ? null : port } : null;
  const isService = only !== null && context.graph.serviceByAddress(only.host) !== null;
  if (host) return isService && !targetOf(context, host)?.service ? only : { host, port };
  const addresses = signal.lines.flatMap((line) => addressesIn(line.text)).filter((a) => port === null || a.port === null || a.port === port);
  const hosts = [...new Set(addresses.map((a) => a.host))];
  if (hosts.length === 1) return { host: hosts[0]!, port: port ?? addresses.find((a) => a.port !== null)?.port ?? null };
  return !hosts.length && only ? only : { host, port };
}

/** A 503 and the like: the server is there and answers, so that neither its port nor the way to it is wrong. */
export function isAnswer(signal: LogSignal): boolean {
  return signal.confidence === "possible" && /\b50[0234]\b/.test(signal.lines[0]?.text ?? "");
}

/** Node prints no address where a name has several; in a cluster of one address family that is localhost. */
function localhostOf(context: CauseContext, signal: LogSignal): { host: string; port: number | null } | null {
  if (!signal.lines.some((line) => line.text.includes("AggregateError") || line.text.includes("internalConnectMultiple"))) return null;
  const found = context.seen.config.settings.flatMap((s) => addressesIn(s.value ?? "")).filter((a) => loopback.test(a.host));
  return found.length === 1 ? found[0]! : null;
}

/** Endpoints without any port: no pod behind the Service has the named port that it leads to. */
function isPortless(context: CauseContext, target: ServiceTarget): boolean {
  if (!target.service?.object.spec?.ports?.length) return false;
  const slices = context.view.list("EndpointSlice", target.namespace).filter((s) => s.object.metadata.labels?.["kubernetes.io/service-name"] === target.name);
  return (
    slices.length > 0 &&
    slices.every((s) => s.fidelity === "full" && (s.object.endpoints?.length ?? 0) > 0 && s.object.ports !== undefined && !s.object.ports?.length)
  );
}

function judge(context: CauseContext, signal: LogSignal): Joined {
  const said = calls[signal.cause]!;
  const told = fromLines(context, signal);
  const { host, port } = (told.host ? null : localhostOf(context, signal)) ?? fromSettings(context, told.host, told.port);
  const isLocal = host !== null && loopback.test(host);
  const target = isLocal ? null : targetOf(context, host);
  const joined: Joined = {
    signal,
    verdict: said,
    host,
    port,
    target,
    similarPort: null,
    similarName: null,
    blocked: null,
    isLocal,
    isInferred: !told.host && told.port === null,
  };
  if (!target) return { ...joined, blocked: isLocal ? null : blockingPolicy(context, null, port, said === "name-not-resolved") };
  if (target.exists === "no") return { ...joined, verdict: "name-not-resolved", similarName: target.similar[0] ?? null };
  if (!target.service) return joined;
  const blocked = said === "refused" ? null : blockingPolicy(context, target, port, said === "name-not-resolved");
  if (said === "name-not-resolved") {
    const isEmptyHeadless = target.service.object.spec?.clusterIP === "None" && target.ready === 0;
    return { ...joined, verdict: isEmptyHeadless ? "service-has-no-endpoints" : blocked ? "timeout" : said, blocked };
  }
  if (target.ready === 0) return { ...joined, verdict: "service-has-no-endpoints" };
  const similarPort = isAnswer(signal) ? null : otherPort(target, port);
  if ((similarPort !== null || (!isAnswer(signal) && isPortless(context, target))) && !blocked) return { ...joined, verdict: "port-mismatch", similarPort };
  return { ...joined, blocked };
}

/** What the command of a waiting init container proves; that it waits for something that is there proves nothing. */
function isProven({ verdict, target }: Joined): boolean {
  return verdict === "service-has-no-endpoints" || (verdict === "name-not-resolved" && target?.exists === "no");
}

function readJoinedCalls(context: CauseContext): Joined[] {
  const told = Object.keys(calls)
    .flatMap((cause) => signalsOf(context, cause))
    .map((signal) => judge(context, signal));
  if (told.some((joined) => joined.host)) return told;
  const waited = waitSignals(context)
    .map((signal) => judge(context, signal))
    .filter(isProven);
  return [...waited, ...told];
}
/** Every failed call of the log with its verdict; a cause of this family takes those that are its own. */
export const joinedCalls = oncePerCase(readJoinedCalls);

/** `ledger-postgres:5432`, as far as known. */
export function addressText(joined: Pick<Joined, "host" | "port">): string {
  if (!joined.host) return joined.port ? `port ${joined.port}` : "the other side";
  return joined.port ? `${joined.host}:${joined.port}` : joined.host;
}
