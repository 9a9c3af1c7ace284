/** start/architecture-mismatch: the kernel does not know the format of the program: it was built for another processor. */
import type { Cause, CauseContext, Edit } from "../../../model/cause";
import type { Evidence } from "../../../model/report";
import { objectEvidence } from "../../evidence";
import { templateOf } from "../../template";
import { imageOf, lastRunEvidence, nodeOf, signalEvidence, signalsOf, whoOf } from "../../told";
import { startFailureOf } from "../start-failure";

const id = "start/architecture-mismatch";
/** The kernel says the same of a text file without `#!`. */
const scriptName = /\.(?:sh|bash|py|rb|pl|js|mjs|php)$|(?:^|\/)(?:docker-)?(?:entrypoint|start|run|init|launch|boot)$/;

export const cause: Cause = {
  id,
  title: "The image was built for another processor",
  needs: [],
  explains: ["app/exited-without-reason", "app/script-error", "killed/unattributed"],
  messages: {
    binary: {
      title: "Image {image} was built for another processor than {node} has",
      explanation:
        '{who} can not run: the kernel of {node}{architecture} refuses {path} with "exec format error". Build the image for that processor, or keep the pods on nodes that fit it.',
    },
    script: {
      title: "{path} can not be run on {node}: exec format error",
      explanation:
        "{who} can not run: the kernel of {node}{architecture} refuses {path}. Either the image was built for another processor (then its shell can not run), or {path} does not begin with a #! line.",
    },
  },
  wants(context) {
    const name = nodeOf(context);
    const told = startFailureOf(context, id) ?? signalsOf(context, id)[0];
    return name && told ? [{ target: { type: "get", kind: "Node", namespace: "", name }, consequence: `which processor node ${name} has is not known` }] : [];
  },
  find(context) {
    const failure = startFailureOf(context, id);
    const signal = signalsOf(context, id)[0];
    if (!failure && !signal) return [];
    const path = failure?.named ?? signal?.subject.path ?? null;
    const name = nodeOf(context);
    const node = name ? context.view.get("Node", null, name) : null;
    const architecture = node?.object.status?.nodeInfo?.architecture ?? node?.object.metadata.labels?.["kubernetes.io/arch"] ?? null;
    const elsewhere = runsOn(context, architecture);
    const script = path !== null && scriptName.test(path) && !elsewhere;
    const evidence: Evidence[] = failure ? [failure.evidence] : signalEvidence(context, signal!);
    const ended = lastRunEvidence(context);
    if (!failure && ended) evidence.push(ended);
    if (node && architecture) evidence.push(objectEvidence(node.object, `${name} has architecture ${architecture}`, "status.nodeInfo.architecture"));
    return [
      {
        message: script ? "script" : "binary",
        args: {
          image: imageOf(context) ?? "of the container",
          node: name ?? "the node",
          who: whoOf(context),
          path: path ?? "the program",
          architecture: architecture ? ` (${architecture})` : "",
        },
        confidence: script ? "likely" : failure ? "certain" : signal!.confidence,
        subject: { image: imageOf(context), node: name, path },
        details: { architecture, exitCode: context.seen.status.last?.exitCode ?? null },
        evidence,
        edits: edits(context, elsewhere, architecture),
      },
    ];
  },
};

/** Another architecture on which a replica of the same workload runs. */
function runsOn(context: CauseContext, architecture: string | null): string | null {
  for (const { object } of context.case.siblings) {
    if (!object.status?.conditions?.some((c) => c.type === "Ready" && c.status === "True")) continue;
    const node = object.spec?.nodeName ? context.view.get("Node", null, object.spec.nodeName) : null;
    const other = node?.object.status?.nodeInfo?.architecture ?? node?.object.metadata.labels?.["kubernetes.io/arch"];
    if (other && other !== architecture) return other;
  }
  return null;
}

function edits(context: CauseContext, elsewhere: string | null, architecture: string | null): Edit[] {
  const manual: Edit = {
    kind: "manual",
    title: `Build the image for ${architecture ?? "the node's architecture"} (docker buildx build --platform linux/${architecture ?? "ARCH"} …)`,
  };
  const template = templateOf(context.case);
  if (!elsewhere || !template) return [manual];
  const selector = template.spec.nodeSelector;
  return [
    {
      kind: "patch",
      title: `Keep the pods on ${elsewhere} nodes, where a replica runs`,
      target: template.target,
      patch: selector
        ? [
            { op: "test", path: `${template.pointer}/nodeSelector`, value: selector },
            { op: "add", path: `${template.pointer}/nodeSelector/kubernetes.io~1arch`, value: elsewhere },
          ]
        : [{ op: "add", path: `${template.pointer}/nodeSelector`, value: { "kubernetes.io/arch": elsewhere } }],
      risk: "restart",
    },
    manual,
  ];
}
