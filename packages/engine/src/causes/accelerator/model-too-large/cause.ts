/** accelerator/model-too-large: the weights do not fit the memory limit. */
import type { Cause } from "../../../model/cause";
import { logEvidence, specEvidence, statusEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

/** Lines of loaders that say they are reading weights now. */
const loading = /load(?:ing)? (?:model|weights|checkpoint|safetensors|tensors)|Loading checkpoint shards|llama_model_load|load_tensors|gguf/i;

const id = "accelerator/model-too-large";

export const cause: Cause = {
  id,
  title: "The model does not fit the memory limit",
  needs: ["log", "status"],
  explains: ["memory/limit-exceeded", "app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy"],
  messages: {
    told: {
      title: "The model needs {needed}, the limit is {limit}",
      explanation: "The weights need more memory than the container may use. The kernel or the loader stops it while they are loaded.",
    },
    oom: {
      title: "The model does not fit the memory limit of {limit}",
      explanation: "The container was killed for its memory limit while it loaded a model. The weights and what is needed beside them do not fit.",
    },
  },
  find(context) {
    const limit = String(context.case.pods[0]?.spec?.resources?.limits?.memory ?? "");
    const { last } = context.seen.status;
    const told = signalsOf(context, id)[0];
    if (told)
      return [
        tell(context, told, {
          args: { needed: String(told.details.needed ?? "more"), limit: limit || String(told.details.limit ?? "lower") },
          details: { limit: limit || null },
        }),
      ];
    if (last?.reason !== "OOMKilled") return [];
    const line = context.seen.logs.reading?.tail.slice(-3).find((l) => loading.test(l.text));
    if (!line || !limit) return [];
    return [
      {
        message: "oom",
        args: { limit },
        confidence: "likely",
        subject: {},
        details: { limit },
        evidence: [
          statusEvidence(context, `OOMKilled, exit code ${last.exitCode}`, "lastState.terminated.reason"),
          logEvidence(context, line),
          specEvidence(context, `limits.memory: ${limit}`, `spec.containers[${context.case.container?.name}].resources.limits.memory`),
        ],
      },
    ];
  },
};
