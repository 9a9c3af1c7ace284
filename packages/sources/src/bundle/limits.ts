/** What a bundle may hold at most. A dump of a thousand-node cluster stays well below; a bomb does not. */
import { SourceError } from "../error";

export interface Limits {
  /** Files and folders. */
  entries: number;
  /** Bytes of all files together, unpacked. */
  bytes: number;
  /** Bytes of one file that is read. */
  fileBytes: number;
  /** Bytes of a path. */
  nameBytes: number;
  depth: number;
  /** Unpacked bytes for each packed one, once `ratioFrom` bytes are unpacked. Text of a dump packs 1:5 to 1:40. */
  ratio: number;
  ratioFrom: number;
}
const mebi = 1024 * 1024;
export const defaultLimits: Limits = {
  entries: 100_000,
  bytes: 1024 * mebi,
  fileBytes: 256 * mebi,
  nameBytes: 1024,
  depth: 16,
  ratio: 300,
  ratioFrom: 32 * mebi,
};

/** Counts along, and refuses at the first excess. */
export interface Meter {
  entry(name: string): void;
  bytes(count: number): void;
}
export function newMeter(path: string, limits: Limits): Meter {
  let entries = 0;
  let bytes = 0;
  const refuse = (reason: string): never => {
    throw new SourceError("archive-refused", { path, reason });
  };
  return {
    entry(name) {
      entries++;
      if (entries > limits.entries) refuse(`it holds more than ${limits.entries} files`);
      if (Buffer.byteLength(name) > limits.nameBytes) refuse(`a file in it has a name of more than ${limits.nameBytes} bytes`);
      if (/[\0\\]/.test(name) || name.startsWith("/") || /^[A-Za-z]:/.test(name) || name.split("/").includes(".."))
        refuse("a file in it would be unpacked outside of its folder");
      if (name.split("/").length > limits.depth) refuse(`its folders are nested more than ${limits.depth} deep`);
    },
    bytes(count) {
      bytes += count;
      if (bytes > limits.bytes) refuse(`it unpacks to more than ${Math.round(limits.bytes / mebi)} MiB`);
    },
  };
}
