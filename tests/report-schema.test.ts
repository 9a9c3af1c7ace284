/** Every Report keeps the published schema: those of all recordings, and of what is pasted. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { diagnose } from "@unloop/engine/diagnose";
import { readCapture } from "@unloop/sources/bundle";
import { readSession } from "@unloop/sources/session";
import { causeFolders, snapshotOf } from "./case-files";

const root = fileURLToPath(new URL("..", import.meta.url));
const schema = JSON.parse(readFileSync(join(root, "packages/cli/schema/report.schema.json"), "utf8")) as object;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile(schema);

/** What is wrong with a Report; `of` says whose it is. */
function problems(report: unknown, of = ""): string[] {
  return validate(report) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${of}${instancePath} ${message}`);
}

const incidents = join(root, "fixtures/incidents");
const recorded = existsSync(incidents) ? readdirSync(incidents).sort() : [];

describe("the schema of the Report", () => {
  it("is kept by what every recording says", () => {
    const captures = recorded.filter((slug) => existsSync(join(incidents, slug, "capture.json")));
    expect(captures.length).toBeGreaterThan(0);
    expect(captures.flatMap((slug) => problems(diagnose(readCapture(readFileSync(join(incidents, slug, "capture.json")), slug)), slug))).toEqual([]);
  });

  it("is kept by what every case of every cause says", () => {
    const cases = causeFolders().flatMap((folder) => folder.cases);
    expect(cases.flatMap(({ given, path }) => problems(diagnose(snapshotOf(given)), path))).toEqual([]);
  });

  it("is kept where nothing fails, and where the input is a bare log", () => {
    expect(problems(diagnose(readSession("NAME READY STATUS RESTARTS AGE\nweb-1 1/1 Running 0 5d\n").snapshot))).toEqual([]);
    expect(problems(diagnose(readSession("panic: runtime error: index out of range [3] with length 3\n", { exitCode: 2 }).snapshot))).toEqual([]);
  });

  it("refuses what is no Report", () => {
    expect(problems({ schemaVersion: "1" }).length).toBeGreaterThan(0);
    expect(problems({ ...diagnose(readSession("x").snapshot), schemaVersion: "2" })).toEqual(["/schemaVersion must be equal to constant"]);
  });

  it("lets fields pass that a later version adds", () => {
    expect(problems({ ...diagnose(readSession("x").snapshot), added: true })).toEqual([]);
  });
});
