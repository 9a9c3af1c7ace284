import type { Cause } from "../../../model/cause";
import { findInsufficient, messages } from "../resource";
import { schedulingWants } from "../wants";

export const cause: Cause = {
  id: "scheduling/insufficient-memory",
  title: "No node has the memory that the pod requests",
  needs: ["status"],
  explains: [],
  messages,
  wants: schedulingWants,
  find: (context) => findInsufficient(context, (resource) => resource === "memory"),
};
