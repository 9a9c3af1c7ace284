/** A URL that is only a path: it is invalid because the base before it was not set. Source: Node's ERR_INVALID_URL, which prints `base` where one was given. */
import type { LogSignal } from "../../model/observation";

export function lacksBase(signal: LogSignal): boolean {
  if (signal.cause !== "config/setting-invalid") return false;
  const text = signal.lines.map((line) => line.text).join("\n");
  return /\binput: ['"`]\//.test(text) && text.includes("ERR_INVALID_URL") && !/\bbase: ['"`]/.test(text);
}
