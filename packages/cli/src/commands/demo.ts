/** `unloop demo`: recorded incidents of a real cluster, explained without any cluster. */
import { CommandError } from "../failure";
import type { Format } from "../flags";
import { type DemoIncident, readIncidents } from "../packaged";
import { printReport } from "../print";
import { hasColour, widthOf, write } from "../terminal";

export interface DemoOptions {
  slug: string | null;
  list: boolean;
  format: Format;
  noColor: boolean;
  program: string;
}

/** Shown where none is named: an object that was renamed, and a probe that asks the wrong path. */
const tour = ["secret-renamed", "liveness-asks-wrong-path"];

export async function demoCommand({ slug, list, format, noColor, program }: DemoOptions): Promise<number> {
  const incidents = readIncidents();
  if (list) {
    const width = Math.max(0, ...incidents.map((incident) => incident.slug.length));
    await write(process.stdout, incidents.map((incident) => `${incident.slug.padEnd(width)}  ${incident.title}\n`).join(""));
    return 0;
  }
  const shown = choose(incidents, slug, program);
  const { readCapture } = await import("@unloop/sources/bundle");
  const { diagnose } = await import("@unloop/engine/diagnose");
  const text: string[] = [];
  for (const incident of shown) {
    const snapshot = readCapture(JSON.stringify(incident.capture), incident.slug);
    if (format === "text" && shown.length > 1) text.push(`$ ${program} demo ${incident.slug}\n`);
    text.push(
      printReport(diagnose(snapshot), { format, width: widthOf(process.stdout), colour: hasColour(process.stdout, { noColor }), all: true, where: "" }),
    );
    if (format === "text" && shown.length > 1) text.push("\n");
  }
  if (slug === null && format === "text")
    text.push(`${program} demo --list names ${incidents.length} recordings; ${program} -n NAMESPACE looks at your own cluster.\n`);
  await write(process.stdout, text.join(""));
  return 0;
}

function choose(incidents: DemoIncident[], slug: string | null, program: string): DemoIncident[] {
  if (slug === null) {
    const chosen = tour.flatMap((name) => incidents.filter((incident) => incident.slug === name));
    return chosen.length ? chosen : incidents.slice(0, 2);
  }
  const named = incidents.filter((incident) => incident.slug === slug);
  if (!named.length) throw new CommandError("demo-unknown", { slug, program });
  return named;
}
