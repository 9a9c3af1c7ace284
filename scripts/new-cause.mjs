#!/usr/bin/env node
/** `npm run new-cause config/secret-not-found`: the folder of a new cause with all its parts, to be filled. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { causesFolder } from "./causes.mjs";

const id = process.argv[2] ?? "";
const into = process.argv[3] ?? causesFolder;
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  console.error("usage: npm run new-cause FAMILY/WHAT-IS-WRONG   (kebab-case; it names what is wrong, never the remedy)");
  process.exit(2);
}
const folder = join(into, id);
if (existsSync(folder)) {
  console.error(`${id} is there already: ${relative(process.cwd(), folder)}`);
  process.exit(2);
}

const pod = (waiting) => `    - kind: Pod
      metadata: {name: api-1, namespace: shop, uid: "1"}
      spec: {containers: [{name: api, image: "registry.example/api:1"}]}
      status:
        phase: Pending
        containerStatuses:
          - {name: api, restartCount: 0, ready: false, state: {waiting: {reason: CreateContainerConfigError, message: '${waiting}'}}}`;

const given = (waiting) => `given:
  takenAt: 2026-03-01T10:00:00Z
  objects:
${pod(waiting)}
`;

const files = {
  "cause.ts": `/** ${id}: say in one line what is wrong. */
import type { Cause, CauseContext, Finding } from "../../../model/cause";
import { statusEvidence } from "../../evidence";

export const cause: Cause = {
  id: "${id}",
  title: "Say what is wrong, without names",
  // What it must see to judge. Where one of these was not seen, the answer is "unknown", and find is not called.
  needs: ["status"],
  // Causes that are mere symptoms of this one, where both are found.
  explains: ["app/exited-without-reason"],
  messages: {
    found: {
      title: "{what} is wrong",
      explanation: "Two or three sentences for somebody woken at night: what it means, and what has to change.",
    },
  },
  find,
};

function find(context: CauseContext): Finding[] {
  const { waiting } = context.seen.status;
  if (!waiting?.message.includes("the words that prove it")) return [];
  return [
    {
      message: "found",
      args: { what: "It" },
      confidence: "certain",
      subject: {},
      evidence: [statusEvidence(context, waiting.message, "state.waiting.message")],
    },
  ];
}
`,
  "cause.md": `# ${id}

## What you see

What \`kubectl\` shows: reason, exit code, the line of the log.

## What it means

One sentence that stands alone: it is shown in the index. Then the rest.

## How we know

Which observations prove it, and where the fact comes from (Kubernetes source or documentation, RFC).

## What to do

The change, with the command.

## When it is not this

What looks like it, and what that is instead.
`,
  "cases/it-is-this.yaml": `name: the message says so\n${given("the words that prove it")}expect:\n  - {confidence: certain}\nverdict: ${id}\n`,
  "cases/it-is-this-in-another-situation.yaml": `name: the message says so among other words\n${given("before: the words that prove it, after")}expect:\n  - {confidence: certain}\n`,
  "cases/looks-like-it.yaml": `name: the same reason with another message is something else\n${given("other words")}expect: []\n`,
  "cases/looks-like-it-too.yaml": `name: an empty message proves nothing\n${given("")}expect: []\n`,
};

for (const [name, content] of Object.entries(files)) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(`wrote ${relative(process.cwd(), path)}`);
}
console.log(`
Now: fill them, then
  npm run generate                                   registers it
  npx vitest run tests/causes.test.ts -t ${id}   proves what every cause promises
  npm run check                                      the whole gate`);
