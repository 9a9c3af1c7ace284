/** What the documentation promises is what the code does. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { causes } from "@unloop/engine/causes/registry";
import { diagnose } from "@unloop/engine/diagnose";
import { plainText } from "@unloop/engine/render/spans";
import { renderText } from "@unloop/engine/render/text";
import { readCapture } from "@unloop/sources/bundle";
import { commandErrors } from "../packages/cli/src/failure";
import { reasons } from "../packages/cli/src/explain/reasons";
import { sourceErrors } from "../packages/sources/src/error";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/causes/README.md"];
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

describe("the README", () => {
  it("shows what the code really prints of the recording that it names", () => {
    const examples = [...readme.matchAll(/<!-- example: ([a-z0-9-]+) .*-->\n\n```\n\$ unloop demo \S+\n\n([\s\S]*?)```/g)];
    expect(examples.length).toBeGreaterThan(0);
    for (const [, name, shown] of examples)
      expect(plainText(renderText(diagnose(readCapture(read(`fixtures/incidents/${name}/capture.json`), name!)), { all: true }))).toBe(shown);
  });

  it("names formats, flags and exit codes that the command has", async () => {
    const { makeProgram } = await import("../packages/cli/src/program");
    let help = "";
    const program = makeProgram("unloop", { exitCode: 0, hasDiagnosed: false }, new AbortController().signal).configureOutput({
      writeOut: (text) => (help += text),
    });
    program.outputHelp();
    const flags = [...readme.matchAll(/(?<= )--?[a-z][a-z-]*(?=[ `|])/g)].map(([flag]) => flag).filter((flag) => !["--previous", "--list"].includes(flag));
    expect(flags.length).toBeGreaterThan(5);
    for (const flag of flags) expect(help, flag).toContain(flag);
    expect(help).toContain("text|wide|json|yaml|markdown");
    expect(help).toContain("Exit codes: 0 nothing fails, 1 something fails, 2 usage, 3 could not see enough, 4 an error of unloop itself.");
  });

  it("has a library example that runs", async () => {
    const { readSession } = await import("../packages/cli/src/library");
    expect(readme).toContain('readSession("Error: connect ECONNREFUSED 10.0.0.7:5432", { exitCode: 1 })');
    const { snapshot } = readSession("Error: connect ECONNREFUSED 10.0.0.7:5432", { exitCode: 1 });
    expect(diagnose(snapshot).incidents[0]?.cause?.title).toBeTruthy();
  });
});

describe("the pages", () => {
  it("link only to what is there", () => {
    const links = pages.flatMap((page) => [...read(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => ({ page, target: target! })));
    const local = links.filter(({ target }) => !target.includes("://"));
    expect(local.length).toBeGreaterThan(0);
    expect(local.filter(({ page, target }) => !existsSync(resolve(root, dirname(page), target)))).toEqual([]);
  });

  it("name only npm scripts that exist", () => {
    for (const page of pages)
      for (const [, name] of read(page).matchAll(/npm run ([a-z-]+)/g)) expect(Object.keys(scripts), `${page}: npm run ${name}`).toContain(name);
  });

  it("name only folders that exist", () => {
    for (const [, folder] of read("ARCHITECTURE.md").matchAll(/^\| `([a-z/-]+)` \|/gm)) expect(existsSync(join(root, folder!)), folder).toBe(true);
    const engine = readdirSync(join(root, "packages/engine/src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of engine)
      expect(read("ARCHITECTURE.md"), `the folder table lacks packages/engine/src/${name}`).toContain(`packages/engine/src/${name}`);
  });

  it("name only commands of unloop that exist", () => {
    const commands = new Set(["diagnose", "explain", "capture", "demo"]);
    const texts = [...pages, ...causes.map(({ id }) => `packages/engine/src/causes/${id}/cause.md`)].map(read);
    const called = texts.flatMap((text) => [...text.matchAll(/`unloop ([a-z]+)(?=[ `])/g)].map(([, name]) => name!));
    const hinted = Object.values(sourceErrors).flatMap(({ hint }) => [...hint.matchAll(/^unloop ([a-z]+) /g)].map(([, name]) => name!));
    expect([...called, ...hinted].filter((name) => !commands.has(name))).toEqual([]);
  });

  it("list every cause, and no other", () => {
    const listed = [...read("docs/causes/README.md").matchAll(/^\| \[([a-z/-]+)\]/gm)].map(([, id]) => id);
    expect(listed).toEqual(causes.map(({ id }) => id));
  });
});

describe("every text for a person", () => {
  it("of an error is one sentence with something to do next", () => {
    for (const [code, { text, hint }] of Object.entries(commandErrors)) {
      expect(text, code).not.toMatch(/\n|\.$/);
      expect(hint.length, code).toBeGreaterThan(0);
    }
  });

  it("of a reason ends like a sentence", () => {
    for (const [reason, { meaning }] of Object.entries(reasons)) expect(meaning, reason).toMatch(/^\w[^\n]*\.$/);
  });
});
