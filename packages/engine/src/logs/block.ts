/** A block: the lines by which a runtime reports an exception, panic or fatal error. */
import type { Line } from "./line";

export interface Link {
  /** Exception class, as printed; null where the runtime has none (Go, Rust). */
  type: string | null;
  message: string;
  /** Index into the lines. */
  at: number;
}
export interface Block {
  runtime: string;
  /** Indexes into the lines, the end exclusive. */
  start: number;
  end: number;
  /** Exceptions of the chain, as printed from top to bottom. */
  links: Link[];
  /** The link nearest to the cause. */
  root: number;
  /** First frame of the application's own code, `file:line`; null where none is shown. */
  frame: string | null;
  /** The runtime says that the process ends by it (unhandled, uncaught, panic). */
  fatal: boolean;
  /** Lines of the block that are output. All others are frames and quoted source: no pattern is tried on them. */
  said: number[];
}
/** Reads the block that begins at a line; null where none does. Must look at most `longestBlock` lines ahead. */
export interface Reader {
  name: string;
  read(lines: Line[], at: number): Block | null;
}
export const longestBlock = 600;
