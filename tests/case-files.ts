/** Case files of causes (`cases/*.yaml`): what is given becomes a Snapshot through the real door. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { admit, admitObject } from "@unloop/engine/scrub/index";
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import { type Answer, type ContainerLog, type Fidelity, type Focus, type Inventory, type Snapshot, objectKey } from "@unloop/engine/model/snapshot";
import { readSession } from "@unloop/sources/session";

export const causesFolder = fileURLToPath(new URL("../packages/engine/src/causes", import.meta.url));

export interface ExpectedFinding {
  confidence?: string;
  subject?: Record<string, unknown>;
  details?: Record<string, unknown>;
}
export interface CaseFile {
  /** Path below the folder of causes, for messages. */
  path: string;
  /** The cause that it belongs to. */
  id: string;
  name: string;
  given: Given;
  expect: ExpectedFinding[] | "unknown";
  /** undefined where the file says nothing about the whole engine. */
  verdict?: string | null;
}
interface GivenLog {
  namespace: string;
  pod: string;
  container: string;
  run?: ContainerLog["run"];
  instance?: ContainerLog["instance"];
  cut?: ContainerLog["cut"];
  text: string;
}
export interface Given {
  objects?: (KubernetesObject & { fidelity?: Fidelity })[];
  takenAt?: string | Date;
  inventory?: Inventory[];
  answers?: Answer[];
  logs?: GivenLog[];
  focus?: Focus;
  serverVersion?: string;
  session?: string;
  log?: string;
  exitCode?: number;
  reason?: string;
}

export interface CauseFolder {
  id: string;
  folder: string;
  cases: CaseFile[];
}

export function causeFolders(): CauseFolder[] {
  return folders(causesFolder).flatMap((family) =>
    folders(join(causesFolder, family)).map((name) => {
      const folder = join(causesFolder, family, name);
      const files = readdirSync(folder, { withFileTypes: true }).some((entry) => entry.name === "cases") ? readdirSync(join(folder, "cases")).sort() : [];
      return { id: `${family}/${name}`, folder, cases: files.filter((file) => file.endsWith(".yaml")).map((file) => readCase(`${family}/${name}`, file)) };
    }),
  );
}

function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readCase(id: string, file: string): CaseFile {
  const path = `${id}/cases/${file}`;
  const read = parse(readFileSync(join(causesFolder, path), "utf8")) as Omit<CaseFile, "path" | "id">;
  if (typeof read?.name !== "string" || !read.given || read.expect === undefined) throw new Error(`${path} needs name, given and expect`);
  return { ...read, path, id };
}

/** `shuffled`: objects and logs the other way round; the answer must not change. */
export function snapshotOf(given: Given, { shuffled = false } = {}): Snapshot {
  if (given.log !== undefined || given.session !== undefined)
    return readSession(given.log ?? given.session ?? "", { exitCode: given.exitCode, reason: given.reason, focus: given.focus ?? null }).snapshot;
  const inOrder = <T>(list: T[]): T[] => (shuffled ? [...list].reverse() : list);
  return {
    takenAt: given.takenAt instanceof Date ? given.takenAt.toISOString().replace(".000Z", "Z") : (given.takenAt ?? null),
    source: { kind: "cluster", name: "case", serverVersion: given.serverVersion ?? null },
    objects: new Map(
      inOrder(given.objects ?? []).map(({ fidelity = "full", ...raw }) => {
        const { object, keys } = admitObject(raw);
        return [objectKey(object.kind, object.metadata.namespace, object.metadata.name ?? ""), { object, fidelity, keys }];
      }),
    ),
    inventory: inOrder(given.inventory ?? []),
    logs: inOrder(given.logs ?? []).map(({ namespace, pod, container, run = "crashed", instance = "previous", cut = "none", text }) => {
      const admitted = admit(text);
      return { namespace, pod, container, run, instance, cut, text: admitted.text, leaked: admitted.leaked };
    }),
    answers: inOrder(given.answers ?? []),
    unread: [],
    focus: given.focus ?? null,
  };
}
