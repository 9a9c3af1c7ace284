/** Cuts a stream into runs: the same banner again, or a supervisor that starts the program again. The last run counts. */
import { type Line, isBad } from "./line";

const starts =
  /^(?:Starting gunicorn|PostgreSQL Database directory appears|oO0OoO0OoO0Oo Redis is starting|> \S+@\S+ \w+|\/docker-entrypoint\.sh: (?:Configuration|\/docker-entrypoint\.d\/ is not empty)|.{0,40}Starting \w+(?:Application|App|Kt)? .{0,60}using Java|\[Entrypoint\]: Entrypoint script for|Entrypoint script for M|starting Grafana|Starting Prometheus|Started server process \[1\]|Starting OpenBSD|fpm is running, pid 1|Picked up JAVA_TOOL_OPTIONS)/;
const ends = /^(?:Stream closed EOF for|[\w.-]{1,80} exited with code \d+)/;
const access = /\b(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS) \//;

/** Digits, hex and quoted values masked: the same message again looks the same. */
export function shape(text: string): string {
  return text
    .slice(0, 160)
    .replace(/0x[0-9a-f]+|\b[0-9a-f]{8,}\b/g, "#")
    .replace(/\d+/g, "#");
}

/** Index at which the last run begins; 0 where there is one run. */
export function lastRun(lines: Line[]): number {
  let from = 0;
  for (let i = lines.length - 2; i > 0; i--) {
    const { text } = lines[i]!;
    if (starts.test(text) && i > 2) {
      const mask = shape(text);
      let first = i;
      for (let k = 0; k < i; k++)
        if (shape(lines[k]!.text) === mask) {
          first = k;
          break;
        }
      if (first < i) {
        // A banner of several lines: the run begins with the first of them.
        from = i;
        while (from > 0 && starts.test(lines[from - 1]!.text)) from--;
        break;
      }
    }
    if (ends.test(text) && i < lines.length - 1) {
      from = i + 1;
      break;
    }
  }
  return Math.max(from, byBanner(lines));
}
/** The first two lines again, next to each other. */
function byBanner(lines: Line[]): number {
  if (lines.length < 6) return 0;
  const first = shape(lines[0]!.text);
  const second = shape(lines[1]!.text);
  if (first.length < 8 || first === second || isBad(lines[0]!.level) || access.test(lines[0]!.text) || access.test(lines[1]!.text)) return 0;
  const begins = lines[0]!.text.charCodeAt(0);
  const isDigit = (code: number): boolean => code >= 48 && code <= 57;
  let last = 0;
  let count = 0;
  for (let i = 3; i < lines.length - 1; i++) {
    const code = lines[i]!.text.charCodeAt(0);
    if (code !== begins && !(isDigit(code) && isDigit(begins))) continue;
    if (lines[i]!.text.length > 2000 || shape(lines[i]!.text) !== first || shape(lines[i + 1]!.text) !== second) continue;
    if (i - last < 3) return 0;
    last = i;
    count++;
  }
  return count <= 12 ? last : 0;
}
