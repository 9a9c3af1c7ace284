/**
 * Java and other JVM languages: a chain of `Caused by:`, the last one is the cause; `Wrapped by:` (root first) turns it round. The frame is
 * the first one of neither the JDK nor a known framework. Spring's `APPLICATION FAILED TO START` report beats the chain.
 */
import { type Block, type Link, type Reader, longestBlock } from "../block";
import type { Line } from "../line";

const name = String.raw`((?:[a-z_][\w$]*\.)+[A-Z][\w$]*)`;
const head = new RegExp(`^(?:.{0,120}?\\bException in thread "[^"]{0,120}" |.{0,80}?Uncaught exception[^:]{0,60}: )?${name}(?:: ?(.*))?$`);
const caused = new RegExp(`^(?:Caused by|Wrapped by|Suppressed): (?:${name}|([A-Z]\\w{2,60}(?:Exception|Error)))(?:: ?(.*))?$`);
const frame = /^at (?:[\w$.-]{1,200}\/{1,2}){0,3}[\w$.<>]{1,300}\(/;
const located = /^at (?:[\w.-]{1,80}@?[\w.-]{0,40}\/{1,2}){0,2}([\w$.]{1,300})\(([\w$-]{1,120}\.(?:java|kt|scala|groovy|clj)):(\d{1,6})\)/;
const foreign =
  /^(?:java|javax|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|clojure|org\.(?:springframework|hibernate|apache|postgresql|jboss|eclipse|junit|slf4j|elasticsearch|opensearch|flywaydb|liquibase|mariadb|mongodb|quartz)|io\.(?:netty|micronaut|quarkus|grpc|lettuce|vertx|smallrye|fabric8|undertow|reactivex|ktor)|com\.(?:zaxxer|mysql|fasterxml|google|oracle|microsoft|amazonaws|mongodb|rabbitmq|netflix|hazelcast)|ch\.qos|reactor|redis|software\.amazon|jakarta|okhttp3|akka|play)\./;
const more = /^\.{3} \d+ (?:more|common frames)/;
const isError = /(?:Exception|Error|Throwable|Failure|Fault|Timeout|Interrupt|Death)(?:\$\w+)?$/;

export const java: Reader = {
  name: "java",
  read(lines: Line[], at: number): Block | null {
    const text = lines[at]!.text;
    const found = head.exec(text);
    const first = found ? null : caused.exec(text);
    if (!found && !first) return null;
    const thread = text.includes("Exception in thread");
    const type = found ? found[1]! : (first![1] ?? first![2]!);
    if (!isError.test(type) && !thread) return null;
    const links: Link[] = [{ type, message: (found ? found[2] : first![3]) ?? "", at }];
    const said = [at];
    let frames = 0;
    let app: string | null = null;
    let rootFirst = false;
    let end = at + 1;
    let sinceLink = 0;
    for (; end < lines.length && end < at + longestBlock; end++) {
      const line = lines[end]!;
      const link = caused.exec(line.text);
      sinceLink++;
      if (link) {
        if (!line.text.startsWith("Suppressed")) links.push({ type: link[1] ?? link[2]!, message: link[3] ?? "", at: end });
        if (line.text.startsWith("Wrapped")) rootFirst = true;
        said.push(end);
        sinceLink = 0;
      } else if (frame.test(line.text)) {
        frames++;
        sinceLink = 100;
        const place = located.exec(line.text);
        if (place && !foreign.test(place[1]!)) app ??= `${place[1]!.split(".").slice(0, -1).join(".")}(${place[2]}:${place[3]})`;
      } else if (more.test(line.text)) sinceLink = 100;
      else if (sinceLink < 20 && line.level === null && line.time === null) said.push(end);
      else break;
    }
    if (frames === 0 && !thread && links.length === 1) return null;
    const root = rootFirst ? 0 : links.length - 1;
    return { runtime: "java", start: at, end, links, root, frame: app, fatal: thread, said };
  },
};

/** Spring Boot's FailureAnalyzer report: what stands between `Description:` and `Action:` is the cause in plain words. */
export const springReport: Reader = {
  name: "spring",
  read(lines: Line[], at: number): Block | null {
    if (lines[at]!.text !== "APPLICATION FAILED TO START") return null;
    const said: number[] = [];
    let end = at + 1;
    while (end < lines.length && end < at + 12 && lines[end]!.text !== "Description:") end++;
    if (lines[end]?.text !== "Description:") return null;
    end++;
    while (end < lines.length && end < at + 60 && lines[end]!.text !== "Action:" && lines[end]!.time === null) said.push(end++);
    if (said.length === 0) return null;
    const message = said.map((i) => lines[i]!.text).join(" ");
    while (end < lines.length && end < at + 80 && lines[end]!.time === null && lines[end]!.level === null) end++;
    return { runtime: "java", start: at, end, links: [{ type: null, message: message.slice(0, 1000), at: said[0]! }], root: 0, frame: null, fatal: true, said };
  },
};
