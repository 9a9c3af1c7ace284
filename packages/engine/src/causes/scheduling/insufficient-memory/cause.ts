import type { Cause } from "../../../model/cause";
import { findInsufficient, messages } from "../resource";

export const cause: Cause = {
  id: "scheduling/insufficient-memory",
  title: "No node has the memory that the pod requests",
  needs: ["status"],
  explains: [],
  messages,
  find: (context) => findInsufficient(context, (resource) => resource === "memory"),
};
