/** What is known of the crash beside the log. */
export interface LogHints {
  exitCode: number | null;
  /** `terminated.reason`. */
  reason: string | null;
  image: string | null;
}
