/** From findings to one verdict: which cause is the deepest, and which others remain possible. */
import type { Cause, CauseContext, Edit, Finding, Need } from "../model/cause";
import type { Subject, Verdict } from "../model/report";
import { compareCodePoints, hasSpec } from "../model/view";
import { causes } from "../causes/registry";
import { templateOf } from "../detect/owners";

export interface Found {
  cause: Cause;
  finding: Finding;
}
export interface Judgement {
  verdict: Found | null;
  alternatives: Found[];
  /** Ids of causes that could not be asked, with the need they lack. */
  unknown: { id: string; lacks: Need }[];
}

const rank = { certain: 3, likely: 2, possible: 1 } as const;
const byId = new Map(causes.map((cause) => [cause.id, cause]));

/** All ids that a cause explains, directly or through others. */
function explainedBy(cause: Cause, path: Set<string> = new Set()): Set<string> {
  for (const entry of cause.explains) {
    const ids = entry.endsWith("/") ? causes.filter((c) => c.id.startsWith(entry)).map((c) => c.id) : [entry];
    for (const id of ids) {
      if (path.has(id) || id === cause.id) continue;
      path.add(id);
      const deeper = byId.get(id);
      if (deeper) explainedBy(deeper, path);
    }
  }
  return path;
}
const closure = new Map<string, Set<string>>();
export function explains(a: Cause, b: Cause): boolean {
  let set = closure.get(a.id);
  if (!set) closure.set(a.id, (set = explainedBy(a)));
  return set.has(b.id);
}

export function has(need: Need, { case: failing, seen, view }: CauseContext): boolean {
  const pod = failing.pods[0];
  if (need === "status")
    return (
      failing.scope === "workload" ||
      failing.scope === "node" ||
      (pod !== undefined && pod.seen.fidelity !== "metadata") ||
      (failing.scope === "log" && seen.status.last !== null)
    );
  if (need === "spec") return pod?.pod.spec !== undefined || templateOf(failing.owner) !== null;
  if (need === "log") return seen.logs.log !== null;
  if (need === "events") return seen.events.seen;
  if (need === "nodes") return view.list("Node").some(hasSpec);
  return failing.owner !== null;
}

function beats(a: Found, b: Found): boolean {
  return explains(a.cause, b.cause) && (rank[a.finding.confidence] >= rank.likely || rank[a.finding.confidence] >= rank[b.finding.confidence]);
}

export function judge(context: CauseContext): Judgement {
  const found: Found[] = [];
  const unknown: Judgement["unknown"] = [];
  for (const cause of causes) {
    const lacks = cause.needs.find((need) => !has(need, context));
    if (lacks) unknown.push({ id: cause.id, lacks });
    else for (const finding of cause.find(context)) found.push({ cause, finding });
  }
  const told = (context.seen.logs.reading?.signals ?? []).map((s) => s.cause);
  const place = (f: Found): number => (told.includes(f.cause.id) ? told.indexOf(f.cause.id) : told.length);
  const deepest = found.filter((f) => !found.some((g) => g !== f && beats(g, f)));
  deepest.sort((a, b) => rank[b.finding.confidence] - rank[a.finding.confidence] || place(a) - place(b) || compareCodePoints(a.cause.id, b.cause.id));
  const verdict = deepest[0] ?? null;
  const others = [...deepest.slice(1), ...found.filter((f) => !deepest.includes(f) && !(verdict && explains(verdict.cause, f.cause)))];
  return { verdict, alternatives: others.filter((f) => f.cause !== verdict?.cause).slice(0, 3), unknown };
}

const noSubject: Subject = {
  kind: null,
  namespace: null,
  name: null,
  key: null,
  env: null,
  host: null,
  port: null,
  path: null,
  image: null,
  node: null,
  probe: null,
  similar: null,
};

/** `{name}` in a message becomes the finding's argument; a name without argument stays out. */
export function fill(template: string, args: Record<string, string | number>): string {
  return template
    .replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? ""))
    .replace(/ {2,}/g, " ")
    .trim();
}

export function toVerdict({ cause, finding }: Found): Verdict {
  const message = cause.messages[finding.message];
  return {
    id: cause.id,
    confidence: finding.confidence,
    title: fill(message?.title ?? cause.title, finding.args),
    explanation: fill(message?.explanation ?? "", finding.args),
    subject: { ...noSubject, ...finding.subject },
    details: finding.details ?? {},
    evidence: finding.evidence.slice(0, 5),
  };
}

export function editsOf(found: Found | null): Edit[] {
  return found?.finding.edits ?? [];
}
