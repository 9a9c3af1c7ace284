import { expect, test } from "vitest";
import { pullGrammar, readPullText } from "./grammar";
import { ecrOf, parseImage } from "./reference";

test.each(pullGrammar.flatMap((entry) => entry.samples.map((text) => [entry.name, text] as const)))(
  "a pull that failed with %s is read as that: %s",
  (name, text) => {
    expect(readPullText(text)?.name).toBe(name);
  },
);

test("a text of no known form is of no class", () => {
  expect(readPullText("the moon is in the wrong house")).toBeNull();
});

test.each([
  ["nginx", "docker.io", "library/nginx", "latest"],
  ["acme/api:1.2", "docker.io", "acme/api", "1.2"],
  ["localhost/api:1", "localhost", "api", "1"],
  ["registry.example:5000/team/api", "registry.example:5000", "team/api", "latest"],
  ["registry.example/api@sha256:abc", "registry.example", "api", null],
])("%s is repository %s/%s with tag %s", (image, registry, repository, tag) => {
  expect(parseImage(image)).toMatchObject({ registry, repository, tag });
});

test("account and region of an ECR registry are in its name", () => {
  expect(ecrOf("123456789012.dkr.ecr.eu-west-1.amazonaws.com")).toEqual({ account: "123456789012", region: "eu-west-1" });
  expect(ecrOf("registry.example")).toBeNull();
});

test("no text of a registry makes a pattern slow", () => {
  const began = performance.now();
  for (const text of ["lookup ".repeat(580), "unexpected status ".repeat(220), "no space ".repeat(450)])
    for (const entry of pullGrammar) entry.pattern.test(text);
  expect(performance.now() - began).toBeLessThan(300);
});
