/** dependency/refused: the host is there and refuses, nothing deeper is known. */
import type { Cause } from "../../../model/cause";
import type { Workload } from "../../../model/kubernetes";
import { addressText, isAnswer, joinedCalls } from "../target";
import { atMost, describeSource, settingEvidence, settingWith, tell } from "../../from-log";

const id = "dependency/refused";

export const cause: Cause = {
  id,
  title: "The other side refuses the connection",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    local: {
      title: "It calls {address}, which is itself",
      explanation:
        "The program calls {address}{via}: inside a container that is the container itself, and nothing listens there. The address of the real server is missing.",
    },
    told: { title: "{address} refuses the connection", explanation: "The program calls {address}{via}, and nothing listens there (or it is not ready yet)." },
    there: {
      title: "{address} refuses the connection although its Service has ready endpoints",
      explanation:
        "The program calls {address}{via}. The Service and its endpoints are there: the call came before the server was ready, or the server listens on another port or on loopback only.",
    },
    answered: {
      title: "{address} answers with an error of its own",
      explanation: "The program calls {address}{via}, and the answer is an error of the server: it, or something that it calls, is not well. {line}",
    },
    unnamed: { title: "A connection is refused", explanation: "The program calls something that refuses the connection: {line}" },
  },
  wants(context) {
    // Whom the server that answered calls itself may stand in its configuration file alone.
    return joinedCalls(context)
      .filter(({ signal, target }) => target?.service && isAnswer(signal))
      .slice(0, 2)
      .flatMap(({ target }) => context.graph.behind(target!.namespace, target!.name))
      .slice(0, 2)
      .flatMap(({ kind, namespace, name }) => {
        const owner = context.view.get(kind, namespace, name)?.object as Workload | undefined;
        const names = (owner?.spec?.template?.spec?.volumes ?? []).flatMap((volume) => volume.configMap?.name ?? []);
        return names.slice(0, 3).map((map) => ({
          target: { type: "get", kind: "ConfigMap", namespace, name: map } as const,
          consequence: `whom ${name} calls is not known`,
        }));
      });
  },
  find(context) {
    return joinedCalls(context)
      .filter((joined) => joined.verdict === "refused")
      .slice(0, 2)
      .map((joined) => {
        const { host, port, signal, isLocal, target } = joined;
        const setting = settingWith(context, host) ?? (isLocal ? (settingWith(context, "localhost") ?? settingWith(context, "127.0.0.1")) : null);
        const answered = host !== null && isAnswer(signal);
        return tell(context, signal, {
          message: isLocal ? "local" : answered ? "answered" : target?.service && target.ready ? "there" : host || port ? "told" : "unnamed",
          // A Service that is there hides something deeper: where the pods listen, or that the server was not up yet.
          confidence: target?.service || (host !== null && /\.svc\b/.test(host)) ? atMost(signal.confidence, "likely") : signal.confidence,
          args: { address: addressText(joined), via: setting ? ` (${describeSource(setting)})` : "" },
          subject: { host, port, env: setting?.env ?? signal.subject.env ?? null },
          details: { localhost: isLocal },
          evidence: setting ? [settingEvidence(context, setting)] : [],
        });
      });
  },
};
