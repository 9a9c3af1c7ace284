/**
 * Patterns that JavaScript's own engine runs over hostile text can't be exponential: one line of a log would hang the command.
 * recheck proves it for those where a repeated group repeats inside; the others have no way to be.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkSync } from "recheck";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../packages", import.meta.url));

interface Literal {
  file: string;
  source: string;
  flags: string;
}
function literals(): Literal[] {
  const found = new Map<string, Literal>();
  for (const name of readdirSync(packages, { recursive: true, encoding: "utf8" })) {
    if (!/^[a-z]+\/src\/.*\.ts$/.test(name) || /\.(test|d)\.ts$/.test(name)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf("/");
        found.set(node.text, { file: name, source: node.text.slice(1, end), flags: node.text.slice(end + 1).replace(/[gyd]/g, "") });
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, readFileSync(join(packages, name), "utf8"), ts.ScriptTarget.Latest));
  }
  return [...found.values()];
}

/** Whether a group that repeats, without bound or often, holds something that repeats without bound. */
function repeatsInside(source: string): boolean {
  const groups: boolean[] = [];
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at]!;
    if (character === "\\") at += 1;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") groups.push(false);
    else if (character === ")") {
      const inner = groups.pop() ?? false;
      const repeated = /^(?:[*+]|\{\d+,(?:\d{2,})?\})/.test(source.slice(at + 1));
      if (repeated && inner) return true;
      if (groups.length && (inner || repeated)) groups[groups.length - 1] = true;
    } else if (/^(?:[*+]|\{\d+,\})/.test(source.slice(at)) && groups.length) groups[groups.length - 1] = true;
  }
  return false;
}

const all = literals();
const risky = all.filter(({ source }) => repeatsInside(source));

describe("native patterns", () => {
  it("are found, and the exponential textbook example is told from a linear one", () => {
    expect(all.length).toBeGreaterThan(100);
    expect(repeatsInside("^(?:a+)+$")).toBe(true);
    expect(repeatsInside("^(?:a{1,9}b)+$")).toBe(false);
    expect(checkSync("^(?:a+)+$", "").status).toBe("vulnerable");
  });

  it.each(risky.map((literal) => [literal.source, literal] as const))("%s is not exponential", (_, { source, flags, file }) => {
    const found = checkSync(source, flags, { timeout: 1000 });
    expect(found.status === "vulnerable" && found.complexity.type === "exponential", file).toBe(false);
  });
});
