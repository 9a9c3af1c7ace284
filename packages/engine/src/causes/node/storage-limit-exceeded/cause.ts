import type { Cause } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { evictionText } from "../eviction";

const emptyDir = /Usage of EmptyDir volume "([^"]{1,253})" exceeds the limit "([^"]{1,40})"/;
const container = /Container (\S{1,253}) exceeded its local ephemeral storage limit "([^"]{1,40})"/;
const total = /Pod ephemeral local storage usage exceeds the total limit of containers (\S{1,40}?)\.? *$/;

export const cause: Cause = {
  id: "node/storage-limit-exceeded",
  title: "The pod wrote more than its own storage limit and was thrown out",
  needs: ["status"],
  explains: [],
  messages: {
    volume: {
      title: "The pod wrote more than {limit} into its emptyDir {name}",
      explanation:
        "The emptyDir {name} may hold {limit}, the pod wrote more, and the kubelet evicted it. The node is not short of disk: raise the sizeLimit, or make the pod write less or clean up.",
    },
    container: {
      title: "Container {name} wrote more than its ephemeral-storage limit of {limit}",
      explanation:
        "Container {name} may write {limit} to its own file system and logs, it wrote more, and the kubelet evicted the pod. Raise the limit, write to a volume, or write and log less.",
    },
    total: {
      title: "The pod wrote more than the ephemeral-storage limit of its containers, {limit}",
      explanation:
        "The containers may write {limit} together (file systems, logs, emptyDirs), they wrote more, and the kubelet evicted the pod. Raise the limits, write to a volume, or write and log less.",
    },
  },
  find(context) {
    const told = evictionText(context);
    if (!told) return [];
    const [ofVolume, ofContainer, ofAll] = [emptyDir.exec(told.text), container.exec(told.text), total.exec(told.text.trim())];
    const found = ofVolume ?? ofContainer;
    if (!found && !ofAll) return [];
    const limit = found?.[2] ?? ofAll![1]!;
    const { workload, pods } = context.case;
    const evidence = [...told.evidence];
    if (ofVolume) evidence.push(specEvidence(context, `emptyDir ${ofVolume[1]}: sizeLimit ${limit}`, `spec.volumes[${ofVolume[1]}].emptyDir.sizeLimit`));
    return [
      {
        message: ofVolume ? "volume" : ofContainer ? "container" : "total",
        args: { name: found?.[1] ?? workload.name, limit },
        confidence: "certain",
        subject: { kind: workload.kind, namespace: workload.namespace, name: found?.[1] ?? workload.name, node: pods[0]?.pod.spec?.nodeName ?? null },
        details: { volume: ofVolume?.[1] ?? null, container: ofContainer?.[1] ?? null, limit, resource: "ephemeral-storage" },
        evidence,
        edits: [
          {
            kind: "manual",
            title: ofVolume ? `raise sizeLimit of emptyDir ${ofVolume[1]}, or write less into it` : "raise the ephemeral-storage limit, or write to a volume",
          },
        ],
      },
    ];
  },
};
