/** Collects a Snapshot of a live cluster: a first look, then rounds of asking the engine what it still wants. */
import type { Snapshot, Want } from "@unloop/engine/model/snapshot";
import { SourceError } from "../error";
import { type Api, openApi } from "./api";
import { answer } from "./answer";
import { coalesce } from "./coalesce";
import { type Draft, createDraft } from "./draft";
import { type FirstLook, type Scope, firstLook, readVersion } from "./first-look";
import { readKubeconfig } from "./kubeconfig";
import { notKubernetes } from "./list";
import { type Budgets, type CollectOptions, type Progress, defaultBudgets, defaultTimeouts } from "./options";

/**
 * Reads the cluster. Everything refused on the way is an Answer of the Snapshot.
 * @throws SourceError where nothing can be said: no kubeconfig, no connection, no login, no right to read pods, no such namespace or object.
 *   Where `signal` is aborted, its reason.
 */
export async function collect(options: CollectOptions): Promise<Snapshot> {
  const access = readKubeconfig(options);
  const budgets = { ...defaultBudgets, ...options.budgets };
  const namespace = options.namespace === undefined ? access.namespace : options.namespace;
  const scope: Scope = { namespace, kind: options.focus?.kind ?? null, name: options.focus?.name ?? null, selector: options.focus?.selector ?? null };
  options.onProgress?.({ step: "connecting", requests: 0, bytes: 0, pods: 0 });
  const api = await openApi(access, options, budgets.inFlight);
  try {
    const draft = createDraft(access.context, { ...scope });
    const report = (step: Progress["step"]): void =>
      options.onProgress?.({ step, requests: api.stats.requests, bytes: api.stats.bytes, pods: countPods(draft) });
    report("listing");
    const look = await firstLook(api, draft, scope, budgets);
    await refuseWhereNothingIsSeen(api, draft, scope, look, options);
    draft.snapshot.takenAt = api.stats.date;
    await Promise.all([readVersion(api, draft), answerWants(api, draft, options.wants, budgets, () => report("reading"))]);
    report("done");
    return draft.finish(api.stats.date);
  } finally {
    await api.close();
  }
}

async function answerWants(api: Api, draft: Draft, wants: (snapshot: Snapshot) => Want[], budgets: Budgets, onRound: () => void): Promise<void> {
  const before = { requests: api.stats.requests, bytes: api.stats.bytes };
  for (let round = 0; ; round++) {
    const open = wants(draft.snapshot)
      .filter((want) => !draft.isAnswered(want))
      .sort((a, b) => b.priority - a.priority);
    if (!open.length) return;
    onRound();
    const room = round < budgets.rounds ? Math.max(0, budgets.requests - (api.stats.requests - before.requests)) : 0;
    const { bundles, rest } = room ? coalesce(open, countKnown(draft)) : { bundles: [], rest: open };
    const answerOne = async (want: Want, isInBudget: boolean): Promise<void> => {
      const { state, message } =
        !isInBudget || api.stats.bytes - before.bytes > budgets.bytes
          ? { state: "over-budget" as const, message: undefined }
          : api.timeLeft() <= 0
            ? { state: "timed-out" as const, message: "no time was left" }
            : await answer(api, draft, want, budgets);
      draft.answer(targetOf(want), want.consequence, state, message);
    };
    // A bundle that is refused falls apart into its wants, so its room counts as theirs.
    await Promise.all([
      ...bundles.map(async ({ kind, fidelity, wants: parts }) => {
        const { state } = await answer(api, draft, { type: "list", kind, namespace: "*", fidelity }, budgets);
        await Promise.all(
          parts.map(async (want) => {
            if (state === "got" && want.type === "list") draft.answer(targetOf(want), want.consequence, "got");
            else await answerOne(want, true);
          }),
        );
      }),
      ...rest.sort((a, b) => b.priority - a.priority).map((want, place) => answerOne(want, place < room - bundles.length)),
    ]);
    draft.snapshot.takenAt = api.stats.date;
    if (round >= budgets.rounds) return;
  }
}
function countKnown(draft: Draft): { objects: (kind: string) => number; namespaces: number } {
  const kinds = new Map<string, number>();
  const namespaces = new Set<string>();
  for (const { object } of draft.snapshot.objects.values()) {
    kinds.set(object.kind, (kinds.get(object.kind) ?? 0) + 1);
    if (object.metadata.namespace) namespaces.add(object.metadata.namespace);
  }
  // Where only a part was listed nobody knows how much more a listing of everything would read.
  const isListed = (kind: string): boolean => draft.extentOf(kind, null) === "complete";
  return { objects: (kind) => (isListed(kind) ? (kinds.get(kind) ?? 0) : 0), namespaces: isListed("Pod") ? namespaces.size : 0 };
}
function targetOf({ priority: _priority, consequence: _consequence, rule: _rule, ...target }: Want): Want {
  return target as Want;
}

/** Without pods there is nothing to say, unless the one that was named could be read by itself. */
async function refuseWhereNothingIsSeen(api: Api, draft: Draft, scope: Scope, look: FirstLook, options: CollectOptions): Promise<void> {
  const { namespace, kind, name } = scope;
  const where = namespace === null ? "all namespaces" : `namespace ${namespace}`;
  const { server } = api;
  if (look.pods && look.target !== "got") {
    const { state, message, status } = look.pods;
    if (state === "forbidden") throw new SourceError("nothing-allowed", { where });
    if (state === "timed-out" && status === null)
      throw new SourceError("cluster-timeout", { server, seconds: (options.requestTimeoutMs ?? defaultTimeouts.requestTimeoutMs) / 1000 });
    const isRedirect = status !== null && status >= 300 && status < 400;
    if (message === notKubernetes || state === "absent" || isRedirect) throw new SourceError("not-kubernetes", { server, reason: message.slice(0, 120) });
    throw new SourceError("cluster-unreachable", { server, reason: message.slice(0, 200) });
  }
  if (namespace !== null && countPods(draft) === 0) {
    const reply = await api.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`);
    if (reply.state === "absent") throw new SourceError("namespace-not-found", { namespace });
  }
  // A pod that is gone leads to its workload, which the engine finds by its name.
  if (kind && kind !== "Pod" && name && look.target === "absent") throw new SourceError("target-not-found", { target: `${kind.toLowerCase()}/${name}`, where });
}
function countPods(draft: Draft): number {
  let pods = 0;
  for (const key of draft.snapshot.objects.keys()) if (key.startsWith("Pod/")) pods++;
  return pods;
}
