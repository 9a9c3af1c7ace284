/** probe/command-broken: the exec probe's own command can not run, whatever the application does. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { editProbes } from "../probe-edit";
import { type ProbeFailure, effectOf, healthyProbes, mainText, probeEvidence, probeFailure } from "../probe-failure";

export const cause: Cause = {
  id: "probe/command-broken",
  title: "The probe's command can not run",
  needs: ["status"],
  explains: ["killed/", "app/exited-cleanly", "app/exited-without-reason", "probe/application-unhealthy", "probe/too-aggressive", "start/command-not-found"],
  messages: {
    missing: {
      title: "The {probe} probe calls {command}, which is not found in the image",
      explanation:
        "The probe's command can not run (exit code 126 or 127, command not found), so it says nothing about the application: {effect}. Use httpGet or tcpSocket, or a command that the image has.",
    },
    usage: {
      title: "The {probe} probe's command is wrong",
      explanation: "The probe's command ends with a usage or syntax error, so it says nothing about the application: {effect}.",
    },
    unreachable: {
      title: "The {probe} probe's command asks a host that is not known",
      explanation: "The probe's command asks a host name that does not resolve: {effect}. Inside the container the application is at localhost.",
    },
  },
  find(context) {
    const failure = probeFailure(context);
    if (!failure) return [];
    const byCommand = failure.spec === null || failure.spec.kind === "exec";
    const text = byCommand ? mainText(failure, "command-missing", "command-usage", "no-host") : null;
    // An errored liveness probe is thrown away by the kubelet (prober/worker.go): it never kills.
    if (!text || (text.errored && failure.probe === "liveness")) return [];
    const words = failure.spec?.command ?? [];
    const command = text.named ?? words[0] ?? "";
    return [
      {
        message: text.class === "command-missing" ? "missing" : text.class === "no-host" ? "unreachable" : "usage",
        args: { probe: failure.probe, command, effect: effectOf(context, failure) },
        confidence: text.class === "command-missing" ? "certain" : "likely",
        subject: { probe: failure.probe, path: command || null, image: context.case.pods[0]?.spec?.image ?? null },
        details: { command: words.join(" ").slice(0, 200) || null, kills: failure.kills, errored: text.errored },
        evidence: [...probeEvidence(context, failure, text), ...port(context)],
        edits: [withoutCommand(context, failure)],
      },
    ];
  },
};

/** The port that a probe without a command could ask. */
function port(context: CauseContext): Finding["evidence"] {
  const spec = context.case.pods[0]?.spec;
  const first = spec?.ports?.[0];
  return first?.containerPort
    ? [
        specEvidence(
          context,
          `the container serves on port ${first.containerPort}${first.name ? ` (${first.name})` : ""}`,
          `spec.containers[${spec!.name}].ports`,
        ),
      ]
    : [];
}

/** Asks what another probe of the container asks, else whether its port takes connections: neither needs anything in the image. */
function withoutCommand(context: CauseContext, failure: ProbeFailure): Edit {
  const title = `Replace the command of the ${failure.probe} probe (httpGet or tcpSocket need nothing in the image)`;
  const http = healthyProbes(context, failure).find((p) => p.kind === "http")?.spec.httpGet;
  const port = context.case.pods[0]?.spec?.ports?.[0]?.containerPort;
  const handler = http ? { httpGet: http } : port ? { tcpSocket: { port } } : null;
  const what = http ? `ask ${http.path ?? "/"}` : `ask port ${port}`;
  return editProbes(context.case, handler ? `Let the ${failure.probe} probe ${what} instead of running a command` : title, (probe, kind) =>
    kind !== `${failure.probe}Probe` || !probe.exec || !handler
      ? []
      : [
          { op: "test", path: "/exec", value: probe.exec },
          { op: "remove", path: "/exec" },
          { op: "add", path: `/${Object.keys(handler)[0]}`, value: Object.values(handler)[0] },
        ],
  );
}
