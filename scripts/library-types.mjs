/** Types of the library: the declarations of the workspaces side by side, their imports made relative so that any resolver finds them. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./causes.mjs";

const declarations = join(root, ".types");

/** Writes the declarations that `library.ts` reaches, from `library.d.ts` on. */
export function writeTypes(target) {
  execFileSync(join(root, "node_modules/.bin/tsc"), ["-b", "packages/cli"], { cwd: root, stdio: "inherit" });
  const waiting = [join(declarations, "cli/library.d.ts")];
  const done = new Set();
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    const text = readFileSync(file, "utf8").replace(/(from\s+|import\()"((?:\.{1,2}\/|@unloop\/)[^"]*)"/g, (_, before, specifier) => {
      const found = resolve(specifier, dirname(file));
      waiting.push(found);
      const path = relative(dirname(file), found).replace(/\.d\.ts$/, ".js");
      return `${before}"${path.startsWith(".") ? path : `./${path}`}"`;
    });
    const output = join(target, relative(declarations, file));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, text.replace(/\n?\/\/# sourceMappingURL=.*\n?/g, "\n"));
  }
}

function resolve(specifier, folder) {
  const base = specifier.startsWith("@unloop/") ? join(declarations, specifier.slice("@unloop/".length)) : join(folder, specifier);
  const found = [`${base}.d.ts`, join(base, "index.d.ts")].find((path) => existsSync(path));
  if (!found) throw new Error(`no declaration of ${specifier}, imported in ${folder}`);
  return found;
}
