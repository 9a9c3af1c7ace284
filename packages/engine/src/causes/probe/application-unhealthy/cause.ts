/** probe/application-unhealthy: the probe is right, and the application says that it is not well, or does not answer. */
import type { Cause, CauseContext, Finding } from "../../../model/cause";
import { logEvidence } from "../../evidence";
import { lastRunEvidence } from "../../told";
import { type FailureText, type ProbeFailure, effectOf, mainText, probeEvidence, probeFailure } from "../probe-failure";

export const cause: Cause = {
  id: "probe/application-unhealthy",
  title: "The application says that it is not well",
  needs: ["status"],
  explains: ["killed/", "app/exited-cleanly", "app/exited-without-reason"],
  messages: {
    status: {
      title: "The application answers {status} to the {probe} probe",
      explanation:
        "The probe is right and the application says that it is not well: {effect}. Its log or its health page says why; what it depends on is the usual reason.",
    },
    "not-serving": {
      title: "The application says {status} to the {probe} probe",
      explanation: "The gRPC server runs and reports itself as not serving: {effect}. Its log says why.",
    },
    output: {
      title: "The {probe} probe's command fails: {output}",
      explanation: "The probe's command runs and says that the application is not well: {effect}.",
    },
    hangs: {
      title: "The application does not answer the {probe} probe in time",
      explanation:
        "The application takes the connection and does not answer within {timeout} s: {effect}. It hangs, is overloaded, or waits for something itself.",
    },
    closes: {
      title: "The application hangs up on the {probe} probe",
      explanation: "The connection is closed without an answer: {effect}. The program may be dying at that moment.",
    },
    refuses: {
      title: "The application does not take connections on port {port}",
      explanation: "The {probe} probe is refused: {effect}. Why nothing listens there was not seen: it may start slowly, listen elsewhere, or have given up.",
    },
    silent: { title: "The {probe} probe fails", explanation: "The {probe} probe fails without a word: {effect}. What it asks is shown below." },
  },
  find(context) {
    const failure = probeFailure(context);
    if (!failure) return [];
    const text = mainText(failure, "status", "grpc-not-serving", "output", "timeout", "closed", "refused", "empty", "no-route", "grpc-unreachable");
    if (failure.texts.length && !text) return [];
    const { message, confidence } = judge(context, failure, text);
    const reading = context.seen.logs.reading;
    const lines = (reading?.signals[0]?.lines ?? [])
      .slice(0, 1)
      .concat(reading && !reading.signals.length && reading.kind !== "healthy" ? reading.tail.slice(-1) : []);
    const ended = failure.kills ? lastRunEvidence(context) : null;
    return [
      {
        message,
        args: {
          probe: failure.probe,
          status: text?.named ?? "",
          output: (text?.text ?? "").trim().split("\n")[0]!.slice(0, 80),
          timeout: failure.spec?.spec.timeoutSeconds ?? 1,
          port: failure.asks.port ?? "",
          effect: effectOf(context, failure),
        },
        confidence,
        subject: { probe: failure.probe, port: failure.asks.port, path: failure.asks.path },
        details: { status: text?.class === "status" ? Number(text.named) : null, kills: failure.kills },
        evidence: [...probeEvidence(context, failure, text), ...lines.map((line) => logEvidence(context, line)), ...(ended ? [ended] : [])].slice(0, 5),
        next: nextSteps(context, failure),
      },
    ];
  },
};

function judge(context: CauseContext, failure: ProbeFailure, text: FailureText | null): { message: string; confidence: Finding["confidence"] } {
  if (text?.class === "status") {
    const server = text.named?.startsWith("5") ?? false;
    const short = failure.kills && (failure.spec?.budgetSeconds ?? 0) < 60 && context.seen.logs.reading?.kind !== "told";
    return { message: "status", confidence: !server ? "possible" : short ? "likely" : "certain" };
  }
  if (text?.class === "grpc-not-serving") return { message: "not-serving", confidence: failure.kills ? "likely" : "certain" };
  if (text?.class === "output") return { message: "output", confidence: "likely" };
  if (text?.class === "timeout") {
    const worked =
      context.seen.logs.reading?.listens.some((l) => l.port === failure.asks.port) || (context.seen.logs.reading?.startedAfterSeconds ?? null) !== null;
    return { message: "hangs", confidence: worked || !failure.kills ? "likely" : "possible" };
  }
  if (text?.class === "closed") return { message: "closes", confidence: "possible" };
  if (text?.class === "refused" || text?.class === "grpc-unreachable" || text?.class === "no-route") return { message: "refuses", confidence: "possible" };
  return { message: "silent", confidence: "possible" };
}

function nextSteps(context: CauseContext, failure: ProbeFailure): Finding["next"] {
  const pod = context.case.pods[0]?.pod.metadata.name;
  const { port, path, https } = failure.asks;
  if (!pod || port === null) return [];
  const namespace = context.case.workload.namespace;
  return [
    {
      why: "what it answers itself",
      command: `kubectl -n ${namespace} port-forward pod/${pod} ${port}:${port} & curl -${https ? "k" : ""}si ${https ? "https" : "http"}://localhost:${port}${path ?? "/"}`,
    },
  ];
}
