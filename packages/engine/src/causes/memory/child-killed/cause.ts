/** memory/child-killed: a worker process inside was killed for memory while the container lived. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "memory/child-killed";

export const cause: Cause = {
  id,
  title: "A process inside was killed for memory",
  needs: ["log"],
  explains: [
    "app/exited-without-reason",
    "app/exited-cleanly",
    "killed/unattributed",
    "probe/application-unhealthy",
    "app/uncaught-exception",
    "app/segmentation-fault",
  ],
  messages: {
    told: {
      title: "A worker inside the container was killed, probably for memory",
      explanation:
        "A child process got SIGKILL while its parent lived on: {line} On cgroup v1, or with singleProcessOOMKill, the kernel takes one process and not the container, so no OOMKilled shows.",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
