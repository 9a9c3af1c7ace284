import { admit, admitObject } from "@unloop/engine/scrub/index";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "./kinds";
import { places } from "./places";
import { seeded } from "./random";

const plants = 10_000;

/** Every form in which a reader could get the secret back: whole, its first six tenths, in base64, percent-encoded. */
function traces(text: string, secret: string): string[] {
  const part = secret.slice(0, Math.max(Math.min(8, secret.length), Math.ceil(secret.length * 0.6)));
  return [secret, part, Buffer.from(secret).toString("base64").replace(/=+$/, ""), encodeURIComponent(secret)].filter((form) => text.includes(form));
}

function planted(kind: number, place: number, seed: number): { shown: string; secret: string; out: string } {
  const random = seeded(seed);
  const plant = kinds[kind]!.make(random);
  const input = places[place]!.put(plant.shown, random);
  const out = typeof input === "string" || input instanceof Uint8Array ? admit(input).text : JSON.stringify(admitObject(input as never));
  return { ...plant, out };
}

describe("the door", () => {
  test("knows sixty kinds of secrets or more", () => {
    expect(new Set(kinds.map((kind) => kind.name)).size).toBeGreaterThanOrEqual(60);
  });

  test("lets none of ten thousand planted secrets through, whole, in part or encoded", () => {
    const plant = fc.record({ kind: fc.nat(kinds.length - 1), place: fc.nat(places.length - 1), seed: fc.nat() });
    fc.assert(
      fc.property(plant, ({ kind, place, seed }) => {
        const { shown, secret, out } = planted(kind, place, seed);
        const found = traces(out, secret);
        if (found.length > 0) throw new Error(`${kinds[kind]!.name} in ${places[place]!.name}: ${shown}\n→ ${out}`);
      }),
      { numRuns: plants, seed: 20_260_301 },
    );
  }, 120_000);
});
