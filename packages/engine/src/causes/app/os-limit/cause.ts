/** app/os-limit: file handles, processes, vm.max_map_count, ulimits. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/os-limit";

export const cause: Cause = {
  id,
  title: "A limit of the operating system is reached",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: { title: "A limit of the operating system is too low", explanation: "The program ran into a limit of the kernel or of its user: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
