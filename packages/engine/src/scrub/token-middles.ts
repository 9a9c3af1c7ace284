/** Tokens whose telling letters stand in the middle: the literal leads there, the rest is read to both sides. */
import type { Trigger } from "./literals";
import { mask, type Scan } from "./scan";

interface Middle {
  kind: string;
  literals: string[];
  /** Longest part before the literal. */
  before: number;
  /** Matches the text from `before` letters ahead of the literal to its end. */
  left: RegExp;
  /** Sticky, from the literal on. */
  right: RegExp;
}

const middles: Middle[] = [
  { kind: "token:telegram", literals: [":AA"], before: 14, left: /(?:^|[^\w]|bot)\d{6,12}$/, right: /:AA[A-Za-z0-9_-]{28,40}/y },
  {
    kind: "key:azure",
    literals: Array.from("0123456789", (digit) => `${digit}Q~`),
    before: 4,
    left: /(?:^|[^\w.~-])?[\w.~-]{3}$/,
    right: /\dQ~[\w.~-]{28,36}/y,
  },
  { kind: "token:mailchimp", literals: ["-us"], before: 33, left: /(?:^|[^0-9a-f])[0-9a-f]{32}$/, right: /-us\d{1,2}(?!\w)/y },
  { kind: "key:newrelic", literals: ["NRAL"], before: 41, left: /(?:^|[^0-9a-f])[0-9a-f]{36,40}$/, right: /NRAL/y },
  { kind: "token:atlas", literals: [".atlasv1."], before: 16, left: /[A-Za-z0-9]{14}$/, right: /\.atlasv1\.[A-Za-z0-9_=-]{40,80}/y },
];

export const middleTriggers: Trigger[] = middles.flatMap((middle) =>
  middle.literals.map((literal) => ({ literal, exact: true, found: (scan: Scan, at: number) => around(scan, at, middle) })),
);

function around(scan: Scan, at: number, { kind, before, left, right }: Middle): void {
  const { text } = scan;
  const ahead = left.exec(text.slice(Math.max(0, at - before), at));
  right.lastIndex = at;
  const found = ahead && right.exec(text);
  if (!found) return;
  const start = at - ahead[0].replace(/^(?:bot|[^\w.~-])/, "").length;
  mask(scan, start, at + found[0].length, kind);
}

/** The secret key of AWS has no shape but its length; beside its id that is enough. */
export function besideKeyId(scan: Scan, end: number): void {
  const found = /^[^A-Za-z0-9+/\n]{1,12}(?:[A-Za-z_]{4,24}["']?[=:, ]{1,4}["']?)?([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])/.exec(scan.text.slice(end, end + 100));
  if (found) mask(scan, end + found[0].length - 40, end + found[0].length, "key:aws");
}
