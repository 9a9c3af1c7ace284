/** app/disk-full: no space left on device, quota of a volume. */
import type { Cause } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const id = "app/disk-full";

export const cause: Cause = {
  id,
  title: "No space is left where it writes",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: { title: "No space left for {path}", explanation: "The file system that holds {path} is full (or out of inodes, or its quota is reached). {where}" },
    told: {
      title: "No space left on the device",
      explanation: "A file system that the program writes to is full (or out of inodes, or its quota is reached). {where}",
    },
  },
  find(context) {
    const pod = context.case.pods[0];
    const limits = new Set(signalsOf(context, "app/os-limit").flatMap((signal) => signal.lines.map((line) => line.number)));
    return signalsOf(context, id)
      .filter((signal) => !signal.lines[0] || !limits.has(signal.lines[0].number))
      .slice(0, 1)
      .map((signal) => {
        const { path } = signal.subject;
        const mount = (pod?.spec?.volumeMounts ?? []).filter((m) => path?.startsWith(m.mountPath)).sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
        const volume = mount && pod?.pod.spec?.volumes?.find((v) => v.name === mount.name);
        const claim = volume?.persistentVolumeClaim?.claimName ?? null;
        const where = claim
          ? `It is the volume of claim ${claim}.`
          : volume?.emptyDir
            ? `It is the emptyDir ${volume.name}${volume.emptyDir.sizeLimit ? ` with a limit of ${volume.emptyDir.sizeLimit}` : ""}.`
            : "";
        return tell(context, signal, {
          message: path ? "path" : "told",
          args: { where },
          details: { claim, volume: volume?.name ?? null },
          subject: claim ? { kind: "PersistentVolumeClaim", name: claim } : {},
        });
      });
  },
};
