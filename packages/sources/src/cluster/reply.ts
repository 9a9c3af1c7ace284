/** What became of one request: an answer, or the reason why there is none. Refusals are values. */
import type { AnswerState } from "@unloop/engine/model/snapshot";

export interface GoodReply {
  state: "got";
  body: Buffer;
  /** True where the body was longer than was allowed and its beginning was dropped. */
  isCut: boolean;
}
export interface Refusal {
  state: Exclude<AnswerState, "got">;
  /** HTTP status; null where no response came. */
  status: number | null;
  /** What the server said, not yet scrubbed. */
  message: string;
}
export type Reply = GoodReply | Refusal;

export function refused(state: Refusal["state"], status: number | null, message: string): Refusal {
  return { state, status, message };
}

/** The `message` of a Kubernetes Status, else the beginning of the body. */
export function statusMessage(body: Buffer): string {
  const text = body.subarray(0, 64 * 1024).toString("utf8");
  try {
    const status: unknown = JSON.parse(text);
    if (typeof status === "object" && status !== null && typeof (status as { message?: unknown }).message === "string")
      return (status as { message: string }).message.slice(0, 1000);
  } catch {
    // Proxies and kubelets answer in plain text.
  }
  return text.slice(0, 1000).trim();
}
/** Maps an HTTP status that is not 2xx. */
export function refusalOf(status: number, body: Buffer): Refusal {
  const message = statusMessage(body) || `HTTP ${status}`;
  if (status === 403) return refused("forbidden", status, message);
  if (status === 404) return refused("absent", status, message);
  if (status === 410) return refused("gone", status, message);
  if (status === 408 || status === 429 || status === 504) return refused("timed-out", status, message);
  return refused("cannot", status, message);
}
