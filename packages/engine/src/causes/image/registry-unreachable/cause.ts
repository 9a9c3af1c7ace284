/** image/registry-unreachable: the node does not get through to the registry. */
import type { Cause } from "../../../model/cause";
import { nodeOf, whoOf } from "../../told";
import { pullFailureOf } from "../pull-failure";

/** The host that failed: a registry's token server may be another than the registry. */
const asked = /lookup ([^\s:]{1,253})|https?:\/\/([^\s/:"]{1,253})(?::\d{1,5})?\/[^\n]{0,600}?(?:dial tcp|timeout|EOF|reset|canceled|exceeded|: 5\d\d)/;

export const cause: Cause = {
  id: "image/registry-unreachable",
  title: "The registry can not be reached",
  needs: ["status"],
  explains: ["app/exited-without-reason", "image/unauthorized", "image/not-found"],
  messages: {
    name: {
      title: "Registry {host} is not known to the node's DNS",
      explanation:
        "{who} can not start: node {node} can not resolve {host}, where image {image} lies. The name is misspelt, or the node's DNS does not know it. It is the node that asks, not the cluster's DNS.",
    },
    refused: {
      title: "Registry {host} refuses connections",
      explanation: "{who} can not start: at {host}, where image {image} lies, nothing listens. The registry is down, or the port in the image's name is wrong.",
    },
    timeout: {
      title: "Registry {host} does not answer",
      explanation:
        "{who} can not start: node {node} gets no answer from {host}, where image {image} lies. A firewall or proxy is between them, or the registry is down or overloaded.",
    },
    "server-error": {
      title: "Registry {host} answers with an error",
      explanation:
        "{who} can not start: {host} answers with a server error for image {image}. The fault is with the registry; the pull is tried again by itself.",
    },
    stalled: {
      title: "The pull of {image} stalls",
      explanation:
        "{who} can not start: the pull made no progress and was given up (or kubelet or containerd restarted meanwhile). A slow line, a proxy or a full disk are the usual reasons.",
    },
  },
  find(context) {
    const failure = pullFailureOf(context, "name", "network", "server-error", "stalled");
    if (!failure) return [];
    const found = asked.exec(failure.text);
    const host = found?.[1] ?? found?.[2] ?? failure.reference?.registry ?? "";
    const kind =
      failure.class.name === "network"
        ? /connection refused|RegistryUnavailable|registry is unavailable/i.test(failure.text)
          ? "refused"
          : "timeout"
        : failure.class.name;
    return [
      {
        message: kind,
        args: { host, image: failure.image, who: whoOf(context), node: nodeOf(context) ?? "of the pod" },
        confidence: kind === "stalled" ? "likely" : "certain",
        subject: { image: failure.image, host: host || null },
        details: { registry: failure.reference?.registry ?? null, reason: kind },
        evidence: failure.told.map((t) => t.evidence),
        edits: [
          {
            kind: "manual",
            title: kind === "name" ? `Correct the registry's name in the image, or the DNS of the nodes` : `Get ${host} to answer, or use a registry that does`,
          },
        ],
        next: [
          {
            why: "whether the node gets there",
            command: `kubectl debug node/${nodeOf(context) ?? "NODE"} -it --image=busybox -- wget -S -O- https://${host}/v2/`,
          },
        ],
      },
    ];
  },
};
