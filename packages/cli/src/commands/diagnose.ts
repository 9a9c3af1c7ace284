/** `unloop diagnose`: why can't this container stay running? */
import type { Report } from "@unloop/engine/model/report";
import type { Snapshot } from "@unloop/engine/model/snapshot";
import { CommandError } from "../failure";
import type { Format } from "../flags";
import { type InputOptions, readInput } from "../input";
import { printReport } from "../print";
import { hasColour, widthOf, write } from "../terminal";

export interface DiagnoseOptions extends InputOptions {
  format: Format;
  all: boolean;
  noColor: boolean;
  /** `--since` in seconds; null for all of it. */
  sinceSeconds: number | null;
}

/** Prints the Report and returns the exit code. */
export async function diagnoseCommand(options: DiagnoseOptions): Promise<number> {
  const snapshot = await readInput(options);
  options.progress.say("thinking");
  const { diagnose } = await import("@unloop/engine/diagnose");
  const report = diagnose(snapshot, { sinceSeconds: options.sinceSeconds ?? undefined, all: options.all });
  if (sawNothing(snapshot, report)) throw new CommandError("nothing-to-judge", { name: snapshot.source.name || "the input" });
  if (options.name !== null && report.summary.pods === 0 && report.incidents.length === 0) {
    const { namespace } = snapshot.focus ?? { namespace: null };
    const target = options.kind === null ? options.name : `${options.kind.toLowerCase()}/${options.name}`;
    throw new CommandError("target-not-found", { target, where: namespace === null ? "what was seen" : `namespace ${namespace}` });
  }
  options.progress.close();
  await write(
    process.stdout,
    printReport(report, {
      format: options.format,
      width: widthOf(process.stdout),
      colour: hasColour(process.stdout, options),
      // Somebody who asks for one thing by name wants all about it.
      all: options.all || options.name !== null,
      where: where(snapshot),
    }),
  );
  return exitCode(report);
}

export function exitCode(report: Report): 0 | 1 {
  return report.incidents.some(({ status }) => status !== "recovered") ? 1 : 0;
}

/** "Nothing fails" may only be said of something that was seen. A cluster's empty listing is something seen. */
function sawNothing(snapshot: Snapshot, report: Report): boolean {
  return snapshot.source.kind !== "cluster" && report.incidents.length === 0 && report.summary.pods === 0 && report.summary.workloads === 0;
}

/** Namespaces whose pods were seen. */
function where(snapshot: Snapshot): string {
  const namespaces = new Set<string>();
  for (const key of snapshot.objects.keys()) if (key.startsWith("Pod/")) namespaces.add(key.split("/", 2)[1]!);
  const [only] = namespaces.size === 1 ? namespaces : [snapshot.focus?.namespace ?? undefined];
  return only ? `in namespace ${only}` : namespaces.size ? `in ${namespaces.size} namespaces` : "";
}
