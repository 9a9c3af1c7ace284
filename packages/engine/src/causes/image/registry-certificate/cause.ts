/** image/registry-certificate: the node does not trust the registry's certificate, or one speaks HTTPS and the other HTTP. */
import type { Cause } from "../../../model/cause";
import { nodeOf, whoOf } from "../../told";
import { pullFailureOf } from "../pull-failure";

export const cause: Cause = {
  id: "image/registry-certificate",
  title: "The node does not trust the registry",
  needs: ["status"],
  explains: ["image/unauthorized", "image/registry-unreachable", "app/exited-without-reason"],
  messages: {
    untrusted: {
      title: "Node does not trust the certificate of {registry}",
      explanation:
        "{who} can not start: the certificate of {registry} is signed by an authority that node {node} does not know. The CA must be installed on every node (containerd: certs.d).",
    },
    expired: {
      title: "The certificate of {registry} is not valid now",
      explanation: "{who} can not start: the certificate of {registry} has expired or is not yet valid. If it is valid, the clock of node {node} is wrong.",
    },
    name: {
      title: "The certificate of {registry} is for another name",
      explanation:
        "{who} can not start: the certificate that answers for {registry} does not carry that name. A proxy stands between, or the image's name uses an alias.",
    },
    plain: {
      title: "{registry} speaks HTTP, not HTTPS",
      explanation:
        "{who} can not start: node {node} asks {registry} over HTTPS and it answers in plain HTTP. Give the registry a certificate, or tell the runtime of every node that it is plain.",
    },
    other: {
      title: "No TLS connection to {registry}",
      explanation: "{who} can not start: node {node} and {registry} do not agree on a TLS connection. The text below says why.",
    },
  },
  find(context) {
    const failure = pullFailureOf(context, "certificate", "http-registry");
    if (!failure) return [];
    const registry = failure.reference?.registry ?? "";
    const kind =
      failure.class.name === "http-registry"
        ? "plain"
        : /unknown authority|self[- ]signed|not trusted/i.test(failure.text)
          ? "untrusted"
          : /expired|not yet valid/i.test(failure.text)
            ? "expired"
            : /is valid for|doesn't contain any IP SANs|not valid for any names|legacy Common Name/i.test(failure.text)
              ? "name"
              : "other";
    return [
      {
        message: kind,
        args: { registry, who: whoOf(context), node: nodeOf(context) ?? "of the pod" },
        confidence: "certain",
        subject: { image: failure.image, host: registry || null },
        details: { registry, reason: kind },
        evidence: failure.told.map((t) => t.evidence),
        edits: [{ kind: "manual", title: kind === "untrusted" ? `Install the CA of ${registry} on every node` : `Correct the certificate of ${registry}` }],
      },
    ];
  },
};
