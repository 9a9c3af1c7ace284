import { describe, expect, it } from "vitest";
import type { Incident, Report } from "@unloop/engine/model/report";
import { since } from "./since";

function incident(id: string, earliest: string | null, causedBy: string | null = null): Incident {
  return {
    id,
    causedBy,
    victims: [],
    since: { earliest, latest: null },
    lastCrash: null,
    workload: { kind: "Deployment", namespace: "shop", name: id, revision: null },
  } as unknown as Incident;
}
const report = (incidents: Incident[], takenAt: string | null = "2026-03-01T10:00:00Z"): Report =>
  ({ takenAt, incidents, summary: { pods: 9, workloads: 3, failing: 3, incidents: 3, roots: 3 } }) as unknown as Report;

describe("since", () => {
  it("leaves what began earlier away, and counts what is left", () => {
    const late = since(report([incident("old", "2026-03-01T08:00:00Z"), incident("new", "2026-03-01T09:30:00Z")]), 3600);
    expect(late.incidents.map(({ id }) => id)).toEqual(["new"]);
    expect(late.summary).toEqual({ pods: 9, workloads: 3, failing: 1, incidents: 1, roots: 1 });
  });

  it("keeps an old root whose victim is new", () => {
    const late = since(report([incident("root", "2026-03-01T08:00:00Z"), incident("victim", "2026-03-01T09:30:00Z", "root")]), 3600);
    expect(late.incidents.map(({ id }) => id)).toEqual(["root", "victim"]);
  });

  it("keeps what tells no time, rather than hide it", () => {
    expect(since(report([incident("unknown", null)]), 3600).incidents).toHaveLength(1);
    expect(since(report([incident("old", "2020-01-01T00:00:00Z")], null), 3600).incidents).toHaveLength(1);
  });
});
