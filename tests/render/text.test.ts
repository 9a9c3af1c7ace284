import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { plainText } from "@unloop/engine/render/spans";
import { type TextOptions, renderText } from "@unloop/engine/render/text";
import type { Report } from "@unloop/engine/model/report";
import { incident, report, verdict } from "./sample-report";

const text = (of: Report, options?: TextOptions): string => plainText(renderText(of, options));
const linesOf = (of: Report, options?: TextOptions): string[] => text(of, options).split("\n");

describe("the text of a Report", () => {
  it("says first how bad it is, then why and how sure that is", () => {
    const [first, second, blank, third] = linesOf(report([incident()]));
    expect(first).toBe("trading/trade-api is down: 0 of 3 replicas serve · 14 restarts in 19 min");
    expect(second).toBe("  next try in 60 s to 2 min");
    expect(blank).toBe("");
    expect(third).toBe(`${"  Secret broker-credentials does not exist".padEnd(73)}certain`);
  });

  it("puts a victim on one line under its root", () => {
    const gateway = incident({
      id: "two",
      severity: "degraded",
      workload: { kind: "Deployment", namespace: "trading", name: "gateway", revision: null },
      causedBy: "one",
    });
    const lines = linesOf(report([incident({ victims: ["two"] }), gateway]));
    expect(lines).toContain("trading/gateway is degraded: caused by trade-api above");
    expect(lines.join("\n").match(/Secret broker-credentials does not exist {5}/g)).toHaveLength(1);
  });

  it("shows a victim as a block of its own where its root is not in the Report", () => {
    expect(text(report([incident({ causedBy: "gone" })]))).toContain("certain");
  });

  it("offers the rollback first, and never breaks a command over lines", () => {
    const command = `kubectl -n trading rollout undo deploy/trade-api --to-revision=6 ${"--flag ".repeat(10)}`.trim();
    const rollback = {
      id: "r",
      title: "Back to revision 6",
      kind: "rollback" as const,
      target: null,
      patch: [],
      command,
      diff: null,
      risk: "restart" as const,
      note: null,
    };
    const patch = { ...rollback, id: "p", title: "point BROKER__APIKEY at broker-api-credentials", kind: "patch" as const, command: null };
    const lines = linesOf(report([incident({ fixes: [rollback, patch] })]));
    expect(lines).toContain(`  Fastest   ${command}`);
    expect(lines).toContain("  Lasting   point BROKER__APIKEY at broker-api-credentials");
  });

  it("says what was ruled out and what to run next where nothing proves a cause", () => {
    const open = incident({
      cause: null,
      conclusion: {
        ruledOut: ["memory: the last state is Error, not OOMKilled"],
        next: [{ why: "see what it does when it starts", command: "kubectl debug trade-api-1" }],
      },
    });
    const lines = linesOf(report([open]));
    expect(lines).toContain("  Nothing proves a cause");
    expect(lines).toContain("  Not       memory: the last state is Error, not OOMKilled");
    expect(lines).toContain("            kubectl debug trade-api-1");
  });

  it("leaves the next steps away where the cause is certain, and shows them with wide", () => {
    const sure = incident({ conclusion: { ruledOut: ["memory: no"], next: [] } });
    expect(text(report([sure]))).not.toContain("memory: no");
    expect(text(report([sure]), { wide: true })).toContain("memory: no");
  });

  it("is one friendly line where nothing fails", () => {
    expect(text(report([]), { where: "in 4 namespaces" })).toBe("nothing is crash-looping: 12 pods of 4 workloads in 4 namespaces\n");
  });

  it("folds Jobs that failed days ago into one line, and unfolds them with all", () => {
    const job = (name: string) =>
      incident({
        id: name,
        workload: { kind: "Job", namespace: "shop", name, revision: null },
        lastCrash: "2026-02-20T00:00:00Z",
        since: { earliest: null, latest: null },
        nextRestart: null,
      });
    const jobs = report([job("a"), job("b"), job("c"), job("d")]);
    expect(linesOf(jobs)).toContain("4 Jobs failed earlier: shop/a, shop/b, shop/c and 1 more (--all shows them)");
    expect(text(jobs)).not.toContain("certain");
    expect(text(jobs, { all: true }).match(/certain/g)).toHaveLength(4);
  });

  it("puts what could not be seen at the end, with what it costs and what would show it", () => {
    const blind = report([incident()], {
      notSeen: [
        {
          what: "events in trading",
          why: "forbidden",
          consequence: "probe kills can not be told from other kills",
          remedy: { text: "grant list on events", yaml: "kind: Role", command: null },
        },
      ],
    });
    const lines = linesOf(blind);
    expect(lines.at(-2)).toBe("    grant list on events (-o wide prints the Role)");
    expect(text(blind)).not.toContain("Everything needed was seen");
    expect(linesOf(blind, { wide: true })).toContain("    kind: Role");
  });

  it("says how long ago with one unit, and nothing where the input tells no time", () => {
    expect(text(report([incident()], { takenAt: null }))).toContain("0 of 3 replicas serve · 14 restarts\n");
  });

  it("shows three lines of a long message, and all of it with wide", () => {
    const long = incident({ cause: verdict({ evidence: [{ ...verdict().evidence[0]!, text: `${"many words ".repeat(25)}end` }] }) });
    const shown = linesOf(report([long])).filter((line) => line.includes("many words"));
    expect(shown).toHaveLength(3);
    expect(shown[2]).toMatch(/…$/);
    expect(text(report([long]), { wide: true })).toMatch(/words\s+end/);
  });

  it("says before all else that the pod that was asked about is gone, and other warnings after the incidents", () => {
    const warned = report([incident()], {
      warnings: [
        { id: "secret-in-log", text: "the log prints secrets" },
        { id: "pod-is-gone", text: "pod trade-api-0 is gone" },
      ],
    });
    const lines = linesOf(warned);
    expect(lines[0]).toBe("pod trade-api-0 is gone");
    expect(lines.indexOf("warning: the log prints secrets")).toBeGreaterThan(lines.findIndex((line) => line.includes("certain")));
  });

  it("says since when it fails where nothing was restarted", () => {
    const waiting = incident({ pods: [{ name: "trade-api-1", node: null, restarts: 0 }], nextRestart: null });
    expect(linesOf(report([waiting]))[0]).toBe("trading/trade-api is down for 19 min: 0 of 3 replicas serve");
  });

  it.each([
    ["2026-03-01T10:03:00Z", "2026-03-01T10:04:00Z", "next try in 3 to 4 min"],
    ["2026-03-01T10:01:05Z", "2026-03-01T10:01:20Z", "next try in 65 to 80 s"],
    ["2026-03-01T09:59:00Z", "2026-03-01T10:00:10Z", "next try within 10 s"],
    ["2026-03-01T09:58:00Z", "2026-03-01T09:59:00Z", "next try now"],
  ])("says of a restart between %s and %s: %s", (earliest, latest, words) => {
    expect(text(report([incident({ nextRestart: { earliest, latest, backOff: "PT5M" } })]))).toContain(words);
  });

  it("keeps to the width, commands excepted, whatever the words are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.integer({ min: 40, max: 80 }), (words, width) => {
        const hostile = incident({ cause: verdict({ title: words, explanation: words, evidence: [{ ...verdict().evidence[0]!, text: words }] }) });
        for (const line of renderText(report([hostile]), { width })) expect(stringWidth(plainText([line]).trimEnd())).toBeLessThanOrEqual(width);
      }),
    );
  });

  it("never prints a control character, nor one that turns the direction of text", () => {
    const bad = "\u001b[31mred\u001b]0;title\u0007\u009b2J\u202egnp.exe\r\nnext\u0000";
    const hostile = incident({
      symptom: bad,
      workload: { kind: "Deployment", namespace: bad, name: bad, revision: null },
      cause: verdict({ title: bad, explanation: bad, evidence: [{ ...verdict().evidence[0]!, text: bad }] }),
      alternatives: [verdict({ title: bad })],
      conclusion: { ruledOut: [bad], next: [{ why: bad, command: bad }] },
      routine: [{ step: "logs", result: "clue", summary: bad, command: bad }],
      fixes: [{ id: "f", title: bad, kind: "patch", target: null, patch: [], command: null, diff: bad, risk: "data", note: bad }],
      blastRadius: {
        services: [bad],
        dependents: [{ workload: { kind: "Pod", namespace: bad, name: bad, revision: null }, via: bad, healthy: null }],
        routes: [{ host: bad, path: bad }],
        capacity: bad,
      },
      change: { at: null, by: bad, revision: bad, previousRevision: bad, ranFor: null, differences: [{ path: bad, before: bad, after: bad, explains: true }] },
    });
    const all = report([hostile], {
      warnings: [{ id: "x", text: bad }],
      notSeen: [{ what: bad, why: bad, consequence: bad, remedy: { text: bad, yaml: bad, command: bad } }],
    });
    for (const wide of [false, true]) expect(text(all, { wide, where: bad }).replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
