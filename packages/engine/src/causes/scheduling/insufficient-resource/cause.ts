import type { Cause } from "../../../model/cause";
import { findInsufficient, messages } from "../resource";
import { schedulingWants } from "../wants";

/** GPUs and other devices, ephemeral storage, huge pages, and the number of pods that a node takes. */
export const cause: Cause = {
  id: "scheduling/insufficient-resource",
  title: "No node has the resource that the pod requests",
  needs: ["status"],
  explains: [],
  messages,
  wants: schedulingWants,
  find: (context) => findInsufficient(context, (resource) => resource !== "cpu" && resource !== "memory"),
};
