/** An exception that the server caught while it answered one request, or a controller while it worked on one object: it lives on. */
import type { Block } from "./block";
import type { Line } from "./line";

const announced =
  /exception was thrown by the application|exception has occurred while executing the request|Servlet\.service\(\) for servlet|http: panic serving|Exception on \/\S{0,200} \[[A-Z]+\]|Internal Server Error: \/|Reconciler error|(?:error|exception|panic) (?:while |when )?(?:handling|processing|serving|executing) (?:the |a |an )?(?:\w+ )?request\b|\[Recovery\].{0,60}panic recovered|Request processing failed|exception occurred while iterating over the results of a query/i;

/** True where one of the three lines before a block, or its first, says so. */
export function isHandled(block: Block, lines: Line[]): boolean {
  for (let i = Math.max(0, block.start - 3); i <= block.start; i++) if (announced.test(lines[i]!.text.slice(0, 400))) return true;
  return false;
}
