/** config/file-missing: a file or directory that the application opens is absent. */
import type { Cause } from "../../../model/cause";
import type { CauseContext } from "../../../model/cause";
import { nearest } from "../../../routine/config";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

interface Place {
  mount: string;
  volume: string;
  keys: string[] | null;
  subject: { kind: string; name: string } | null;
}
/** The mount that a path lies in, with the object behind it and the keys that become files. */
function placeOf(context: CauseContext, path: string): Place | null {
  const pod = context.case.pods[0];
  const mounts = (pod?.spec?.volumeMounts ?? []).filter((m) => path === m.mountPath || path.startsWith(`${m.mountPath.replace(/\/$/, "")}/`));
  const mount = mounts.sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
  const volume = mount && pod?.pod.spec?.volumes?.find((v) => v.name === mount.name);
  if (!mount || !volume) return null;
  const kind = volume.configMap ? "ConfigMap" : volume.secret ? "Secret" : volume.persistentVolumeClaim ? "PersistentVolumeClaim" : null;
  const name = volume.configMap?.name ?? volume.secret?.secretName ?? volume.persistentVolumeClaim?.claimName ?? null;
  const items = volume.configMap?.items ?? volume.secret?.items;
  const keys = items ? items.map((i) => i.path ?? i.key) : kind && name ? (context.view.get(kind, context.case.workload.namespace, name)?.keys ?? null) : null;
  return { mount: mount.mountPath, volume: kind && name ? `${kind} ${name}` : `volume ${volume.name}`, keys, subject: kind && name ? { kind, name } : null };
}

const id = "config/file-missing";

export const cause: Cause = {
  id,
  title: "A file that it opens is not there",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    mounted: {
      title: "{path} is not there, although {mount} is mounted",
      explanation: "The program opens {path}. {volume} is mounted at {mount} and does not hold it{have}.",
    },
    path: { title: "{path} is not there", explanation: "The program opens {path}, and it is neither in the image nor in a mounted volume." },
    told: { title: "A file that it needs is not there", explanation: "The program opens a file that does not exist: {line}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const path = signal.subject.path ?? null;
        const place = path ? placeOf(context, path) : null;
        const file = path?.split("/").pop() ?? "";
        const near = place?.keys && file ? (nearest(file, place.keys)[0] ?? null) : null;
        return tell(context, signal, {
          message: place ? "mounted" : path ? "path" : "told",
          args: { mount: place?.mount, volume: place?.volume, have: place?.keys?.length ? `; it has ${place.keys.slice(0, 5).join(", ")}` : "" },
          subject: { path, similar: near, ...place?.subject },
          details: { mount: place?.mount ?? null },
          evidence: place
            ? [specEvidence(context, `${place.volume} mounted at ${place.mount}`, `spec.containers[${context.case.container?.name}].volumeMounts`)]
            : [],
        });
      });
  },
};
