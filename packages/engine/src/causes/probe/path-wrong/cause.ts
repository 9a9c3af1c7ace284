/** probe/path-wrong: the probe asks a path that the application does not serve, while the application serves. */
import type { Cause, CauseContext, Finding } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { logEvidence, specEvidence } from "../../evidence";
import { nearest } from "../../nearest";
import { editProbes } from "../probe-edit";
import { type ProbeFailure, describeProbe, effectOf, healthyProbes, mainText, probeEvidence, probeFailure } from "../probe-failure";

const looksLikeHealth = /health|live|ready|alive|ping|status|\bup\b|heartbeat|probe|actuator/i;

export const cause: Cause = {
  id: "probe/path-wrong",
  title: "The probe asks a path that the application does not serve",
  needs: ["status"],
  explains: ["killed/", "app/exited-cleanly", "app/exited-without-reason", "probe/application-unhealthy", "probe/too-aggressive"],
  messages: {
    similar: {
      title: "The {probe} probe asks {path}, the application serves {similar}",
      explanation: "The application runs and answers {status} to {path}: {effect}. It does serve {similar}.",
    },
    unknown: {
      title: "The {probe} probe asks {path}, which answers {status}",
      explanation: "The application runs and answers {status} to {path}: {effect}. Which path it serves for this was not seen.",
    },
    authentication: {
      title: "The {probe} probe asks {path}, which wants a login ({status})",
      explanation: "The application runs and answers {status} to {path}, because a probe has no credentials: {effect}. Probe a path that needs none.",
    },
    redirect: {
      title: "The {probe} probe asks {path}, which leads away",
      explanation: "The application answers {path} with a redirect that the kubelet can not follow: {effect}. Probe a path that answers itself.",
    },
    service: {
      title: "The {probe} probe asks gRPC service {path}, which the server does not know",
      explanation: "The gRPC server runs and its health service does not know {path}: {effect}. Correct the service's name, or leave it empty.",
    },
  },
  find(context) {
    const failure = probeFailure(context);
    if (!failure) return [];
    const text = mainText(failure, "status", "redirects", "grpc-unknown-service", "refused");
    if (!text) return [];
    const service = failure.spec?.spec.grpc?.service ?? null;
    const path = text.class === "grpc-unknown-service" ? service : failure.asks.path;
    if (text.class === "grpc-unknown-service")
      return [finding(context, failure, "service", path ?? "", "NOT_FOUND", null, "certain", probeEvidence(context, failure, text))];
    const away = text.class === "redirects" || leadsAway(failure, text.text);
    if (text.class === "refused" && !away) return [];
    const status = text.named ?? "";
    if (!away && !["404", "405", "410", "401", "403"].includes(status)) return [];
    if (!away && samePathElsewhere(context, failure)) return [];
    const reading = context.seen.logs.reading;
    const late = reading?.startedAfterSeconds != null && failure.spec !== null && failure.kills && reading.startedAfterSeconds > failure.spec.budgetSeconds;
    const found = away ? null : servedPath(context, failure, path);
    const proven =
      found !== null || away || (reading !== null && (reading.listens.length > 0 || reading.startedAfterSeconds !== null || reading.requests.length > 0));
    const kind = away ? "redirect" : status === "401" || status === "403" ? "authentication" : found ? "similar" : "unknown";
    const confidence = late ? "possible" : kind === "authentication" || status === "405" || !proven ? "likely" : "certain";
    const evidence = probeEvidence(context, failure, text);
    if (found) evidence.splice(2, 0, found.evidence);
    const asked = reading?.requests.find((r) => r.path === path && String(r.status) === status);
    if (asked) evidence.push(logEvidence(context, asked.line));
    return [finding(context, failure, kind, path ?? "a path", status, found?.path ?? null, confidence, evidence)];
  },
};

function finding(
  context: CauseContext,
  failure: ProbeFailure,
  message: string,
  path: string,
  status: string,
  similar: string | null,
  confidence: Finding["confidence"],
  evidence: Evidence[],
): Finding {
  const title = similar ? `Let the probe ask ${similar}` : `Let the ${failure.probe} probe ask a path that the application serves`;
  return {
    message,
    args: { probe: failure.probe, path: path || "(none)", similar: similar ?? "", status, effect: effectOf(context, failure) },
    confidence,
    subject: { probe: failure.probe, path, port: failure.asks.port, similar },
    details: { status: /^\d+$/.test(status) ? Number(status) : status, kills: failure.kills },
    evidence,
    edits: [
      editProbes(context.case, title, (probe) =>
        similar && probe.httpGet?.path === path
          ? [
              { op: "test", path: "/httpGet/path", value: path },
              { op: "replace", path: "/httpGet/path", value: similar },
            ]
          : [],
      ),
    ],
  };
}

/** The failing address is another than the one asked: the application redirected. */
function leadsAway(failure: ProbeFailure, text: string): boolean {
  const to = /Get "(https?):\/\/[^\s/"]{1,260}?(?::(\d{1,5}))?\/?[^"]{0,400}": dial tcp/.exec(text);
  if (!to || failure.spec?.kind !== "http" || failure.asks.https) return false;
  return to[1] === "https" && failure.asks.port !== 443;
}

/** Another probe asks the same path on another port and is well: then the port is wrong, not the path. */
function samePathElsewhere(context: CauseContext, failure: ProbeFailure): boolean {
  return healthyProbes(context, failure).some((p) => p.path === failure.asks.path && p.port !== null && p.port !== failure.asks.port);
}

/** A path that the application is known to serve: of another probe, of requests that it answered, or of its own list. */
function servedPath(context: CauseContext, failure: ProbeFailure, wrong: string | null): { path: string; evidence: Evidence } | null {
  const other = healthyProbes(context, failure).find((p) => p.path !== null && p.path !== wrong && p.port === failure.asks.port);
  if (other) return { path: other.path!, evidence: specEvidence(context, describeProbe(other), other.fieldPath) };
  const reading = context.seen.logs.reading;
  if (!reading) return null;
  const answered = reading.requests.filter((r) => r.status >= 200 && r.status < 300 && r.path !== wrong);
  const served = [...answered.filter((r) => r.userAgent?.includes("kube-probe")), ...reading.serves.filter((s) => s.path !== wrong), ...answered];
  const close = nearest(
    wrong ?? "",
    served.map((s) => s.path),
  )[0];
  const best = served.find((s) => s.path === close) ?? served.find((s) => looksLikeHealth.test(s.path));
  return best ? { path: best.path.split("?")[0]!, evidence: logEvidence(context, best.line) } : null;
}
