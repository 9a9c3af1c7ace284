/** The files of a folder or archive that a dump consists of, read within limits. Links are never followed. */
import { createReadStream } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type TransformCallback, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { SourceError } from "../error";
import { type Limits, type Meter, newMeter } from "./limits";

/** Text by path, `/` between folders, in the order of paths. */
export type Files = Map<string, Uint8Array>;

/** Whether a file of this name is read at all. */
export type Wanted = (name: string) => boolean;

async function walk(root: string, folder: string, wanted: Wanted, limits: Limits, meter: Meter, files: Files): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = folder ? `${folder}/${entry.name}` : entry.name;
    meter.entry(name);
    if (entry.isDirectory()) await walk(root, name, wanted, limits, meter, files);
    else if (entry.isFile() && wanted(name)) {
      const { size } = await stat(join(root, name));
      meter.bytes(size);
      if (size > limits.fileBytes) throw new SourceError("file-too-large", { path: name, limit: `${limits.fileBytes} bytes` });
      files.set(name, await readFile(join(root, name)));
    }
  }
}

export async function readFolder(path: string, wanted: Wanted, limits: Limits): Promise<Files> {
  const files: Files = new Map();
  try {
    await walk(path, "", wanted, limits, newMeter(path, limits), files);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError("file-unreadable", { path, reason: reasonOf(error) }, error);
  }
  return files;
}

export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "Z_BUF_ERROR") return "it ends too early";
  if (typeof code === "string" && code.startsWith("Z_")) return "it is no gzip file, or damaged";
  const message = error instanceof Error ? error.message : "unknown";
  if (/Invalid tar header/.test(message)) return "it is no tar archive, or damaged";
  if (/Unexpected end/.test(message)) return "it ends too early";
  return message.slice(0, 200);
}

/** Bytes that pass, compared with the packed ones: a bomb shows in the ratio long before it fills the memory. */
function ratioGuard(path: string, packed: () => number, limits: Limits): Transform {
  let unpacked = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding: BufferEncoding, done: TransformCallback): void {
      unpacked += chunk.length;
      const isBomb = unpacked > limits.bytes * 1.1 || (unpacked > limits.ratioFrom && unpacked > packed() * limits.ratio);
      if (isBomb) done(new SourceError("archive-refused", { path, reason: "it unpacks to far more than any dump would" }));
      else done(null, chunk);
    },
  });
}

/** tar-stream strips nothing: the name is as the archive has it. */
function checked(header: Header, path: string, meter: Meter): string {
  const name = header.name.replace(/^\.\//, "");
  meter.entry(name.replace(/\/$/, ""));
  if (header.type === "symlink" || header.type === "link") throw new SourceError("archive-refused", { path, reason: "it holds links" });
  if (header.type && !["file", "contiguous-file", "directory", "pax-header", "pax-global-header"].includes(header.type))
    throw new SourceError("archive-refused", { path, reason: `it holds a ${header.type}` });
  return name;
}

/** A `.tar`, or a `.tar.gz` where `isPacked`. */
export async function readArchive(path: string, isPacked: boolean, wanted: Wanted, limits: Limits): Promise<Files> {
  const files: Files = new Map();
  const meter = newMeter(path, limits);
  const tar = extract();
  const reading = (async (): Promise<void> => {
    for await (const entry of tar) {
      const name = checked(entry.header, path, meter);
      const size = entry.header.size ?? 0;
      const isRead = wanted(name);
      if (isRead && size > limits.fileBytes)
        throw new SourceError("archive-refused", { path, reason: `${name.slice(0, 100)} is larger than ${limits.fileBytes} bytes` });
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        meter.bytes(chunk.length);
        if (isRead) chunks.push(chunk);
      }
      if (isRead) files.set(name, Buffer.concat(chunks));
    }
  })();
  const source = createReadStream(path);
  const guard = ratioGuard(path, () => source.bytesRead, limits);
  const feeding = isPacked ? pipeline(source, createGunzip(), guard, tar as unknown as Writable) : pipeline(source, guard, tar as unknown as Writable);
  const results = await Promise.allSettled([
    reading.catch((error: unknown) => {
      tar.destroy(error as Error);
      source.destroy();
      throw error;
    }),
    feeding,
  ]);
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  const refused = failures.find((error) => error instanceof SourceError);
  if (refused) throw refused;
  if (failures.length)
    throw new SourceError(
      "archive-broken",
      { path, reason: reasonOf(failures.find((e) => (e as { code?: string }).code?.startsWith("Z_")) ?? failures[0]) },
      failures[0],
    );
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** First bytes of a file. */
export async function headOf(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
