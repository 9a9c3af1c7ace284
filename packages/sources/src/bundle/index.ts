/** A folder or archive from a cluster → Snapshot: `kubectl cluster-info dump`, or our own capture. */
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import type { Focus, Snapshot } from "@unloop/engine/model/snapshot";
import { SourceError } from "../error";
import { isCapture, readCapture } from "./capture";
import { isDumpFile, readDump } from "./dump";
import { type Files, headOf, readArchive, readFolder, reasonOf } from "./files";
import { defaultLimits, type Limits } from "./limits";

export { encodeCapture, isCapture, readCapture } from "./capture";

export interface BundleOptions {
  focus?: Focus | null;
  limits?: Partial<Limits>;
}

/** Bundles of other tools, by what only they hold. They are recognised, so that the error can say what they are. */
const others: [RegExp, string][] = [
  [/(?:^|\/)(?:cluster-resources\/|support-bundle)/, "a support bundle"],
  [/(?:^|\/)(?:must-gather|cluster-scoped-resources\/|inspect\.local)/, "a must-gather"],
];

/**
 * Reads a folder, a `.tar.gz` or `.tar` of `kubectl cluster-info dump --output-directory`, or a saved capture (also packed with gzip).
 * @throws SourceError where it is none of these, is cut, or is refused as hostile (links, names that lead outside, bombs).
 */
export async function readBundle(path: string, options: BundleOptions = {}): Promise<Snapshot> {
  const limits = { ...defaultLimits, ...options.limits };
  const focus = options.focus ?? null;
  const found = await stat(path).catch((error: unknown) => {
    if ((error as { code?: string }).code === "ENOENT") throw new SourceError("file-not-found", { path }, error);
    throw new SourceError("file-unreadable", { path, reason: reasonOf(error) }, error);
  });
  const seen: string[] = [];
  const wanted = (name: string): boolean => {
    if (seen.length < 2000) seen.push(name);
    return isDumpFile(name);
  };
  const files = found.isDirectory() ? await readFolder(path, wanted, limits) : await readPacked(path, wanted, limits, focus);
  if (!(files instanceof Map)) return files;
  const snapshot = readDump(files, basename(path), focus);
  if (snapshot) return snapshot;
  const other = others.find(([mark]) => seen.some((name) => mark.test(name)));
  if (other) throw new SourceError("bundle-unsupported", { path, what: other[1] });
  throw new SourceError("bundle-empty", { path });
}

async function readPacked(path: string, wanted: (name: string) => boolean, limits: Limits, focus: Focus | null): Promise<Files | Snapshot> {
  const head = await headOf(path, 512).catch((error: unknown) => {
    throw new SourceError("file-unreadable", { path, reason: reasonOf(error) }, error);
  });
  if (head.length === 0) throw new SourceError("archive-broken", { path, reason: "it is empty" });
  if (isCapture(head)) return readCapture(await readWhole(path, limits), path, { focus });
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  if (!isPacked) {
    const isTar = new TextDecoder().decode(head.subarray(257, 262)) === "ustar";
    if (isTar) return readArchive(path, false, wanted, limits);
    if (head[0] === 0x50 && head[1] === 0x4b) throw new SourceError("bundle-unsupported", { path, what: "a zip file" });
    throw new SourceError("bundle-empty", { path });
  }
  const capture = await unpackedCapture(path, limits);
  return capture ? readCapture(capture, path, { focus }) : readArchive(path, true, wanted, limits);
}

async function readWhole(path: string, limits: Limits): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > limits.fileBytes) throw new SourceError("file-too-large", { path, limit: `${limits.fileBytes} bytes` });
  return readFile(path);
}

/** A capture packed with gzip; null where the file holds something else. */
async function unpackedCapture(path: string, limits: Limits): Promise<Uint8Array | null> {
  const head = await headOf(path, 65_536);
  let start: Uint8Array;
  try {
    start = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 });
  } catch {
    return null;
  }
  if (!isCapture(start)) return null;
  try {
    return gunzipSync(await readWhole(path, limits), { maxOutputLength: limits.fileBytes });
  } catch (error) {
    throw new SourceError("capture-broken", { path, reason: reasonOf(error) }, error);
  }
}
