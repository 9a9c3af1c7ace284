/**
 * Our own capture: a Snapshot as JSON, one object or log a line, so that two of them can be compared line by line.
 * A file from elsewhere is as hostile as a cluster: its text goes through the door again.
 */
import type { KubernetesObject } from "@unloop/engine/model/kubernetes";
import { type Answer, type ContainerLog, type Focus, type SeenObject, type Snapshot, objectKey } from "@unloop/engine/model/snapshot";
import { admit, admitObject } from "@unloop/engine/scrub/index";
import * as z from "zod/mini";
import { SourceError } from "../error";

/** Raised where an older unloop could misread what a newer one writes. */
const captureVersion = 1;

/** A capture begins with this, so that it is known from its first bytes. */
const marker = '{"unloopCapture":';

/** The capture of a Snapshot; the same Snapshot gives the same bytes. */
export function encodeCapture(snapshot: Snapshot): string {
  const { objects, inventory, logs, answers, ...rest } = snapshot;
  const seen = [...objects.keys()].sort().map((key) => objects.get(key)!);
  const list = (name: string, items: unknown[]): string => `"${name}":[${items.map((item) => `\n${JSON.stringify(item)}`).join(",")}\n]`;
  const head = JSON.stringify({ unloopCapture: captureVersion, ...rest }).slice(0, -1);
  return `${head},\n${[list("inventory", inventory), list("objects", seen), list("logs", logs), list("answers", answers)].join(",\n")}}\n`;
}

/** Whether a file is a capture, by its first bytes (16 are enough). */
export function isCapture(head: string | Uint8Array): boolean {
  const text = typeof head === "string" ? head.slice(0, 64) : new TextDecoder().decode(head.subarray(0, 64));
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\s/g, "")
    .startsWith(marker);
}

const text = z.string();
const focus = z.nullable(z.object({ namespace: z.nullable(text), kind: z.nullable(text), name: z.nullable(text), selector: z.nullish(text) }));
const want = z.discriminatedUnion("type", [
  z.object({ type: z.literal("get"), kind: text, namespace: text, name: text }),
  z.object({ type: z.literal("list"), kind: text, namespace: text, fidelity: z.enum(["full", "metadata", "row"]), selector: z.optional(text) }),
  z.object({
    type: z.literal("log"),
    namespace: text,
    pod: text,
    container: text,
    instance: z.enum(["current", "previous"]),
    run: z.enum(["crashed", "current"]),
  }),
]);
const captured = z.object({
  takenAt: z.nullable(z.iso.datetime({ offset: true })),
  source: z.object({ kind: z.enum(["cluster", "bundle", "session", "manifests"]), name: text, serverVersion: z.nullable(text) }),
  objects: z.array(
    z.object({
      object: z.looseObject({ kind: text, metadata: z.looseObject({ name: z.optional(text), namespace: z.optional(text) }) }),
      fidelity: z.enum(["full", "described", "metadata", "row"]),
      row: z.optional(z.record(text, text)),
      keys: z.optional(z.array(text)),
    }),
  ),
  inventory: z.array(z.object({ kind: text, namespace: text, extent: z.enum(["complete", "partial", "forbidden", "not-asked"]) })),
  logs: z.array(
    z.object({
      namespace: text,
      pod: text,
      container: text,
      instance: z.enum(["current", "previous"]),
      run: z.enum(["crashed", "current"]),
      text,
      cut: z.enum(["none", "head", "tail", "bytes"]),
      leaked: z.array(z.object({ kind: text, line: z.number() })),
    }),
  ),
  answers: z.array(
    z.object({
      want,
      state: z.enum(["got", "absent", "forbidden", "timed-out", "gone", "over-budget", "cannot"]),
      message: z.optional(text),
      consequence: text,
    }),
  ),
  unread: z.array(text),
  focus,
  hints: z.optional(z.object({ exitCode: z.optional(z.number()), reason: z.optional(text) })),
});

/**
 * Reads a capture. `name` is what a person calls it: its path. A `focus` replaces the one that it was taken with.
 * @throws SourceError `capture-broken` where it is cut or no capture, `capture-newer` where a newer unloop wrote it.
 */
export function readCapture(file: string | Uint8Array, name: string, options: { focus?: Focus | null } = {}): Snapshot {
  const path = name;
  let raw: unknown;
  try {
    raw = JSON.parse((typeof file === "string" ? file : new TextDecoder().decode(file)).replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new SourceError("capture-broken", { path, reason: "it is no complete JSON" }, error);
  }
  const version = (raw as { unloopCapture?: unknown } | null)?.unloopCapture;
  if (typeof version === "number" && version > captureVersion) throw new SourceError("capture-newer", { path, version, known: captureVersion });
  const { success, data, error } = captured.safeParse(raw);
  if (version !== captureVersion || !success) {
    const place = error?.issues[0]?.path.join(".");
    throw new SourceError("capture-broken", { path, reason: place ? `${place} is not as expected` : "it is no capture" });
  }
  const { objects, logs, answers, ...rest } = data;
  return {
    ...rest,
    inventory: rest.inventory,
    source: { ...rest.source, name: admit(rest.source.name).text },
    focus: options.focus ?? rest.focus,
    objects: new Map(objects.map((seen) => admitSeen(seen as SeenObject)).map((seen) => [keyOf(seen.object), seen])),
    logs: logs.map(admitLog),
    answers: answers.map((answer): Answer => ({
      ...answer,
      message: answer.message === undefined ? undefined : admit(answer.message).text,
      consequence: admit(answer.consequence).text,
    })),
    unread: rest.unread.map((line) => admit(line).text),
  };
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return objectKey(kind, metadata.namespace, metadata.name ?? "");
}

function admitSeen({ object, fidelity, row, keys }: SeenObject): SeenObject {
  const admitted = admitObject(object);
  return {
    object: admitted.object,
    fidelity,
    ...(row && { row: Object.fromEntries(Object.entries(row).map(([heading, cell]) => [heading, admit(cell).text])) }),
    // Values are gone since the capture was taken, so that only the capture still knows the keys.
    ...((keys ?? admitted.keys) && { keys: keys ?? admitted.keys }),
  };
}

function admitLog(log: { [K in keyof ContainerLog]: K extends "text" ? string : ContainerLog[K] }): ContainerLog {
  const admitted = admit(log.text);
  return { ...log, text: admitted.text, leaked: [...log.leaked, ...admitted.leaked], cut: admitted.cut === "none" ? log.cut : admitted.cut };
}
