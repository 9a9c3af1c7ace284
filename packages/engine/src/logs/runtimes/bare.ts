/** An exception in one line, without frames: what loggers keep of it, and what is left of a cut log. */
import type { Block, Reader } from "../block";
import type { Line } from "../line";

const word = String.raw`[A-Z]\w{1,60}(?:Error|Exception|Failure|Fault|Rejection|NotFound|Exit|Timeout|Refused|Denied|Locked|Invalid)\w{0,20}`;
/** `a.b.Name: text`, `A::NameError: text`, `NameError [CODE]: text`, `NameException (0x80004005): text`. */
const head = new RegExp(
  String.raw`^\[?((?:[a-z_][\w$]*\.){2,9}[A-Z][\w$]{2,60}|(?:[a-z_][\w$]*\.){0,9}(?:[A-Z]\w*(?:::|\\|\.)){0,6}${word})(?: \[\w{1,60}\])?(?:\s?\([^)]{1,40}\))?: (\S.*)$`,
);

export const bare: Reader = {
  name: "exception",
  read(lines: Line[], at: number): Block | null {
    const { text } = lines[at]!;
    const found = head.exec(text.length > 4000 ? text.slice(0, 4000) : text);
    // Who sends the reader to another line tells nothing himself.
    if (!found || /see (?:stack trace|root cause) ?\(?above/i.test(found[2]!)) return null;
    return {
      runtime: "exception",
      start: at,
      end: at + 1,
      links: [{ type: found[1]!, message: found[2]!, at }],
      root: 0,
      frame: null,
      fatal: false,
      said: [at],
    };
  },
};
