import { expect, test } from "vitest";
import { probeGrammar, readProbeText } from "./grammar";

test.each(probeGrammar.flatMap((entry) => entry.samples.map(([text, named]) => [entry.name, text, named] as const)))(
  "a probe that fails with %s is read as that: %s",
  (name, text, named) => {
    expect(readProbeText(text)).toEqual({ class: name, named });
  },
);

test.each([
  ["cat: can't open '/tmp/healthy': No such file or directory", "output"],
  ["cat: /tmp/healthy: No such file or directory", "output"],
  ["wget: can't connect to remote host (127.0.0.1): Connection refused", "refused"],
  ["curl: (7) Failed to connect to localhost port 8081 after 0 ms: Couldn't connect to server", "refused"],
  ['command "sleep 9" timed out', "timeout"],
  ['command timed out: "sleep 9" timed out after 1s', "timeout"],
])("%s is %s", (text, name) => {
  expect(readProbeText(text).class).toBe(name);
});

test("no output of a probe makes a pattern slow", () => {
  const began = performance.now();
  for (const text of ["sh: ".repeat(1000), 'exec: "'.repeat(500), "\n".repeat(4000), "a".repeat(4096)]) readProbeText(text);
  expect(performance.now() - began).toBeLessThan(300);
});
