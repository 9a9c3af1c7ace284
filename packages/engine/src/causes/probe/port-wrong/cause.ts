/** probe/port-wrong: nothing listens on the probed port, while the application listens on another. */
import type { Cause, CauseContext, Finding } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { logEvidence, specEvidence } from "../../evidence";
import { nearest } from "../../nearest";
import { editProbes } from "../probe-edit";
import { type ProbeFailure, describeProbe, effectOf, healthyProbes, mainText, probeEvidence, probeFailure } from "../probe-failure";

/** Ports that a program opens beside the one it serves on. */
const besides = /metric|prometheus|admin|debug|pprof|manag|monitor|inspector|jmx|telemetry/i;

export const cause: Cause = {
  id: "probe/port-wrong",
  title: "The probe asks a port on which nothing listens",
  needs: ["status"],
  explains: ["killed/", "app/exited-cleanly", "app/exited-without-reason", "probe/application-unhealthy", "probe/too-aggressive", "probe/path-wrong"],
  messages: {
    listens: {
      title: "The {probe} probe asks port {port}, the application listens on {similar}",
      explanation: "Nothing listens on port {port}: {effect}. The application listens on {similar}.",
    },
    declared: {
      title: "The {probe} probe asks port {port}, the container declares {similar}",
      explanation:
        "Nothing listens on port {port}: {effect}. The container declares port {similar}; the log does not say on which port the application listens.",
    },
    "unknown-name": {
      title: 'The {probe} probe asks port "{name}", which the container does not have',
      explanation: "The container has no port of that name, so the probe can never be made: {effect}. Its ports are {ports}.",
    },
    other: {
      title: "The {probe} probe asks port {port}, which answers something else",
      explanation: "Port {port} does not serve {path}: {effect}. Another probe gets it on port {similar}.",
    },
  },
  find(context) {
    const failure = probeFailure(context);
    if (!failure) return [];
    const unnamed = mainText(failure, "port-name");
    if (unnamed) return [byName(context, failure, unnamed.named ?? String(failure.spec?.spec.httpGet?.port ?? ""), probeEvidence(context, failure, unnamed))];
    const port = failure.asks.port;
    const elsewhere = healthyProbes(context, failure).find(
      (p) => p.port !== null && p.port !== port && (failure.asks.path === null || p.path === failure.asks.path),
    );
    const status = mainText(failure, "status");
    if (status?.named === "404" && elsewhere && port !== null)
      return [
        finding(context, failure, "other", elsewhere.port!, "certain", [
          ...probeEvidence(context, failure, status),
          specEvidence(context, describeProbe(elsewhere), elsewhere.fieldPath),
        ]),
      ];
    const text = mainText(failure, "refused", "grpc-unreachable");
    if (!text || port === null) return [];
    return judge(context, failure, port, probeEvidence(context, failure, text), text.class === "refused");
  },
};

function judge(context: CauseContext, failure: ProbeFailure, port: number, evidence: Evidence[], refused: boolean): Finding[] {
  const listens = context.seen.logs.reading?.listens ?? [];
  if (listens.some((l) => l.port === port)) return [];
  const declared = (context.case.pods[0]?.spec?.ports ?? []).map((p) => p.containerPort).filter((p) => p !== undefined);
  const main = listens.filter((l) => !besides.test(l.line.text));
  const chosen = main.find((l) => declared.includes(l.port)) ?? (main.length === 1 ? main[0] : undefined) ?? main[0];
  const other = healthyProbes(context, failure).find((p) => p.port !== null && p.port !== port && p.kind !== "exec" && p.probe !== failure.probe);
  if (chosen) {
    // A program of several ports may open the probed one last.
    const oneOfSeveral = declared.includes(port) && declared.includes(chosen.port);
    const sure = refused && !oneOfSeveral && (!declared.includes(port) || main.length === 1);
    return [
      finding(context, failure, "listens", chosen.port, sure ? "certain" : "likely", [evidence[0]!, logEvidence(context, chosen.line), ...evidence.slice(1)]),
    ];
  }
  // A gRPC probe says no more than that it got no connection; then the declared port has to speak for the other probe.
  const otherIsDeclared = !declared.includes(port) && other?.port != null && declared.includes(other.port);
  if (other && (refused || otherIsDeclared) && (context.seen.status.running?.ready ?? true))
    return [finding(context, failure, "listens", other.port!, "likely", [...evidence, specEvidence(context, describeProbe(other), other.fieldPath)])];
  if (!declared.length || declared.includes(port)) return [];
  const path = `spec.containers[${context.case.container?.name}].ports`;
  return [
    finding(context, failure, "declared", declared[0]!, refused ? "likely" : "possible", [
      ...evidence,
      specEvidence(context, `containerPort: ${declared.join(", ")}`, path),
    ]),
  ];
}

function finding(
  context: CauseContext,
  failure: ProbeFailure,
  message: string,
  similar: number,
  confidence: Finding["confidence"],
  evidence: Evidence[],
): Finding {
  const port = failure.asks.port!;
  return {
    message,
    args: { probe: failure.probe, port, similar, path: failure.asks.path ?? "what is asked", effect: effectOf(context, failure) },
    confidence,
    subject: { probe: failure.probe, port, similar },
    details: { kills: failure.kills },
    evidence,
    edits: [
      editProbes(context.case, `Let the probe ask port ${similar}`, (probe) => {
        const field = (["httpGet", "tcpSocket", "grpc"] as const).find((f) => Number(probe[f]?.port) === port);
        return field
          ? [
              { op: "test", path: `/${field}/port`, value: probe[field]!.port },
              { op: "replace", path: `/${field}/port`, value: similar },
            ]
          : [];
      }),
    ],
  };
}

function byName(context: CauseContext, failure: ProbeFailure, name: string, evidence: Evidence[]): Finding {
  const ports = context.case.pods[0]?.spec?.ports ?? [];
  const names = ports.map((p) => p.name ?? "").filter(Boolean);
  const similar = nearest(name, names)[0] ?? (names.length === 1 ? names[0]! : ports.length === 1 ? (ports[0]!.containerPort ?? null) : null);
  return {
    message: "unknown-name",
    args: {
      probe: failure.probe,
      name,
      ports: ports.map((p) => `${p.name ? `${p.name} ` : ""}${p.containerPort}`).join(", ") || "none",
      effect: effectOf(context, failure),
    },
    confidence: "certain",
    subject: { probe: failure.probe, name, similar },
    details: { kills: failure.kills },
    evidence,
    edits: [
      editProbes(context.case, similar === null ? "Name a port of the container in the probe" : `Let the probe ask port ${similar}`, (probe) => {
        const field = (["httpGet", "tcpSocket"] as const).find((f) => probe[f]?.port === name);
        return field && similar !== null
          ? [
              { op: "test", path: `/${field}/port`, value: name },
              { op: "replace", path: `/${field}/port`, value: similar },
            ]
          : [];
      }),
    ],
  };
}
