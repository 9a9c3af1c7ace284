/** accelerator/gpu-missing: no device, no driver library, no GPU requested. */
import type { Cause } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "accelerator/gpu-missing";

export const cause: Cause = {
  id,
  title: "It finds no GPU",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    unrequested: {
      title: "It needs a GPU and asks for none",
      explanation: "The program finds no GPU: {line} The container asks for no GPU in its resources, so it gets none.",
    },
    told: { title: "It finds no usable GPU", explanation: "The program finds no GPU or no driver library: {line}" },
  },
  find(context) {
    const container = context.case.pods[0]?.spec;
    const limits = { ...container?.resources?.requests, ...container?.resources?.limits };
    const resource = Object.keys(limits).find((name) => /gpu|\/tpu|gaudi|neuron/i.test(name)) ?? null;
    const isUnrequested = container !== null && container !== undefined && resource === null;
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) =>
        tell(context, signal, {
          message: isUnrequested ? "unrequested" : "told",
          details: { resource },
          evidence: isUnrequested ? [specEvidence(context, "resources: no GPU requested", `spec.containers[${container.name}].resources`)] : [],
        }),
      );
  },
};
