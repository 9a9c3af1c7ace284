/** memory/node-exhausted: the node ran out of memory, and the kernel or the kubelet chose this container. */
import type { Cause, Finding } from "../../../model/cause";
import { eventEvidence, objectEvidence, specEvidence } from "../../evidence";
import { lastRunEvidence, nodeOf, whoOf } from "../../told";
import { hasMemoryPressure, memoryLimit, nodeKills, specSeen } from "../out-of-memory";

export const cause: Cause = {
  id: "memory/node-exhausted",
  title: "The node ran out of memory",
  needs: ["status"],
  explains: ["killed/", "app/exited-without-reason", "app/exited-cleanly", "probe/application-unhealthy", "probe/too-aggressive"],
  messages: {
    "no-limit": {
      title: "Node {node} ran out of memory and the kernel killed {container}",
      explanation:
        "{container} was killed for memory (OOMKilled) and has no memory limit: the node as a whole had none left. Set requests and limits, find what eats the node, or give the node more.",
    },
    node: {
      title: "Node {node} ran out of memory and {container} was killed",
      explanation: "{container} was killed with SIGKILL while {node} was out of memory. What used it up may be another pod or a process of the node.",
    },
  },
  wants(context) {
    const name = nodeOf(context);
    const { last } = context.seen.status;
    const suspect = last && !last.synthetic && !context.seen.probes.killedBy && (last.reason === "OOMKilled" ? !memoryLimit(context) : last.exitCode === 137);
    if (!name || !suspect) return [];
    return [
      { target: { type: "get", kind: "Node", namespace: "", name }, consequence: `whether node ${name} ran out of memory is not known` },
      { target: { type: "list", kind: "Event", namespace: "default", fidelity: "full" }, consequence: `kills that node ${name} tells of are not seen` },
    ];
  },
  find(context) {
    const { last } = context.seen.status;
    if (!last?.processRan || last.synthetic || context.seen.probes.killedBy) return [];
    const oom = last.reason === "OOMKilled";
    if (!oom && last.exitCode !== 137) return [];
    const name = nodeOf(context);
    const kills = nodeKills(context).filter((e) => e.reason === "SystemOOM");
    const pressure = hasMemoryPressure(context);
    const unlimited = specSeen(context) && !memoryLimit(context);
    if (!(oom && unlimited) && !kills.length && !pressure) return [];
    const node = name ? context.view.get("Node", null, name)?.object : undefined;
    const condition = node?.status?.conditions?.find((c) => c.type === "MemoryPressure");
    const evidence: Finding["evidence"] = [...kills.slice(0, 2).map((e) => eventEvidence(context, e)), lastRunEvidence(context)!];
    if (unlimited) evidence.push(specEvidence(context, "no memory limit", `spec.containers[${context.case.container?.name}].resources`));
    if (pressure && node) evidence.push(objectEvidence(node, `MemoryPressure: ${condition?.message ?? "True"}`, "status.conditions[MemoryPressure]"));
    const proven = kills.length > 0 || pressure;
    return [
      {
        message: oom && unlimited ? "no-limit" : "node",
        args: { node: name ?? "of the pod", container: context.case.container?.name ?? whoOf(context) },
        confidence: oom && unlimited ? (proven ? "certain" : "likely") : proven && unlimited ? "likely" : "possible",
        subject: { node: name, kind: "Node", name },
        details: { exitCode: last.exitCode, limit: null, memoryPressure: pressure },
        evidence,
        edits: [{ kind: "manual", title: "Set memory requests and limits on what runs on the node" }],
        next: name ? [{ why: "who uses the node's memory", command: `kubectl top pod -A --sort-by=memory; kubectl describe node ${name}` }] : [],
      },
    ];
  },
};
