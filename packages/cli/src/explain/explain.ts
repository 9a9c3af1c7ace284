/** What `unloop explain THING` says: an exit code, a signal, a reason of Kubernetes, or the page of a cause. */
import { CommandError } from "../failure";
import { explainExitCode, signalNumber } from "./exit-codes";
import { reasons } from "./reasons";

/** Markdown about `thing`. `pages`: the page of each cause by its id. Throws {@link CommandError} where nothing is known. */
export function explain(thing: string, pages: Record<string, string>): string {
  const asked = thing.trim();
  const page = pages[asked] ?? pageByName(asked, pages);
  if (page) return page;
  const code = exitCodeOf(asked);
  if (code !== null) {
    const meaning = explainExitCode(code);
    if (meaning) return entry(`Exit code ${code}`, meaning, mentioning(String(code), pages));
  }
  const reason = Object.keys(reasons).find((name) => name.toLowerCase() === asked.toLowerCase());
  if (reason) return entry(`${reason} (${reasons[reason]!.where})`, reasons[reason]!.meaning, mentioning(reason, pages));
  const family = Object.keys(pages).filter((id) => id.startsWith(`${asked.replace(/\/$/, "")}/`));
  if (family.length) return entry(`Family ${asked}`, `${family.length} causes.`, family);
  throw new CommandError("thing-unknown", { thing: asked, near: near(asked, pages) });
}

function exitCodeOf(asked: string): number | null {
  const digits = /^(?:exit[ -]?(?:code)?[ -]?)?(-?\d{1,3})$/i.exec(asked)?.[1];
  if (digits !== undefined) return Number(digits);
  const signal = signalNumber(asked);
  return signal === null ? null : 128 + signal;
}

/** `secret-not-found` alone, where one family has it. */
function pageByName(asked: string, pages: Record<string, string>): string | undefined {
  const named = Object.keys(pages).filter((id) => id.endsWith(`/${asked}`));
  return named.length === 1 ? pages[named[0]!] : undefined;
}

/** Causes whose page names `word` under "What you see". */
function mentioning(word: string, pages: Record<string, string>): string[] {
  const whole = new RegExp(`(^|[^\\w-])${word}([^\\w-]|$)`, "m");
  return Object.keys(pages)
    .filter((id) => whole.test(seen(pages[id]!)))
    .sort();
}
function seen(page: string): string {
  const begin = page.indexOf("## What you see");
  const end = page.indexOf("\n## ", begin + 1);
  return begin < 0 ? "" : page.slice(begin, end < 0 ? undefined : end);
}

function entry(title: string, meaning: string, ids: string[]): string {
  const causes = ids.length ? ["", "## Causes that show so", "", ...ids.map((id) => `- ${id}`), "", "`unloop explain ID` tells more of one."] : [];
  return [`# ${title}`, "", meaning, ...causes, ""].join("\n");
}

function near(asked: string, pages: Record<string, string>): string {
  const words = asked
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2);
  const close = [...Object.keys(pages), ...Object.keys(reasons)].filter((name) => words.some((word) => name.toLowerCase().includes(word)));
  return close.length
    ? `did you mean: ${close.slice(0, 5).join(", ")}`
    : "try an exit code (137), a reason (CrashLoopBackOff), a signal (SIGTERM) or the id of a cause (config/secret-not-found)";
}
