import { expect, it } from "vitest";
import type { Incident, Report } from "../model/report";
import { victimsOf } from "./victims";

const incident = (id: string, causedBy: string | null): Incident => ({ id, causedBy }) as Incident;
const report = (...incidents: Incident[]): Report => ({ incidents }) as Report;

it("names the victims of victims, each with the one it waits for, nearest first", () => {
  const [db, ledger, gate, other] = [incident("db", null), incident("ledger", "db"), incident("gate", "ledger"), incident("other", null)];
  expect(victimsOf(report(gate, other, ledger, db), db).map(({ victim, because }) => `${victim.id} < ${because.id}`)).toEqual(["ledger < db", "gate < ledger"]);
  expect(victimsOf(report(gate, other, ledger, db), other)).toEqual([]);
});

it("ends on a circle", () => {
  const [a, b] = [incident("a", "b"), incident("b", "a")];
  expect(victimsOf(report(a, b), a).map(({ victim }) => victim.id)).toEqual(["b"]);
});
