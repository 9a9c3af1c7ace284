/** memory/heap-exhausted: the runtime's own limit (JVM heap, V8 old space, GOMEMLIMIT, .NET GC heap limit). */
import type { Cause } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const flags = /-Xmx\d+[kmgKMG]?|-XX:MaxRAMPercentage=[\d.]+|--max[-_]old[-_]space[-_]size=\d+/;

const id = "memory/heap-exhausted";

export const cause: Cause = {
  id,
  title: "The runtime's own heap limit is reached",
  needs: ["log"],
  explains: [
    "app/exited-without-reason",
    "app/exited-cleanly",
    "killed/unattributed",
    "probe/application-unhealthy",
    "app/uncaught-exception",
    "app/assertion-failed",
  ],
  messages: {
    limit: {
      title: "The heap of the runtime is full (container limit {limit})",
      explanation: "The runtime stopped at its own heap limit, not the kernel: {line} The container may use {limit}; the heap is a part of that.",
    },
    told: { title: "The heap of the runtime is full", explanation: "The runtime stopped at its own heap limit, not the kernel: {line}" },
  },
  find(context) {
    const container = context.case.pods[0]?.spec;
    const limit = container?.resources?.limits?.memory;
    const texts = [...context.seen.config.settings.map((s) => s.value ?? ""), ...(container?.command ?? []), ...(container?.args ?? [])];
    const flag = texts.map((t) => flags.exec(t)?.[0]).find(Boolean) ?? null;
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) =>
        tell(context, signal, {
          message: limit ? "limit" : "told",
          args: { limit: limit === undefined ? null : String(limit) },
          details: { limit: limit === undefined ? null : String(limit), flag },
          evidence: flag ? [specEvidence(context, flag, `spec.containers[${container!.name}]`)] : [],
        }),
      );
  },
};
