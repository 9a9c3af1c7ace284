/** What a log tells of normal life: where the program listens, what it was asked and answered, when it was ready. */
import type { LogLine, LogReading } from "../model/observation";
import { isHost, portOf } from "./forms";
import { type Line, isBad } from "./line";

export type Activity = Pick<LogReading, "listens" | "serves" | "requests" | "startedAfterSeconds">;

const most = 200;
const mostRequests = 500;

const agent = /"([^"]{0,200})"\s*(?:"[^"]{0,200}"\s*)?$/;
const combined = /"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/[^\s"]{0,300}) HTTP\/[\d.]{1,3}" (\d{3})\b/;
const plain = /^"?(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/[^\s"]{0,300})"? (?:HTTP\/[\d.]{1,3} )?(?:- |-> |=> |status[=: ])?(\d{3})\b/;
const gin = /\| {1,4}(\d{3}) \|.{1,80}\| {1,4}(?:GET|HEAD|POST|PUT|PATCH|DELETE) {1,8}"(\/[^"]{0,300})"/;
const aspnet = /Request finished (?:in .{1,30} )?HTTP\/[\d.]{1,3} [A-Z]{3,7} https?:\/\/[^/\s]{1,120}(\/\S{0,300}).{0,60}? - (\d{3})\b/;
const recordPath = /"(?:path|url|uri|request_uri|requestPath|RequestPath|http\.path|http\.target|target)"\s*:\s*"((?:https?:\/\/[^/"]{1,120})?\/[^"]{0,300})"/;
const recordStatus = /"(?:status|status_code|statusCode|StatusCode|http\.status_code|response_code|code)"\s*:\s*"?(\d{3})\b/;
const recordAgent = /"(?:user_agent|userAgent|user-agent|http_user_agent|UserAgent|User-Agent)"\s*:\s*\[?"([^"]{0,200})"/;
const pairPath = /\b(?:path|uri|url|request_uri)="?(\/[^\s"]{0,300})/;
const pairStatus = /\b(?:status|status_code|code)="?(\d{3})\b/;

const listening =
  /(?:listen(?:ing|s)?|serving|running|started|bound|ready|available|exposed?|accepting connections|server is up|up and running|starting|bind(?:ing)?|Tomcat (?:started|initialized)|Netty started|Undertow started|Jetty started|HTTP server|Serve)\b/i;
const notListening =
  /refus|fail|unable|cannot|can't|error|denied|in use|connect(?:ing|ed) to|upstream|retry|timed? ?out|forward(?:ing)? to|proxying|metrics pushed|client|waiting for/i;
const withHost = /(?:(https?|tcp|grpc):\/\/)?(\[[0-9a-fA-F:]{2,39}\]|[A-Za-z0-9*_.-]{1,253}|)(?::::?|:)(\d{2,5})(?![\d.:])/;
const portOnly = /\bports?(?:\(s\))?(?:[:=]| is| number)? ?["'[(]?(\d{2,5})\b(?! ?(?:ms|seconds|records|rows))(?: ?\((https?)|\/(https?|tcp))?/i;
const quotedAddress = /address "([^"]{1,64})", port (\d{2,5})/;
const clock = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}[.,\d]{0,10}(?:Z|[+-]\d{2}:\d{2})?|"(?:ts|time|pid|level)":[\d.]{1,20}/g;
const startedIn =
  /(?:start(?:ed|up)|ready|boot(?:ed)?|initiali[sz]ed|Startup completed|compiled|launched|listening|running)\b.{0,120}?\bin \[?(\d{1,9}(?:[.,]\d{1,6})?)\]? ?(ms|milliseconds|millis|s|sec|secs|seconds|m|min|minutes)\b/i;
const route = /(?:Mapped \{(\/[^,}\s]{0,200}),|\b(?:GET|HEAD|ANY|ALL) {1,20}(\/\S{0,200}) {1,40}(?:-->|->|=>)|(?:health|liveness|readiness|ready|metrics|probe)[\w ]{0,40} (?:at|on|under) (\/[\w/.-]{1,200})|beneath base path '(\/[^']{0,200})')/i; // prettier-ignore

