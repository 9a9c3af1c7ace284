import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@unloop/engine/render/markdown";
import { incident, report, verdict } from "./sample-report";

describe("the Markdown of a Report", () => {
  it("has a heading a root, the verdict with its id, and the evidence as a table", () => {
    const lines = renderMarkdown(report([incident()])).split("\n");
    expect(lines[0]).toBe("**1 workload fails, 1 root**");
    expect(lines).toContain("## trading/trade-api is down");
    expect(lines).toContain("**Secret broker-credentials does not exist** (certain, `config/secret-not-found`)");
    expect(lines).toContain('| event | pod/trade-api-1 api | `Error: secret "broker-credentials" not found` |');
  });

  it("lists victims with their root and gives them no section", () => {
    const victim = incident({ id: "two", causedBy: "one", workload: { kind: "Deployment", namespace: "trading", name: "gateway", revision: null } });
    const text = renderMarkdown(report([incident({ victims: ["two"] }), victim]));
    expect(text).toContain("- trading/gateway is down");
    expect(text).not.toContain("## trading/gateway");
  });

  it("lets no text of the cluster become markup, a link, a mention or a table cell of its own", () => {
    const bad = "<img src=x onerror=alert(1)> [click](https://evil.example) @everyone | `code` ``` **bold** #1";
    const text = renderMarkdown(report([incident({ cause: verdict({ title: bad, explanation: bad, evidence: [{ ...verdict().evidence[0]!, text: bad }] }) })]));
    const prose = text.split("\n").filter((line) => !line.startsWith("|"));
    expect(prose.join("\n")).not.toMatch(/(^|[^\\])<img|(^|[^\\])\[click|[^\\]:\/\/|@everyone|(^|[^\\])`code/);
    const row = text.split("\n").find((line) => line.startsWith("| event"))!;
    expect(row).toContain("```` <img");
    expect(row.replaceAll("\\|", "").split("|")).toHaveLength(5);
  });

  it("is one line where nothing fails", () => {
    expect(renderMarkdown(report([]), { where: "in 4 namespaces" })).toBe("Nothing is crash-looping: 12 pods of 4 workloads in 4 namespaces.\n");
  });
});
