/** dependency/api-server-unreachable: the Kubernetes API can not be reached from the pod. */
import type { Cause, CauseContext } from "../../../model/cause";
import type { LogSignal } from "../../../model/observation";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "dependency/api-server-unreachable";
/** A call of client-go to the API server: its paths behind an address of the cluster. */
const apiCall = /https:\/\/(?:kubernetes\.default[\w.]{0,30}|\[?[\d.:a-f]{3,45}\]?)(?::(?:443|6443))?\/(?:api|apis|version|healthz|readyz|openapi)\b/;
const failures = ["dependency/timeout", "dependency/refused", "dependency/name-not-resolved"];

function namesApi(signal: LogSignal): boolean {
  return signal.lines.some((line) => apiCall.test(line.text.slice(0, 2000)));
}

/** The failed call is one to the API server: by its path, its name, or the address of the Service `kubernetes`. */
function isApiCall(context: CauseContext, signal: LogSignal): boolean {
  const { host } = signal.subject;
  if (host && /^kubernetes(?:\.default|$)/.test(host)) return true;
  const own = context.view.get("Service", "default", "kubernetes")?.object.spec?.clusterIP;
  return (own !== undefined && own === host) || namesApi(signal);
}

export const cause: Cause = {
  id,
  title: "It can not reach the Kubernetes API",
  needs: ["log"],
  explains: [
    "app/exited-without-reason",
    "app/exited-cleanly",
    "killed/unattributed",
    "probe/application-unhealthy",
    "app/uncaught-exception",
    "app/leader-election-lost",
    "dependency/timeout",
    "dependency/refused",
    "dependency/name-not-resolved",
  ],
  messages: {
    host: {
      title: "The Kubernetes API at {host} can not be reached from the pod",
      explanation: "The program calls the Kubernetes API and gets no connection: {line}",
    },
    told: { title: "The Kubernetes API can not be reached from the pod", explanation: "The program calls the Kubernetes API and gets no connection: {line}" },
  },
  find(context) {
    const calls = failures.flatMap((cause) => signalsOf(context, cause)).filter((signal) => isApiCall(context, signal));
    return [...signalsOf(context, id), ...calls]
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.host ? "host" : "told", confidence: namesApi(signal) ? "certain" : signal.confidence }));
  },
};
