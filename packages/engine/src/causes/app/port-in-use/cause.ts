/** app/port-in-use: address already in use. */
import type { Cause, CauseContext } from "../../../model/cause";
import type { LogSignal } from "../../../model/observation";
import { specEvidence } from "../../evidence";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

/** The other container of the pod that declares the port: they share one network namespace. */
function otherHolder(context: CauseContext, port: number | null | undefined): { name: string; path: string } | null {
  const spec = context.case.pods[0]?.pod.spec;
  if (!port || !spec) return null;
  for (const list of ["containers", "initContainers"] as const)
    for (const container of spec[list] ?? [])
      if (container.name !== context.case.container?.name && container.ports?.some((p) => p.containerPort === port))
        return { name: container.name, path: `spec.${list}[${container.name}].ports` };
  return null;
}

/** `Port 5000 is in use by another program`, in a line beside the bare error of the system. */
function portBeside(signal: LogSignal): number | null {
  const ports = signal.lines.flatMap(({ text }) => /\bport[ :=]{1,3}(\d{2,5})\b/i.exec(text.slice(0, 1000))?.[1] ?? []);
  return new Set(ports).size === 1 ? Number(ports[0]) : null;
}

const id = "app/port-in-use";

export const cause: Cause = {
  id,
  title: "The port is already taken",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    port: { title: "Port {port} is already in use", explanation: "The program can not listen on port {port}: {holder}." },
    told: { title: "The port it wants is already in use", explanation: "The program can not listen: {holder}." },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const port = signal.subject.port ?? portBeside(signal);
        const other = otherHolder(context, port);
        const onHost = context.case.pods[0]?.pod.spec?.hostNetwork === true;
        const holder = other
          ? `container ${other.name} of the same pod declares it, and the containers of a pod share one address`
          : onHost
            ? "the pod uses the node's network, so a process of the node or another such pod has it"
            : "another process of this pod has it, often the same program started twice";
        return tell(context, signal, {
          message: port ? "port" : "told",
          args: { holder },
          subject: { port, ...(other ? { name: other.name } : {}) },
          details: { hostNetwork: onHost, otherContainer: other?.name ?? null },
          evidence: other ? [specEvidence(context, `container ${other.name} declares port ${port}`, other.path)] : [],
        });
      });
  },
};
