/** The README with its example printed anew: what `unloop demo NAME` says of a recording. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./causes.mjs";

const example = /(<!-- example: ([a-z0-9-]+) [^>]*-->\n)[\s\S]*?(<!-- \/example -->)/g;

export async function readme() {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const folder = mkdtempSync(join(tmpdir(), "unloop-readme-"));
  try {
    const outfile = join(folder, "explain.mjs");
    const contents = `
      import { diagnose } from "@unloop/engine/diagnose";
      import { plainText } from "@unloop/engine/render/spans";
      import { renderText } from "@unloop/engine/render/text";
      import { readCapture } from "@unloop/sources/bundle";
      export const explain = (capture, name) => plainText(renderText(diagnose(readCapture(capture, name)), { all: true }));`;
    await build({
      absWorkingDir: root,
      stdin: { contents, resolveDir: join(root, "packages/cli/src") },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
      logLevel: "error",
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    });
    const { explain } = await import(pathToFileURL(outfile).href);
    return text.replace(example, (_, before, name, after) => {
      const capture = readFileSync(join(root, "fixtures/incidents", name, "capture.json"), "utf8");
      return `${before}\n\`\`\`\n$ unloop demo ${name}\n\n${explain(capture, name)}\`\`\`\n\n${after}`;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
