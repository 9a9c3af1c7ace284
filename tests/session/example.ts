/** Sessions as people paste them, and the secrets that were planted in them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "examples");
export const examples: Record<string, string> = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .map((name) => [name.replace(".txt", ""), readFileSync(join(folder, name), "utf8")]),
);
export const planted = ["gies-kanne-7734", "quellwasser88", "mole-kran-4417", "leuchtfeuer-20"];
