import { expect, it } from "vitest";
import { parse } from "yaml";
import { readBlockYaml } from "./block-yaml";

const lines = (text: string): string[] => text.split("\n");

it.each([
  'a: 1\nb: two\nc: true\nd: null\ne: {}\nf: []\ng: 1.5\nh: -3\ni: "007"\nj: 1e3x',
  'spec:\n  containers:\n  - args:\n    - --flag\n    - |\n      set -e\n\n      echo hi: there\n    name: a\n  - name: b\n    env:\n    - name: X\n      value: ""',
  "items:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Pod\nkind: List",
  "message: 'it''s a long one that\n  goes on here\n\n  and there'\nnext: x",
  'message: "tab\\tand \\u00e4 and a\n  folded line"\nnext: x',
  "plain: words that\n  go on\nnext: x",
  "keep: |+\n  a\n\nstrip: |-\n  a\nindented: |2\n    a\n  b\nend: x",
  "\"quoted: key\": 1\n'single ''key''': 2\na.b/c-d_e: 3",
  "nested:\n  - - 1\n    - 2\n  - a: b\n    c:\n    - d",
  'time: "2026-01-01T00:00:00Z"\nimage: registry:5000/a/b:1\nurl: http://x:80/y#z',
])("reads as the library does: %j", (text) => {
  expect(readBlockYaml(lines(text))).toEqual(parse(text));
});

it.each(["a: &x 1\nb: *x", "a: {b: c}", "a: >\n  folded\n", "a: !tag x", "a: 1\n b: 2", "- a\nb: c", "a: 'open", "just words", "a: b # comment", "a: [1, 2]"])(
  "leaves to the library what kubectl does not print: %j",
  (text) => {
    expect(readBlockYaml(lines(text))).toBeNull();
  },
);

it("refuses what is nested without end, at once", () => {
  expect(readBlockYaml(Array.from({ length: 5000 }, (_, i) => `${" ".repeat(i)}a:`))).toBeNull();
  expect(readBlockYaml(["- ".repeat(5000)])).toBeNull();
});

it("keeps a key that means something to JavaScript a key", () => {
  const value = readBlockYaml(["__proto__:", "  polluted: true", "a: 1"]) as object;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.keys(value)).toEqual(["__proto__", "a"]);
});
