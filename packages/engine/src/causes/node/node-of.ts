/** Where a pod is. */
import type { CasePod } from "../../model/case";

/** The node that a pod is bound to, as its spec or a wide table tells. */
export function nodeOf({ pod, seen }: CasePod): string | null {
  const cell = seen.row?.["NODE"]?.trim();
  return pod.spec?.nodeName ?? (cell && cell !== "<none>" ? cell : null);
}
