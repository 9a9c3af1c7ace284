/** app/read-only-filesystem: writes where readOnlyRootFilesystem or a read-only mount forbids. */
import type { Cause } from "../../../model/cause";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { containerIn, templateOf } from "../../template";
import { signalsOf } from "../../told";

const id = "app/read-only-filesystem";

export const cause: Cause = {
  id,
  title: "It writes where the file system is read-only",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    path: { title: "{path} is on a read-only file system", explanation: "The program writes to {path}, and {why}." },
    told: { title: "It writes to a read-only file system", explanation: "The program writes to a place that is read-only: {why}." },
  },
  find(context) {
    const container = context.case.pods[0]?.spec;
    const rootIsReadOnly = container?.securityContext?.readOnlyRootFilesystem === true;
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const { path } = signal.subject;
        const mount = (container?.volumeMounts ?? []).find((m) => path && (path === m.mountPath || path.startsWith(`${m.mountPath}/`)));
        const why = mount
          ? `the volume at ${mount.mountPath} is mounted read-only`
          : rootIsReadOnly
            ? "readOnlyRootFilesystem is set and no volume is mounted there"
            : "it can not be written to";
        const template = templateOf(context.case);
        const place = template && containerIn(template, container?.name);
        const directory = path?.replace(/\/[^/]+\.[^/]+$/, "");
        return tell(context, signal, {
          message: path ? "path" : "told",
          args: { why },
          details: { readOnlyRootFilesystem: rootIsReadOnly, mount: mount?.mountPath ?? null },
          evidence:
            rootIsReadOnly && !mount
              ? [specEvidence(context, "readOnlyRootFilesystem: true", `spec.containers[${container.name}].securityContext.readOnlyRootFilesystem`)]
              : [],
          edits:
            !mount && rootIsReadOnly && template && place && directory
              ? [
                  {
                    kind: "patch",
                    title: `mount an emptyDir at ${directory}`,
                    target: template.target,
                    patch: [
                      {
                        op: "add",
                        path: `${template.pointer}/volumes${template.spec.volumes ? "/-" : ""}`,
                        value: template.spec.volumes ? { name: "scratch", emptyDir: {} } : [{ name: "scratch", emptyDir: {} }],
                      },
                      {
                        op: "add",
                        path: `${place.pointer}/volumeMounts${place.container.volumeMounts ? "/-" : ""}`,
                        value: place.container.volumeMounts ? { name: "scratch", mountPath: directory } : [{ name: "scratch", mountPath: directory }],
                      },
                    ],
                    risk: "restart",
                  },
                ]
              : [],
        });
      });
  },
};
