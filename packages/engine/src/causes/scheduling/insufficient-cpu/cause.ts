import type { Cause } from "../../../model/cause";
import { findInsufficient, messages } from "../resource";

export const cause: Cause = {
  id: "scheduling/insufficient-cpu",
  title: "No node has the CPU that the pod requests",
  needs: ["status"],
  explains: [],
  messages,
  find: (context) => findInsufficient(context, (resource) => resource === "cpu"),
};
