/** A Case with its observations and verdict, and which Cases are one incident. */
import type { Case } from "../model/case";
import type { CauseContext } from "../model/cause";
import type { Observations } from "../model/observation";
import { type Judgement, judge } from "./verdict";

export interface Judged {
  case: Case;
  seen: Observations;
  context: CauseContext;
  judgement: Judgement;
}

export function judgeCase(context: CauseContext): Judged {
  return { case: context.case, seen: context.seen, context, judgement: judge(context) };
}

const subjectFields = ["kind", "name", "key", "env", "host", "port", "path", "image", "probe"] as const;

function identity({ case: failing, judgement }: Judged): string {
  const { kind, namespace, name, revision } = failing.workload;
  const found = judgement.verdict;
  const fault = found
    ? `${found.cause.id} ${found.cause.id.startsWith("node/") ? "" : subjectFields.map((f) => found.finding.subject[f] ?? "").join("|")}`
    : `? ${failing.signature}`;
  return [
    kind,
    namespace,
    name,
    kind === "Pod" ? failing.pods[0]?.pod.metadata.name : "",
    revision,
    found && /^(scheduling|storage|node|admission)\//.test(found.cause.id) ? "" : failing.container?.name,
    fault,
  ].join(" ");
}

const weight = { certain: 3, likely: 2, possible: 1 } as const;
function strength({ judgement }: Judged): number {
  return judgement.verdict ? weight[judgement.verdict.finding.confidence] : 0;
}

/** Adds the pods of one Case to another of the same workload, container and cause. */
function merge(into: Judged, other: Judged): Judged {
  const [first, second] = strength(other) > strength(into) ? [other, into] : [into, other];
  const pods = [...first.case.pods, ...second.case.pods.filter((p) => !first.case.pods.some((q) => q.seen === p.seen))];
  const names = new Set(pods.map((p) => p.seen));
  const merged: Case = {
    ...first.case,
    pods,
    siblings: first.case.siblings.filter((s) => !names.has(s)),
    tentative: first.case.tentative && second.case.tentative,
  };
  return { ...first, case: merged };
}

/**
 * One incident per workload, revision, container and cause. A Case without a verdict joins another of the same container and signature
 * (a replica whose log is gone has what its neighbour has), and pods of which only a table row is known join their workload.
 */
export function mergeCases(judged: Judged[]): Judged[] {
  const merged = new Map<string, Judged>();
  const loose: Judged[] = [];
  for (const one of judged) {
    const isRow = one.case.pods.length > 0 && one.case.pods[0]!.seen.fidelity === "row";
    if (!one.judgement.verdict || strength(one) === 1 || isRow) loose.push(one);
    else {
      const key = identity(one);
      const there = merged.get(key);
      merged.set(key, there ? merge(there, one) : one);
    }
  }
  for (const one of loose) {
    const { kind, namespace, name, revision } = one.case.workload;
    const isRow = one.case.pods[0]?.seen.fidelity === "row";
    const home = [...merged.entries()].find(
      ([, m]) =>
        m.case.workload.kind === kind &&
        m.case.workload.namespace === namespace &&
        m.case.workload.name === name &&
        kind !== "Pod" &&
        (isRow ||
          (m.case.workload.revision === revision &&
            m.case.container?.name === one.case.container?.name &&
            (m.case.signature === one.case.signature || !one.judgement.verdict))),
    );
    if (home) merged.set(home[0], merge(home[1], one));
    else {
      const key = identity(one);
      const there = merged.get(key);
      merged.set(key, there ? merge(there, one) : one);
    }
  }
  return [...merged.values()];
}
