/** app/dns-loop: CoreDNS finds a forwarding loop. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/dns-loop";

export const cause: Cause = {
  id,
  title: "CoreDNS finds a forwarding loop",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: {
      title: "CoreDNS forwards to itself",
      explanation:
        "CoreDNS found that its own queries come back to it and ended on purpose. Its upstream (usually the node's /etc/resolv.conf) points at a resolver on the node that asks CoreDNS again.",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
