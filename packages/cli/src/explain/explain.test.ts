import { describe, expect, it } from "vitest";
import { explain } from "./explain";

const page = "# config/secret-not-found\n\n## What you see\n\n`CreateContainerConfigError`, no log.\n\n## What it means\n\nA Secret is missing.\n";
const oom = "# memory/limit-exceeded\n\n## What you see\n\nReason OOMKilled, exit code 137.\n\n## What it means\n\nNot CreateContainerConfigError.\n";
const pages = { "config/secret-not-found": page, "memory/limit-exceeded": oom };

describe("explain", () => {
  it("gives the page of a cause by its id, and by its name where one family has it", () => {
    expect(explain("config/secret-not-found", pages)).toBe(page);
    expect(explain("secret-not-found", pages)).toBe(page);
  });

  it.each(["137", "exit code 137", "exit 137", "SIGKILL", "kill"])("takes %j for exit code 137, and names the causes that show it", (thing) => {
    const text = explain(thing, pages);
    expect(text).toContain("# Exit code 137");
    expect(text).toContain("- memory/limit-exceeded");
  });

  it("names a cause with a reason only where its page shows the reason under What you see", () => {
    const text = explain("createcontainerconfigerror", pages);
    expect(text).toContain("# CreateContainerConfigError (container waiting)");
    expect(text).toContain("- config/secret-not-found");
    expect(text).not.toContain("memory/limit-exceeded");
  });

  it("lists a family", () => {
    expect(explain("config", pages)).toContain("- config/secret-not-found");
  });

  it("knows every exit code from 0 to 255, and no other number", () => {
    for (let code = 0; code <= 255; code += 1) expect(explain(String(code), {})).toContain(`# Exit code ${code}`);
    expect(() => explain("256", {})).toThrow("unloop has no page about 256");
  });

  it("suggests what is near where it knows nothing", () => {
    expect(() => explain("secret missing", pages)).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.stringContaining("did you mean: config/secret-not-found") }),
    );
  });
});
