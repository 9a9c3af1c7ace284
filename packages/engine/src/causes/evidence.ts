/** Evidence: a piece of text that was seen, with the place where it stands. */
import type { CauseContext } from "../model/cause";
import type { KubernetesObject } from "../model/kubernetes";
import type { LogLine, SeenEvent } from "../model/observation";
import type { Evidence, EvidenceRef } from "../model/report";

/** The Report shows at most this many characters of one piece. */
const shownLength = 300;

/** Cuts at 300 characters: the beginning, and where `keep` is given, a window around it. */
export function shorten(text: string, keep?: string): string {
  const flat = text.trim();
  if (flat.length <= shownLength) return flat;
  const at = keep ? flat.indexOf(keep) : -1;
  if (at > shownLength - 40) return `…${flat.slice(Math.max(0, at - 60), at - 60 + shownLength - 2)}…`;
  return `${flat.slice(0, shownLength - 1)}…`;
}

function ref(part: Partial<EvidenceRef>): EvidenceRef {
  return { kind: null, namespace: null, name: null, container: null, line: null, path: null, ...part };
}

/** The pod that stands for the Case, or the workload where there is none. */
function caseRef({ case: failing }: CauseContext): Partial<EvidenceRef> {
  const pod = failing.pods[0]?.pod;
  return pod
    ? { kind: "Pod", namespace: pod.metadata.namespace ?? null, name: pod.metadata.name ?? null, container: failing.container?.name ?? null }
    : { kind: failing.workload.kind, namespace: failing.workload.namespace || null, name: failing.workload.name || null };
}

/** `path` is relative to the pod's status of the container, e.g. `lastState.terminated.message`. */
export function statusEvidence(context: CauseContext, text: string, path: string): Evidence {
  const name = context.case.container?.name;
  return {
    source: "status",
    text: shorten(text),
    ref: ref({ ...caseRef(context), path: name ? `status.containerStatuses[${name}].${path}` : `status.${path}` }),
  };
}

export function eventEvidence(context: CauseContext, event: SeenEvent): Evidence {
  const about = event.event.involvedObject;
  return {
    source: "event",
    text: shorten(event.message),
    ref: ref({
      kind: about?.kind ?? null,
      namespace: about?.namespace ?? event.event.metadata.namespace ?? null,
      name: about?.name ?? null,
      container: event.container,
      path: event.reason,
    }),
  };
}

export function logEvidence(context: CauseContext, line: LogLine): Evidence {
  return { source: "log", text: shorten(line.text), ref: ref({ ...caseRef(context), line: line.number }) };
}

/** `path` is a field path in the pod spec, e.g. `spec.containers[api].livenessProbe`. */
export function specEvidence(context: CauseContext, text: string, path: string): Evidence {
  const { workload } = context.case;
  return {
    source: "spec",
    text: shorten(text),
    ref: ref({
      kind: workload.kind,
      namespace: workload.namespace || null,
      name: workload.name || null,
      container: context.case.container?.name ?? null,
      path,
    }),
  };
}

export function objectEvidence(object: KubernetesObject, text: string, path: string | null = null): Evidence {
  const source = object.kind === "Node" ? "node" : "object";
  return {
    source,
    text: shorten(text),
    ref: ref({ kind: object.kind, namespace: object.metadata.namespace ?? null, name: object.metadata.name ?? null, path }),
  };
}
