/**
 * Whole incidents, recorded on a real cluster: the capture, and what kubectl showed of the same, give the expected answer.
 * `expected.yaml` lists the incidents in any order; `session.yaml` beside it says what the pasted text alone tells, where that is less.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { diagnose } from "@unloop/engine/diagnose";
import type { Incident, Subject } from "@unloop/engine/model/report";
import type { Snapshot } from "@unloop/engine/model/snapshot";
import { readCapture } from "@unloop/sources/bundle";
import { readSession } from "@unloop/sources/session";

interface Expected {
  /** `Kind/name`. */
  workload: string;
  container: string | null;
  cause: string | null;
  confidence: string | null;
  subject: Partial<Subject>;
}
const folder = fileURLToPath(new URL("../fixtures/incidents", import.meta.url));
const recorded = readdirSync(folder).filter((slug) => existsSync(join(folder, slug, "capture.json")));
const read = (slug: string, file: string): string => readFileSync(join(folder, slug, file), "utf8");

function shape(incident: Incident): Omit<Expected, "subject"> {
  const { workload, container, cause } = incident;
  return { workload: `${workload.kind}/${workload.name}`, container: container?.name ?? null, cause: cause?.id ?? null, confidence: cause?.confidence ?? null };
}
function check(snapshot: Snapshot, expected: Expected[], withSubject: boolean): void {
  const { incidents } = diagnose(snapshot);
  expect(incidents.map(shape).map(asText).sort()).toEqual(
    expected
      .map(({ subject: _, ...rest }) => rest)
      .map(asText)
      .sort(),
  );
  for (const wanted of withSubject ? expected : []) {
    const found = incidents.filter((one) => asText(shape(one)) === asText(wanted));
    if (Object.keys(wanted.subject ?? {}).length) expect(found.map((one) => one.cause?.subject)).toContainEqual(expect.objectContaining(wanted.subject));
  }
}
const asText = ({ workload, container, cause, confidence }: Omit<Expected, "subject">): string => [workload, container, cause, confidence].join(" ");

describe("recorded incidents", () => {
  it("are there", () => {
    expect(recorded.length).toBeGreaterThan(30);
  });

  describe.each(recorded)("%s", (slug) => {
    it("is told from the capture", () => {
      check(readCapture(read(slug, "capture.json"), slug), parse(read(slug, "expected.yaml")) as Expected[], true);
    });

    // Without the subject: describe prints less than the API tells (no hooks, no keys, no security context).
    it.skipIf(!existsSync(join(folder, slug, "session.txt")))("is told from what kubectl showed", () => {
      const file = existsSync(join(folder, slug, "session.yaml")) ? "session.yaml" : "expected.yaml";
      check(readSession(read(slug, "session.txt"), { focus: null }).snapshot, parse(read(slug, file)) as Expected[], false);
    });

    it("holds the manifest that makes it again", () => {
      expect(read(slug, "manifest.yaml").trim()).not.toBe("");
    });
  });
});
