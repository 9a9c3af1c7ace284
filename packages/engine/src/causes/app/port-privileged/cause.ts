/** app/port-privileged: bind below 1024 without the capability. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/port-privileged";

export const cause: Cause = {
  id,
  title: "A port below 1024 needs a capability",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    port: {
      title: "Port {port} needs root or NET_BIND_SERVICE",
      explanation:
        "The program runs as an ordinary user and may not listen on port {port}. Ports below 1024 need the capability NET_BIND_SERVICE, or a node that allows them.",
    },
    told: { title: "It may not listen on a port below 1024", explanation: "The program runs as an ordinary user and may not listen on a port below 1024." },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal, { message: signal.subject.port ? "port" : "told" }));
  },
};
