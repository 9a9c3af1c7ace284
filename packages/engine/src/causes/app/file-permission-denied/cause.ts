/** app/file-permission-denied: a path it may not read or write. */
import type { Cause } from "../../../model/cause";
import type { CauseContext } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

/** User, group and fsGroup that the pod asks for, and the mount that the path lies in. */
function identity(
  context: CauseContext,
  path: string | null | undefined,
): { user: number | null; group: number | null; fsGroup: number | null; mount: string | null } {
  const pod = context.case.pods[0];
  const own = pod?.spec?.securityContext;
  const shared = pod?.pod.spec?.securityContext;
  const mount = (pod?.spec?.volumeMounts ?? []).filter((m) => path?.startsWith(m.mountPath)).sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
  return {
    user: own?.runAsUser ?? shared?.runAsUser ?? null,
    group: own?.runAsGroup ?? shared?.runAsGroup ?? null,
    fsGroup: shared?.fsGroup ?? null,
    mount: mount?.mountPath ?? null,
  };
}

const id = "app/file-permission-denied";

export const cause: Cause = {
  id,
  title: "It may not read or write a file that it needs",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: { title: "No permission for {path}", explanation: "The program may not use {path}{as}. {hint}" },
    told: { title: "A file permission is missing", explanation: "The program may not use a file or directory that it needs{as}. {hint}" },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const who = identity(context, signal.subject.path);
        const hint = who.mount
          ? `It lies on the volume mounted at ${who.mount}; ${who.fsGroup === null ? "no fsGroup is set, so the volume keeps the owner it had" : `fsGroup is ${who.fsGroup}`}.`
          : "It lies in the image: the owner of the file and the user of the container do not fit.";
        return tell(context, signal, {
          message: signal.subject.path ? "path" : "told",
          args: {
            as: who.user === null ? "" : ` as user ${who.user}`,
            hint: context.case.scope === "log" ? "Compare the owner of the file with the user of the container." : hint,
          },
          details: { user: who.user, group: who.group, fsGroup: who.fsGroup, mount: who.mount },
          evidence:
            who.user === null
              ? []
              : [specEvidence(context, `runAsUser ${who.user}, runAsGroup ${who.group ?? "unset"}, fsGroup ${who.fsGroup ?? "unset"}`, "spec.securityContext")],
        });
      });
  },
};
