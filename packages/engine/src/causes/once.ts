/** What several causes of a family read out of one Case is worked out once. */
import type { CauseContext } from "../model/cause";

/** @param compute pure: the same context gives the same answer */
export function oncePerCase<T>(compute: (context: CauseContext) => T): (context: CauseContext) => T {
  const known = new WeakMap<CauseContext, { value: T }>();
  return (context) => {
    let entry = known.get(context);
    if (!entry) known.set(context, (entry = { value: compute(context) }));
    return entry.value;
  };
}
