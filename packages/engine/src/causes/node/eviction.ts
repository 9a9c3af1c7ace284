/** Pods that the kubelet threw out or did not take in because of pressure. Texts: kubernetes pkg/kubelet/eviction helpers.go. */
import type { CauseContext, Finding } from "../../model/cause";
import type { Evidence } from "../../model/report";
import { eventEvidence, objectEvidence, statusEvidence } from "../evidence";
import type { Illness } from "./health";
import { nodeOf } from "./node-of";
import { oncePerCase } from "../once";

export interface ThrownOut {
  text: string;
  evidence: Evidence[];
  /** It is said of another pod. */
  guessed?: boolean;
}
function readEvictionText(context: CauseContext): ThrownOut | null {
  const { status, events } = context.seen;
  const { case: failing } = context;
  if (failing.scope === "workload" || failing.scope === "node") return null;
  const evicted = status.podReason === "Evicted" || failing.symptom === "Evicted";
  if (evicted && status.podMessage) return { text: status.podMessage, evidence: [statusEvidence(context, status.podMessage, "message")] };
  const event = events.all.find((one) => one.reason === "Evicted");
  return event && (evicted || status.phase === "Failed") ? { text: event.message, evidence: [eventEvidence(context, event)] } : null;
}
/** The eviction's message, from the status, else from the event. */
export const evictionText = oncePerCase(readEvictionText);

/** A row of a table says only that a pod was evicted; why, another pod of the namespace may say that was thrown out too. */
function neighbour(context: CauseContext): ThrownOut | null {
  const { case: failing, view } = context;
  if (failing.symptom !== "Evicted") return null;
  for (const { object } of view.list("Pod", failing.workload.namespace))
    if (object.status?.reason === "Evicted" && object.status.message && /The node /.test(object.status.message))
      return {
        text: object.status.message,
        evidence: [objectEvidence({ ...object, kind: "Pod" }, `${object.metadata.name}: ${object.status.message}`, "status.message")],
        guessed: true,
      };
  return null;
}

const low = /The node was low on resource: ([\w\s.()-]{1,60}?)\. /;
const condition = /The node had condition: \[(\w+)/;
const consumer = /Container (\S+) was using (\S+), (?:which exceeds its request of (\S+)\.|request is (\S+), has larger consumption of (\S+)\.)/;

function illnessOf(resource: string): Illness {
  if (/^memory|Memory/.test(resource)) return "memory-pressure";
  return /^pids?|PID/.test(resource) ? "pid-pressure" : "disk-pressure";
}

function readEviction(context: CauseContext): { illness: Illness; finding: Finding } | null {
  const told = evictionText(context) ?? neighbour(context);
  if (!told) return null;
  const resource = low.exec(`${told.text} `)?.[1] ?? null;
  const had = condition.exec(told.text)?.[1] ?? null;
  if (!resource && !had) return null;
  const node = context.case.pods[0] ? nodeOf(context.case.pods[0]) : null;
  const used = told.guessed ? null : consumer.exec(told.text);
  const amounts = /Threshold quantity: (\S+), available: (\S+)\. /.exec(`${told.text} `);
  return {
    illness: illnessOf(resource ?? had!),
    finding: {
      message: resource ? "evicted" : "rejected",
      args: {
        node: node ?? "of the pod",
        resource: resource ?? had!,
        said: told.text,
        others: "",
        container: used?.[1] ?? "the pod",
        used: used?.[2] ?? "more than others",
        requested: used?.[3] ?? used?.[4] ?? "less",
      },
      confidence: told.guessed ? "possible" : "certain",
      subject: { kind: "Node", name: node, node },
      details: {
        node,
        resource: resource ?? had,
        container: used?.[1] ?? null,
        used: used?.[2] ?? null,
        requested: used?.[3] ?? used?.[4] ?? null,
        threshold: amounts?.[1] ?? null,
        available: amounts?.[2] ?? null,
      },
      evidence: told.evidence,
      edits: [
        { kind: "manual", title: `free ${resource ?? had} on ${node ?? "the node"}, and request what the pod really uses so that it is not the first to go` },
      ],
      next: [{ why: "the pressure on the node", command: `kubectl describe node ${node ?? ""}`.trim() }],
    },
  };
}
/** null where the pod was not thrown out, or for its own limit. */
export const eviction = oncePerCase(readEviction);
