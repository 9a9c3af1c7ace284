import type { Cause } from "../../../model/cause";
import { findFault } from "../claim-cause";
import { storageWants } from "../wants";

const wait = "The pod of {workload} waits until its claim {claim} has a volume.";

export const cause: Cause = {
  id: "storage/claim-unbound",
  title: "The pod's claim gets no volume",
  needs: ["status"],
  explains: ["scheduling/scheduler-not-running"],
  messages: {
    told: { title: "PersistentVolumeClaim {claim} has no volume yet", explanation: `${wait} The events of the claim tell why there is none.` },
    said: { title: "No volume for claim {claim}: {said}", explanation: `${wait} Its provisioner (class {class}) failed and says why: {said}` },
    provisioner: {
      title: "Nobody provisions a volume for claim {claim} (class {class})",
      explanation: `${wait} Its class {class} leaves that to a provisioner outside Kubernetes, which has not answered: it is not installed, not running, or has lost its permissions.`,
    },
    "no-provisioner": {
      title: "Class {class} makes no volumes, and none is free for claim {claim}",
      explanation: `${wait} Class {class} does not provision: somebody has to create a PersistentVolume of that class that fits.`,
    },
    "no-class": {
      title: "Claim {claim} names no class, and no volume is free",
      explanation: `${wait} It has no StorageClass, so nobody makes one, and no PersistentVolume without a class fits. Give the claim a class, or create the volume.`,
    },
    class: {
      title: "Claim {claim} asks for class {class}; volume {volume} that would fit has class {volumeClass}",
      explanation: `${wait} Volume {volume} is free and large enough, but a claim and its volume must agree in the class: {class} here, {volumeClass} there.`,
    },
    unfit: {
      title: "Volume {volume} of class {class} is free, and claim {claim} does not take it",
      explanation: `${wait} Size, access mode or selector of the claim do not fit volume {volume}; kubectl get pvc -o yaml shows what it asks for.`,
    },
    mode: {
      title: "Claim {claim} and volume {volume} differ in volumeMode",
      explanation: `${wait} One of them is a Block device and the other a Filesystem.`,
    },
    "volume-missing": {
      title: "Claim {claim} names the volume {volume}, which does not exist",
      explanation: `${wait} Its volumeName is {volume}, and the cluster has no such PersistentVolume. Create it, or make the claim anew without the name.`,
    },
    lost: {
      title: "Claim {claim} has lost its volume {volume}",
      explanation:
        "The PersistentVolume that claim {claim} was bound to is gone. Restore the volume from a backup under its name, or make the claim anew; the data are not in the cluster any more.",
    },
  },
  wants: storageWants,
  find: (context) =>
    findFault(context, "claim-unbound", ({ claim, variant, volume, className }) => ({
      similar: variant === "class" ? (volume?.name ?? null) : null,
      edits: [
        {
          kind: "manual",
          title: remedy(variant, claim?.name ?? "the claim", className),
          note: "a claim's class and size can not be changed after it was made",
        },
      ],
    })),
};

function remedy(variant: string, claim: string, className: string | null): string {
  if (variant === "provisioner" || variant === "said") return `repair the provisioner of class ${className ?? ""}`.trim();
  if (variant === "class") return `make ${claim} anew with the class of the volume`;
  if (variant === "lost") return `restore the volume of ${claim}, or make the claim anew`;
  return `create a PersistentVolume that fits ${claim}, or make the claim anew with a class that provisions`;
}
