import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { alternatives } from "./alternatives";
import { patterns } from "./patterns/registry";

describe("alternatives of an expression", () => {
  it("are those between the outermost bars, with the text that each needs", () => {
    expect(alternatives(String.raw`(?i)no such (?:file|host)|\[a|b\] lost|[x|y]z?`)).toEqual([
      { source: String.raw`(?i)no such (?:file|host)`, needs: "no such " },
      { source: String.raw`(?i)\[a`, needs: null },
      { source: String.raw`(?i)b\] lost`, needs: "b] lost" },
      { source: "(?i)[x|y]z?", needs: null },
    ]);
  });
  it("are found in a group around all of it", () => {
    expect(alternatives("(?i:disk full|quota exceeded)").map((a) => a.source)).toEqual(["(?i)disk full", "(?i)quota exceeded"]);
  });
  it("leave out what is optional or repeated", () => {
    expect(alternatives("colou?r of paint{2}s")[0]!.needs).toBe("r of pain");
    expect(alternatives(String.raw`exit \d+ now`)[0]!.needs).toBe("exit ");
    expect(alternatives(String.raw`\x60 has moved`)[0]!.needs).toBe(" has moved");
  });
  it("match the samples of all patterns, as the whole does", () => {
    for (const { id, pattern, positive } of patterns) {
      const lower = positive.toLowerCase();
      const some = alternatives(pattern).some(
        ({ source, needs }) => (needs === null || lower.includes(needs)) && RE2JS.compile(source).matcher(positive).find(),
      );
      expect(some, id).toBe(true);
    }
  });
});
