/** accelerator/driver-mismatch: driver, CUDA or kernel image do not fit. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "accelerator/driver-mismatch";

export const cause: Cause = {
  id,
  title: "GPU driver and software do not fit",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: {
      title: "GPU driver and CUDA version do not fit",
      explanation: "The software in the image was built for another driver or GPU than the node has: {line}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
