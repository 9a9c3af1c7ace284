/** Data that the build puts beside the command: pages of causes and recorded incidents. Read only when asked for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./failure";

export interface DemoIncident {
  slug: string;
  title: string;
  /** A capture, as `unloop capture` writes it. */
  capture: unknown;
}

/** Page of each cause by id, as Markdown. */
export function readPages(): Record<string, string> {
  return read("pages.json") as Record<string, string>;
}
export function readIncidents(): DemoIncident[] {
  return read("incidents.json") as DemoIncident[];
}

function read(name: string): unknown {
  const path = join(__dirname, name);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new CommandError("package-incomplete", { path }, error);
  }
}
