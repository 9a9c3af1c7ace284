/** Where a secret may stand: in logs of many notations, in events, arguments, environment and annotations, and once more encoded. */
import type { Random } from "./random";

export interface PlacedObject {
  kind: string;
  [field: string]: unknown;
}
export interface Place {
  name: string;
  /** A text for `admit`, or an object for `admitObject`. */
  put: (shown: string, r: Random) => string | Uint8Array | PlacedObject;
}
const noise = [
  "2026-03-01T10:00:00Z INFO starting shop-api 1.4.2",
  "listening on :8080",
  "connected to db:5432 as app",
  'level=info msg="ready" id=8e557245-73e2-4286-969a-ff57fe326336',
];
const around = (line: string, r: Random): string => `${r.pick(noise)}\n${line}\n${r.pick(noise)}\n`;
const pod = (container: object, more: object = {}): PlacedObject => ({
  kind: "Pod",
  metadata: { name: "api-7d9f8c6b5-x2k4q", namespace: "shop" },
  spec: { containers: [{ name: "api", image: "shop/api:1.4.2", ...container }] },
  ...more,
});
const percent = (text: string): string => encodeURIComponent(text);

const stamp = (r: Random): string => `2026-03-01T10:00:00.${r.word(9, "digits")}Z stdout`;
function criLines(line: string, r: Random): string {
  const at = r.int(line.length);
  return at === 0 ? `${stamp(r)} F ${line}` : `${stamp(r)} P ${line.slice(0, at)}\n${stamp(r)} F ${line.slice(at)}`;
}

export const places: Place[] = [
  { name: "plain log", put: around },
  {
    name: "prefixed log",
    put: (s, r) =>
      around(
        s
          .split("\n")
          .map((line) => `api-1  | ${line}`)
          .join("\n"),
        r,
      ),
  },
  { name: "error line", put: (s, r) => around(`2026-03-01T10:00:01.123Z ERROR [main] c.e.Shop - ${s}`, r) },
  { name: "json log", put: (s, r) => around(JSON.stringify({ level: "error", msg: s, time: 1772359200 }), r) },
  { name: "json in json", put: (s, r) => around(JSON.stringify({ log: JSON.stringify({ msg: s }) }), r) },
  { name: "logfmt", put: (s, r) => around(`ts=2026-03-01T10:00:00Z level=error err=${JSON.stringify(s)}`, r) },
  { name: "coloured", put: (s, r) => around(`\u001b[31mERROR\u001b[0m ${s.replace(/^(.{3})/, "$1\u001b[1m\u001b[0m")}`, r) },
  {
    name: "cri split",
    put: (s, r) =>
      s
        .split("\n")
        .map((line) => criLines(line, r))
        .join("\n"),
  },
  { name: "utf-16", put: (s, r) => new Uint8Array(Buffer.from(`\ufeff${around(s, r)}`, "utf16le")) },
  { name: "base64", put: (s, r) => around(`payload: ${Buffer.from(s.length < 6 ? `${s}      ` : s).toString("base64")}`, r) },
  { name: "url-encoded", put: (s, r) => around(`GET /callback?state=${percent(s)} 400`, r) },
  {
    name: "event",
    put: (s) => ({ kind: "Event", metadata: { name: "api.17", namespace: "shop" }, reason: "Failed", message: `Error: failed to start container: ${s}` }),
  },
  { name: "argument", put: (s) => pod({ args: ["sh", "-c", s] }) },
  { name: "environment", put: (s) => pod({ env: [{ name: "OPTIONS", value: s }] }) },
  { name: "annotation", put: (s) => pod({}, { metadata: { name: "api", annotations: { "example.com/config": s } } }) },
  { name: "status message", put: (s) => pod({}, { status: { containerStatuses: [{ name: "api", lastState: { terminated: { exitCode: 1, message: s } } }] } }) },
  { name: "config", put: (s) => ({ kind: "ConfigMap", metadata: { name: "api" }, data: { "app.conf": `# settings\n${s}\n` } }) },
];
