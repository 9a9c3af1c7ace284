/** accelerator/gpu-memory-exhausted: CUDA/ROCm out of memory. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "accelerator/gpu-memory-exhausted";

export const cause: Cause = {
  id,
  title: "The GPU has too little memory",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: { title: "The model does not fit in the GPU's memory", explanation: "The GPU ran out of memory: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => tell(context, signal));
  },
};
