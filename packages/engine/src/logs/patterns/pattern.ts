/**
 * A pattern tells one cause from one line of a log (or a few lines). Patterns are data: `patterns/<area>.ts` for what the operating
 * system, libc, the resolver, TLS libraries, database protocols and runtimes print; `products/<product>.ts` for wording that only one
 * product uses. Write a product pattern only where the general ones do not suffice.
 *
 * How a pattern is tried: lines are stripped of container-runtime, time stamp and level prefixes and of colour; JSON and logfmt lines
 * are unfolded (message, error and each line of a stack become lines of their own, `message: error` is one line); lines are cut at
 * 16 KiB. A pattern is tried on a line only where one of its `literals` is in it, compared in lower case. `pattern` is RE2 syntax
 * (linear time; no look-around, no back-reference), is compiled as it stands (write `(?i)` for any case) and need not match at the
 * start. Backslashes: write sources with `String.raw`.
 *
 * Named groups fill the answer. Names of Subject fields (`kind namespace name key env host port path image`) go to the subject, any
 * other name goes to `details` (`user`, `database`, `verb`, `resource`, `sqlstate`, `library`, …). A value that lacks the form of what
 * it claims to be (a `host` that is no host name, a `port` that is no number) is dropped: a piece of a password must never be shown
 * as a host. `address` stands for `host:port`, also with brackets or a leading slash, and is split.
 *
 * A group name may be used once in an expression; further places for the same field are called `host2`, `path2`, ….
 * The expression is taken apart at its outermost `|`, and a part is tried only where its longest fixed text is in the line: write long
 * alternatives at the outermost level, and flags such as `(?i)` at the very beginning. A pattern is not tried on a line that an earlier
 * one has already settled for the same cause, with its target.
 *
 * Repeat with `*` or `*?`, not with `{0,200}`: counted repetition of many is slow, and the text is short anyway.
 *
 * Ranking needs no numbers from the author: where the match stands (last run, root of the fatal block, level, whether the program
 * lived on after it) decides, then `confidence`, then `symptom`.
 */
import type { Confidence, Detail, Subject } from "../../model/report";

export interface Pattern {
  /** Kebab-case, unique over all patterns; of a product it starts with the product's name. */
  id: string;
  /** An id of the catalogue of causes. */
  cause: string;
  /** At least one must be in the line, compared in lower case, before the pattern is tried. Rare words of 4 characters or more. */
  literals: string[];
  /** Where one of these is in the line, compared in lower case, the pattern is not tried: RE2 has no look-around. */
  unless?: string[];
  /** One of these must be in the line as well, compared in lower case: for literals that are common words. */
  also?: string[];
  /** The line must hold a word of three capitals or more, as names of variables are. */
  capitals?: true;
  /** RE2 source. */
  pattern: string;
  /** How sure the wording alone is, standing in the right place. `certain` = right 99 times of 100. */
  confidence: Confidence;
  /** How many lines the pattern spans, joined by newlines, the one with the literal first. 1 where omitted; at most 6. */
  lines?: number;
  /** Subject fields that are always the same. */
  subject?: Partial<Subject>;
  /** Details that are always the same, e.g. `{ protocol: "postgresql" }`. */
  details?: Record<string, Detail>;
  /** The wording is of one product only: set in `products/`. */
  product?: true;
  /**
   * The line tells the cause although its level is info or warning (leader loss at level I). Without it, a match on such a line counts
   * only where nothing better is there.
   */
  quiet?: true;
  /** The program ends by this line, whatever is printed after it (nginx `[emerg]`, `FATAL CONFIG FILE ERROR`). */
  fatal?: true;
  /** Generic consequence (a time-out, "connection failed"): any other match of the same burst is nearer to the cause. */
  symptom?: true;
  /**
   * How the runtime maps the setting that the line names to an environment variable: `dotnet` `A:B` to `A__B`, `connection` `X` to
   * `ConnectionStrings__X`, `spring` `a.b-c` to `A_BC`, `quarkus` `a.b-c` to `A_B_C`. The name as printed becomes `key`.
   */
  mapping?: "dotnet" | "connection" | "spring" | "quarkus";
  /** Only a hint, for lines of level error and the root of an exception, where no other pattern matched. Used in `leads.ts` alone. */
  lead?: true;
  /** A line that it must match, as a program prints it, with invented names. */
  positive: string;
  /** A line that holds a literal, looks alike, and must not match. */
  negative: string;
}
