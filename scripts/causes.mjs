/** The folders of causes: `packages/engine/src/causes/<family>/<name>/cause.ts` with its page. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const causesFolder = join(root, "packages/engine/src/causes");

/** All causes in the order of their ids: `{ id, family, folder, page }`; `page` is null where cause.md is missing. */
export function listCauses() {
  const found = [];
  for (const family of folders(causesFolder))
    for (const name of folders(join(causesFolder, family))) {
      const folder = join(causesFolder, family, name);
      if (!existsSync(join(folder, "cause.ts"))) continue;
      const page = join(folder, "cause.md");
      found.push({ id: `${family}/${name}`, family, folder, page: existsSync(page) ? readFileSync(page, "utf8") : null });
    }
  return found;
}

function folders(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
