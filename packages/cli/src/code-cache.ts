/**
 * Loads the command with the code that V8 compiled in an earlier run: half of a short run would else go into reading two megabytes of
 * JavaScript. Node 22.1 and later can do that themselves; for older ones it is done here. The files lie in the person's own cache folder,
 * never in a shared one: whoever can write there decides what runs.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as module from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

export interface Main {
  /** Runs the command and gives its exit code. */
  start(): Promise<number>;
  /** Whether a diagnosis ran: only then has most of the code been compiled. */
  hasDiagnosed(): boolean;
}

/** `load` is the plain way: `require` of the launcher. */
export function loadMain(path: string, load: (path: string) => unknown): { main: Main; keep: () => void } {
  const folder = cacheFolder();
  if (folder === null) return { main: load(path) as Main, keep() {} };
  if ("enableCompileCache" in module) {
    (module.enableCompileCache as (folder: string) => void)(folder);
    return { main: load(path) as Main, keep() {} };
  }
  return loadScript(path, folder, load);
}

function cacheFolder(): string | null {
  if (process.env["NODE_DISABLE_COMPILE_CACHE"]) return null;
  const base = process.env["XDG_CACHE_HOME"] || join(process.env["HOME"] || homedir(), ".cache");
  return base.startsWith("/") ? join(base, "unloop") : null;
}

function loadScript(path: string, folder: string, load: (path: string) => unknown): { main: Main; keep: () => void } {
  const { size, mtimeMs } = statSync(path);
  // V8 compares the length of the source, its own version and flags; which file it was is for us to say.
  const file = join(folder, `main-${process.version}-${process.arch}-${size}-${Math.round(mtimeMs)}`);
  const cached = readIfThere(file);
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${readFileSync(path, "utf8")}\n})`, {
    filename: path,
    cachedData: cached ?? undefined,
  });
  const loaded = { exports: {} };
  (script.runInThisContext() as (...args: unknown[]) => void)(loaded.exports, load, loaded, path, dirname(path));
  const main = loaded.exports as Main;
  const keep = (): void => {
    if ((cached && !script.cachedDataRejected) || !main.hasDiagnosed()) return;
    try {
      // Not recursive: a home that does not exist is not made.
      for (const place of [dirname(folder), folder]) if (!existsSync(place)) mkdirSync(place, { mode: 0o700 });
      for (const old of readdirSync(folder)) if (old.startsWith(`main-${process.version}-`)) rmSync(join(folder, old));
      const beside = `${file}.${process.pid}`;
      writeFileSync(beside, script.createCachedData(), { mode: 0o600 });
      // Renamed, so that nobody ever reads half of it.
      renameSync(beside, file);
    } catch {
      // A home that can't be written to costs some time at every start, and nothing else.
    }
  };
  return { main, keep };
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
