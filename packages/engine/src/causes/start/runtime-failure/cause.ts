/** start/runtime-failure: the container runtime or its shim itself failed; nothing in the pod is wrong. */
import type { Cause, Finding } from "../../../model/cause";
import { lastRunEvidence, nodeOf, whoOf } from "../../told";
import { emptyImages } from "../image-store";
import { startFailures } from "../start-failure";

const id = "start/runtime-failure";
const internalHooks = new Set(["PreStartHookError", "PreCreateHookError", "ImageInspectError"]);

export const cause: Cause = {
  id,
  title: "The container runtime failed",
  needs: ["status"],
  explains: ["app/exited-without-reason", "killed/unattributed", "start/command-not-found"],
  messages: {
    reserved: {
      title: "The runtime on {node} still holds an earlier attempt to create {container}",
      explanation:
        "The first attempt to create the container did not end in time and still owns the name. Nothing in the pod is wrong: {node} is slow (disk, memory) or its runtime hangs.",
    },
    timeout: {
      title: "The runtime on {node} does not answer in time",
      explanation:
        "{who} can not be started because the container runtime did not answer the kubelet in time. Nothing in the pod is wrong: look at the disk, the load and the runtime's log of {node}.",
    },
    failed: {
      title: "The runtime on {node} failed",
      explanation:
        "{who} could not be started, for a reason that lies in the container runtime or the node and not in the program. The runtime's own words are below.",
    },
    lost: {
      title: "The runtime on {node} lost {container}",
      explanation:
        "The runtime no longer knows how the container ended (reason Unknown, exit code 255): it was restarted or its shim died. The program itself may be well.",
    },
    store: {
      title: "The image store of {node} seems damaged",
      explanation:
        "{count} unrelated images on {node} all lack their own program at once ({workloads}). Not the images are wrong but what the node unpacked of them: remove them there and let them be pulled again.",
    },
    unknown: {
      title: "{who} could not be started",
      explanation: "The runtime refused to start the container, in words that are not known here. They are shown below as they are.",
    },
  },
  find(context) {
    const { waiting, last } = context.seen.status;
    const node = nodeOf(context);
    const args = { node: node ?? "the node", container: context.case.container?.name ?? "the container", who: whoOf(context) };
    const base: Omit<Finding, "message" | "evidence" | "confidence"> = {
      args,
      subject: { node },
      details: {},
      next: node
        ? [
            {
              why: "what the runtime says on the node",
              command: `kubectl debug node/${node} -it --image=busybox -- chroot /host journalctl -u containerd -u crio --since -30m`,
            },
          ]
        : [],
    };
    const failures = startFailures(context);
    const known = failures.find((failure) => failure.cause !== null);
    const empty = known?.cause === "start/command-not-found" ? emptyImages(context) : [];
    if (known && empty.length)
      return [
        {
          ...base,
          args: { ...args, count: empty.length, workloads: empty.slice(0, 4).join(", ") },
          message: "store",
          confidence: "likely",
          evidence: [known.evidence],
        },
      ];
    if (known?.cause === id) {
      const reserved = known.pattern === "container name still taken";
      const late = known.pattern === "runtime did not answer in time";
      return [
        {
          ...base,
          message: reserved ? "reserved" : late ? "timeout" : "failed",
          confidence: reserved ? "certain" : "likely",
          evidence: failures
            .filter((f) => f.cause === id)
            .slice(0, 3)
            .map((f) => f.evidence),
        },
      ];
    }
    if (known) return [];
    if (waiting && internalHooks.has(waiting.reason) && failures[0])
      return [{ ...base, message: "failed", confidence: "likely", evidence: [failures[0].evidence] }];
    if (last?.reason === "Unknown" && last.exitCode === 255) return [{ ...base, message: "lost", confidence: "likely", evidence: [lastRunEvidence(context)!] }];
    const told = failures.find((failure) => failure.text.length > 20);
    return told && (last?.reason === "StartError" || waiting?.reason === "CreateContainerError" || waiting?.reason === "RunContainerError")
      ? [{ ...base, message: "unknown", confidence: "possible", evidence: [told.evidence] }]
      : [];
  },
};
