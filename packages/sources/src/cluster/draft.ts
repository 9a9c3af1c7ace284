/** A Snapshot in the making. Everything that enters passes the door here. */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import {
  type Answer,
  type AnswerState,
  type ContainerLog,
  type Fidelity,
  type Focus,
  type Inventory,
  type SeenObject,
  type Snapshot,
  type WantTarget,
  objectKey,
  wantKey,
} from "@unloop/engine/model/snapshot";
import { compareCodePoints } from "@unloop/engine/model/view";
import { admit, admitObject } from "@unloop/engine/scrub/index";

export interface Draft {
  snapshot: Snapshot;
  /** The Snapshot with its lists in an order that does not depend on which answer came first. */
  finish(takenAt: string | null): Snapshot;
  /** Admits an object; one that is already there is replaced by what says more of it, and keeps its row. */
  put(object: KubernetesObject, fidelity: Fidelity, row?: Record<string, string>): void;
  setExtent(kind: string, namespace: string | null, extent: Inventory["extent"]): void;
  extentOf(kind: string, namespace: string | null): Inventory["extent"];
  /** Records what became of a want; of two answers to one want the later counts. */
  answer(want: WantTarget, consequence: string, state: AnswerState, message?: string): void;
  isAnswered(want: WantTarget): boolean;
  /** The object, where what is there says at least as much as `fidelity`. */
  seen(kind: string, namespace: string | null, name: string, fidelity: Fidelity): SeenObject | null;
}
const rank: Record<Fidelity, number> = { full: 3, described: 2, metadata: 1, row: 0 };
/** What the server's own table printers write; anything else in a cell may be text of an application. */
const plainCell = /^[\w.:/<>()%+ ,-]{0,120}$/;

export function createDraft(name: string, focus: Focus): Draft {
  const snapshot: Snapshot = {
    takenAt: null,
    source: { kind: "cluster", name, serverVersion: null },
    objects: new Map(),
    inventory: [],
    logs: [],
    answers: [],
    unread: [],
    focus,
  };
  const answers = new Map<string, Answer>();
  const extents = new Map<string, Inventory>();
  const admitRowObject = createRowDoor();

  return {
    snapshot,
    finish(takenAt) {
      snapshot.takenAt = takenAt;
      snapshot.answers.sort((a, b) => compareCodePoints(wantKey(a.want), wantKey(b.want)));
      snapshot.inventory.sort((a, b) => compareCodePoints(a.kind, b.kind) || compareCodePoints(a.namespace, b.namespace));
      snapshot.logs.sort((a, b) => compareCodePoints(logKey(a), logKey(b)));
      return snapshot;
    },
    put(raw, fidelity, rawRow) {
      const key = objectKey(raw.kind, raw.metadata.namespace, raw.metadata.name ?? "");
      const before = snapshot.objects.get(key);
      const row = rawRow ? admitRow(rawRow) : before?.row;
      if (before && rank[before.fidelity] > rank[fidelity]) {
        if (row) before.row = row;
        return;
      }
      const { object, keys } = fidelity === "row" ? { object: admitRowObject(raw), keys: undefined } : admitObject(raw);
      snapshot.objects.set(key, { object, fidelity, ...(row ? { row } : {}), ...(keys ? { keys } : {}) });
    },
    setExtent(kind, namespace, extent) {
      const at = `${kind} ${namespace ?? "*"}`;
      const known = extents.get(at);
      if (known) {
        if (known.extent !== "complete") known.extent = extent;
        return;
      }
      const entry: Inventory = { kind, namespace: namespace ?? "*", extent };
      extents.set(at, entry);
      snapshot.inventory.push(entry);
    },
    extentOf(kind, namespace) {
      const everywhere = extents.get(`${kind} *`)?.extent;
      return everywhere === "complete" ? everywhere : (extents.get(`${kind} ${namespace ?? "*"}`)?.extent ?? "not-asked");
    },
    answer(want, consequence, state, message) {
      const key = wantKey(want);
      const entry: Answer = { want, state, consequence, ...(message ? { message: admit(message, { bytes: 1000 }).text } : {}) };
      const known = answers.get(key);
      if (known) Object.assign(known, entry);
      else {
        answers.set(key, entry);
        snapshot.answers.push(entry);
      }
    },
    isAnswered: (want) => answers.has(wantKey(want)),
    seen(kind, namespace, name, fidelity) {
      const found = snapshot.objects.get(objectKey(kind, namespace, name));
      return found && rank[found.fidelity] >= rank[fidelity] ? found : null;
    },
  };
}

/** Names, uids and times as the API server lets them be: nothing for the door to do. */
const plainName = /^[a-z0-9][a-z0-9.:-]{0,252}$/;
const plainTime = /^[\d:TZ.-]{1,40}$/;

/** Ten thousand rows are a few hundred owners: what the pods of one owner share goes through the door once. */
function createRowDoor(): (raw: KubernetesObject) => KubernetesObject {
  const shared = new Map<string, KubernetesObject>();
  return (raw) => {
    const { name = "", namespace = "", uid = "", labels, ownerReferences, creationTimestamp = "", deletionTimestamp, generation } = raw.metadata;
    const isPlain =
      [name, namespace || "x", uid || "x"].every((text) => plainName.test(text)) &&
      [creationTimestamp, deletionTimestamp ?? ""].every((text) => !text || plainTime.test(text));
    if (!isPlain) return admitObject(raw).object;
    const key = JSON.stringify([raw.kind, labels, ownerReferences]);
    let common = shared.get(key);
    if (!common) {
      common = admitObject({ apiVersion: raw.apiVersion, kind: raw.kind, metadata: { labels, ownerReferences } }).object;
      shared.set(key, common);
    }
    const own = {
      name,
      ...(namespace ? { namespace } : {}),
      ...(uid ? { uid } : {}),
      ...(creationTimestamp ? { creationTimestamp } : {}),
      ...(deletionTimestamp ? { deletionTimestamp } : {}),
    };
    return { ...common, metadata: { ...common.metadata, ...own, ...(typeof generation === "number" ? { generation } : {}) } };
  };
}

function logKey({ namespace, pod, container, instance }: ContainerLog): string {
  return `${namespace}/${pod}/${container}/${instance}`;
}

function admitRow(row: Record<string, string>): Record<string, string> {
  for (const heading of Object.keys(row)) if (!plainCell.test(row[heading]!)) row[heading] = admit(row[heading]!, { bytes: 300 }).text;
  return row;
}