/** Reads the activity of a log, in one pass. What is said first wins, but for the start: of several runs the last counts. */
export function readActivity(lines: Line[], show: (line: Line) => LogLine): Activity {
  const out: Activity = { listens: [], serves: [], requests: [], startedAfterSeconds: null };
  const ports = new Set<string>();
  const paths = new Set<string>();
  for (const line of lines) {
    const text = line.text.length > 600 ? line.text.slice(0, 600) : line.text;
    const asked = request(line, text);
    if (asked) {
      if (out.requests.length >= mostRequests) out.requests.splice(0, 100);
      out.requests.push({ ...asked, line: show(line) });
      const path = asked.path.split("?")[0]!;
      if (asked.status >= 200 && asked.status < 300 && !paths.has(path) && out.serves.length < most) {
        paths.add(path);
        out.serves.push({ path, line: show(line) });
      }
      continue;
    }
    if (isBad(line.level) || line.level === "warn") continue;
    const mapped = text.includes("/") ? route.exec(text) : null;
    const named = text.includes("route") ? /\broutes?:? ((?:\/[\w/.{}:-]{1,100}[, ]{0,2}){1,40})/i.exec(text) : null;
    for (const path of named?.[1]!.split(/[, ]+/).filter(Boolean) ?? [])
      if (!paths.has(path) && out.serves.length < most) {
        paths.add(path);
        out.serves.push({ path, line: show(line) });
      }
    if (mapped && out.serves.length < most) {
      const path = (mapped[1] ?? mapped[2] ?? mapped[3] ?? mapped[4])!;
      if (!paths.has(path)) {
        paths.add(path);
        out.serves.push({ path, line: show(line) });
      }
    }
    const whole = line.record === undefined ? text : line.record.slice(0, 1000).replace(clock, "");
    if (/\d/.test(whole) && listening.test(whole) && !notListening.test(whole) && out.listens.length < 40) {
      const place = listens(whole);
      if (place && !ports.has(`${place.address} ${place.port}`)) {
        ports.add(`${place.address} ${place.port}`);
        out.listens.push({ ...place, line: show(line) });
      }
    }
    if (text.includes(" in ")) {
      const started = startedIn.exec(text);
      if (started) {
        const value = Number(started[1]!.replace(",", "."));
        const unit = started[2]!.toLowerCase();
        out.startedAfterSeconds = unit.startsWith("mil") || unit === "ms" ? value / 1000 : unit.startsWith("m") ? value * 60 : value;
      }
    }
  }
  return out;
}
function request(line: Line, text: string): { path: string; status: number; userAgent: string | null } | null {
  if (line.record && (line.record.includes("status") || line.record.includes("ode"))) {
    const json = line.record.charCodeAt(0) === 123;
    const path = (json ? recordPath : pairPath).exec(line.record)?.[1];
    const status = (json ? recordStatus : pairStatus).exec(line.record)?.[1];
    if (path && status)
      return { path: path.replace(/^https?:\/\/[^/]{1,120}/, ""), status: Number(status), userAgent: recordAgent.exec(line.record)?.[1] ?? null };
  }
  if (!text.includes("/")) return null;
  // A TLS greeting that a plain HTTP server read as a request.
  let found = text.includes('"\\x16\\x03') ? /"(\\x16\\x03)\S{0,400}" (\d{3})\b/.exec(text) : null;
  if (!found && text.includes('"\\x16\\x03')) return { path: "\\x16\\x03", status: 400, userAgent: null };
  found ??= combined.exec(text);
  if (found) return { path: found[1]!, status: Number(found[2]), userAgent: agentOf(text) };
  if ((found = plain.exec(text))) return { path: found[1]!, status: Number(found[2]), userAgent: agentOf(text) };
  if (text.includes("|") && (found = gin.exec(text))) return { path: found[2]!, status: Number(found[1]), userAgent: null };
  if (text.startsWith("Request finished") && (found = aspnet.exec(text))) return { path: found[1]!, status: Number(found[2]), userAgent: null };
  return null;
}
function agentOf(text: string): string | null {
  const probe = /kube-probe\/[\d.+]{1,12}/.exec(text);
  if (probe) return probe[0];
  const found = agent.exec(text);
  return found && found[1] !== "-" && !/^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /.test(found[1]!) ? found[1]! : null;
}
function listens(text: string): { address: string | null; port: number; tls: boolean | null } | null {
  const tls = /https|\btls\b|\bssl\b|secure(?:ly)?/i.test(text) ? true : /http:\/\//i.test(text) ? false : null;
  let found = quotedAddress.exec(text);
  if (found) return { address: found[1]!, port: Number(found[2]), tls };
  found = withHost.exec(text);
  if (found) {
    const port = portOf(found[3]!);
    const host = found[2]!.replace(/^\[|\]$/g, "");
    const address = host === "" || host === "*" ? null : isHost(host) || /^[0-9a-fA-F:]+$/.test(host) ? host : null;
    const clock = /^\d{1,2}$/.test(host);
    if (port && !clock) return { address, port, tls: found[1] === "https" ? true : tls };
  }
  found = portOnly.exec(text) ?? /\blisten(?:ing|s)? (?:on|at) (\d{2,5})\b/i.exec(text);
  const port = found ? portOf(found[1]!) : null;
  return port ? { address: null, port, tls: found![2] === "https" || found![3] === "https" ? true : tls } : null;
}
