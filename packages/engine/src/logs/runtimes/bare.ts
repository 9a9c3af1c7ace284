/** An exception in one line, without frames: what loggers keep of it, and what is left of a cut log. */
import type { Block, Reader } from "../block";
import type { Line } from "../line";

const head =
  /^(?:(?:[a-z_][\w$]*\.){1,9}|(?:[A-Z]\w*(?:::|\\)){1,6}|\[)?([A-Z]\w{1,60}(?:Error|Exception|Failure|Fault|Rejection|NotFound|Exit|Timeout|Refused|Denied|Locked|Invalid)\w{0,20})(?: \[\w{1,60}\])?(?:\s?\([^)]{1,40}\))?: (\S.*)$/;

export const bare: Reader = {
  name: "exception",
  read(lines: Line[], at: number): Block | null {
    const { text } = lines[at]!;
    const found = head.exec(text.length > 4000 ? text.slice(0, 4000) : text);
    if (!found) return null;
    const type = text.slice(0, text.indexOf(found[1]!) + found[1]!.length).replace(/^\[/, "");
    return { runtime: "exception", start: at, end: at + 1, links: [{ type, message: found[2]!, at }], root: 0, frame: null, fatal: false, said: [at] };
  },
};
