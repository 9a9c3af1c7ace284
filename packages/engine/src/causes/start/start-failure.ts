/** Why the runtime could not start the Case's container, in its own words. */
import type { CauseContext } from "../../model/cause";
import { type Told, toldBy } from "../told";
import { startGrammar } from "./grammar";
import { oncePerCase } from "../once";

export interface StartFailure extends Told {
  /** Name of the pattern; null where the text is of no known form. */
  pattern: string | null;
  cause: string | null;
  /** What the text names: a path, a user, a volume, a profile. */
  named: string | null;
}

/** The first pattern that fits; the order of the grammar goes from the special to the general. */
export function readStartText(text: string): Pick<StartFailure, "pattern" | "cause" | "named"> {
  // Docker's and CRI-O's wrappers escape the quotes of what they wrap, once for each.
  const plain = text.replace(/\\+"/g, '"');
  for (const entry of startGrammar) {
    const found = entry.pattern.exec(plain);
    if (found) return { pattern: entry.name, cause: entry.cause, named: found.slice(1).find((group) => group !== undefined && group !== "") ?? null };
  }
  return { pattern: null, cause: null, named: null };
}

function readStartFailures(context: CauseContext): StartFailure[] {
  return toldBy(context, {
    waiting: [
      "CreateContainerError",
      "RunContainerError",
      "CreateContainerConfigError",
      "PostStartHookError",
      "PreCreateHookError",
      "PreStartHookError",
      "ImageInspectError",
    ],
    terminated: ["StartError", "ContainerCannotRun"],
    events: ["Failed", "FailedPostStartHook"],
  })
    .filter(
      ({ text }) => !/^Error: \w+$/.test(text) && !/^(?:Error: )?(?:Failed to pull|ErrImage|ImagePull|configmaps? "|secrets? "|couldn't find key)/.test(text),
    )
    .map((told) => ({ ...told, ...readStartText(told.text) }));
}
/** Every text about a failed start, the newest first; wrappers that say nothing (`RunContainerError`) are left out. */
export const startFailures = oncePerCase(readStartFailures);

/** The failure, where the newest text of a known form is one of `cause`. */
export function startFailureOf(context: CauseContext, cause: string): StartFailure | null {
  const known = startFailures(context).find((failure) => failure.cause !== null);
  return known?.cause === cause ? known : null;
}
