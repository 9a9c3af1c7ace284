/** Strips what stands before the message: time stamps, levels, process ids, loggers. One prefix at a time, from the left. */
import { type Level, levelOf } from "./line";

export interface Stripped {
  text: string;
  level: Level | null;
  time: string | null;
  /** Written by a server about the session of one client: its FATAL ends that session only. */
  session?: boolean;
}

// Time stamps as loggers write them. Each is anchored, bounded and without nested repetition.
const iso =
  /^[[(]?(\d{4})[-/.](\d{2})[-/.](\d{2})[T ,_:]{1,2}(\d{1,2}):(\d{2}):(\d{2})(?:[.,:](\d{1,9}))?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?(?: ?[A-Z]{3,4}(?= \[))?[\])]?[:|,;]?/;
const stamps: RegExp[] = [
  /^[[(]?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}[\])]?[ ,T]{1,2}[[(]?\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: ?[AP]M)?[\])]?(?: [+-]\d{4})?[:|-]?/,
  /^[[(]?\d{1,2}[-/ ][A-Z][a-z]{2}[-/ ]\d{2,4}[ :]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: [+-]\d{4}| [A-Z]{3})?[\])]?:?/,
  /^[[(]?\d{4}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?[\])]?/,
  /^(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?: [A-Z]{3,4})? \d{4} -/,
  /^[A-Z][a-z]{2} {1,2}\d{1,2}, \d{4} \d{1,2}:\d{2}:\d{2} [AP]M/,
  /^[[(]?\d{1,2}:\d{2}:\d{2}(?:[.,:]\d{1,9})?(?: ?[AP]M)?(?:[\])](?!:)|(?=[ |\t]))/,
  // vLLM: month, day and time, no year.
  /^\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?= )/,
  /^\d\.\d{6,12}e\+09(?=\t)/,
  /^\[ {0,8}\d{1,9}\.\d{3,6}s?\]/,
  /^\d{10}(?:\.\d{1,9})?(?=[ \t:])/,
];
const klog = /^([IWEF])(\d{4} \d{2}:\d{2}:\d{2}\.\d{6}) {1,9}\d{1,9} [\w./@-]{1,120}:\d{1,6}\] ?/;
const syslog = /^[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})? [\w.-]{1,64} [\w./-]{1,48}(?:\[\d{1,8}\])?: /;
const process = /^[a-z][\w.-]{0,40}\[\d{1,8}\]: /;
const redis = /^\d{1,8}:(?:[A-Z]|signal-handler) (?:\(\d{1,12}\) |\d{2} [A-Z][a-z]{2} (?:\d{4} )?\d{2}:\d{2}:\d{2}\.\d{3} )([*#.-]) /;
const spring = /^ *([A-Z]{4,5}) \d{1,9} --- (?:\[[^\]]{0,80}\] ?){1,3}[\w.$[\]/-]{1,120} *: /;
const ruby = /^([DIWEFA]), \[[^\]]{10,60}\] {1,2}[A-Z]{3,7} -- [^:]{0,80}: /;
const rubyTagged = /^pid=\d{1,8}(?: tid=\w{1,12})?(?: class=\S{1,80})?(?: jid=\S{1,40})? ([A-Z]{4,5}): /;
const pgSession = /^(?:UTC |GMT |[A-Z]{3,4} )?\[\d{1,9}(?:-\d{1,6})?\](?:: \[[\d-]{1,12}\])? (?:[\w.-]{1,64}@[\w.-]{1,64} )?(?=[A-Z]{3,9}: )/;
const pythonLogger = /^[ ,]{0,2}(?:- )?[\w.<>-]{1,80}(?:[ :]{1,2}[-:] ?|:)([A-Z]{4,8})(?:[ :]{1,2}- ?|:) ?/;
const ids = /^\[?(?:\d{1,9}|\d{1,6}#\d{1,6}|[0-9a-f]{8,36})[\]:](?: ?\*\d{1,9})? ?/;
const shortId = /^\d{1,8} (?=\[)/;
const group = /^\[([^\][\n]{0,80})\] ?/;
const wrapper = /^\((?:[A-Za-z][\w-]{0,40} pid=\d{1,9}(?:, ip=[\da-f.:]{3,39})?|[A-Za-z]\w{0,30} \d{1,9})\) /;
const levelWord = /^[<|( ]{0,2}([A-Za-z]{3,11})(?:[>|):\]/]{1,2}(?=[\s|[(]|$)|(?=[ \t]{1,8}\S)|,(?= ))/;
const logger = /^(?:[a-z][\w$]{0,40}\.){2,9}[\w$]{1,60}(?:\[\d{1,6}\])? {0,9}(?:: |- |\| )/;
/** `botocore.exceptions.ClientError: …` names what was thrown, not who logs. */
const thrown = /(?:Error|Exception|Forbidden|Unauthorized|Refused|Denied|Timeout|NotFound|Unavailable)(?:: | - )$/;
const monolog = /^[a-z]\w{1,30}\.(DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY): /;
const caller = /^[\w./-]{1,80}\.(?:go|rs|py|cc|cpp|c|java|js|ts):\d{1,6}[\])]? ?(?:[-:|] )?/;

const lettered: Record<string, Level> = { I: "info", W: "warn", E: "error", F: "fatal", D: "debug", A: "error" };

/** Takes prefixes off, at most ten. A level is only taken where the form or the word says that it is one. */
export function stripPrefixes(line: string): Stripped {
  let text = line;
  let level: Level | null = null;
  let time: string | null = null;
  let session = false;
  for (let round = 0; round < 10 && text.length > 0; round++) {
    const first = text.charCodeAt(0);
    if (first === 32 || first === 9) {
      if (round === 0) break;
      text = text.trimStart();
      if (!text) break;
    }
    let found: RegExpExecArray | null = null;
    const code = text.charCodeAt(0);
    const digit = (code >= 48 && code <= 57) || ((code === 91 || code === 40) && text.charCodeAt(1) >= 48 && text.charCodeAt(1) <= 57);
    if (digit) {
      if ((found = iso.exec(text))) {
        time ??= `${found[1]}${found[2]}${found[3]}${found[4]!.padStart(2, "0")}${found[5]}${found[6]}${(found[7] ?? "").padEnd(9, "0")}`;
        text = text.slice(found[0].length);
        continue;
      }
      if ((found = redis.exec(text))) {
        level ??= found[1] === "#" ? "warn" : "info";
        return { text: text.slice(found[0].length), level, time };
      }
      let cut = false;
      for (const stamp of stamps) {
        if (!(found = stamp.exec(text))) continue;
        text = text.slice(found[0].length);
        cut = true;
        break;
      }
      if (cut) continue;
      if (round > 0 && (found = pgSession.exec(text))) {
        session = !found[0].includes("[1]");
        text = text.slice(found[0].length);
        continue;
      }
      if (round > 0 && (found = ids.exec(text) ?? shortId.exec(text))) {
        text = text.slice(found[0].length);
        continue;
      }
    }
    if ((found = klog.exec(text))) {
      return { text: text.slice(found[0].length), level: lettered[found[1]!]!, time: time ?? found[2]!.replace(/\D/g, "") };
    }
    if ((found = ruby.exec(text))) return { text: text.slice(found[0].length), level: lettered[found[1]!]!, time };
    if ((found = rubyTagged.exec(text))) return { text: text.slice(found[0].length), level: levelOf(found[1]!), time };
    if ((found = syslog.exec(text) ?? process.exec(text))) {
      text = text.slice(found[0].length);
      continue;
    }
    for (const stamp of [stamps[3]!, stamps[4]!]) if ((found = stamp.exec(text))) break;
    if (found) {
      text = text.slice(found[0].length);
      continue;
    }
    if (round > 0 && (found = spring.exec(text))) {
      level ??= levelOf(found[1]!);
      text = text.slice(found[0].length);
      break;
    }
    if (round > 0 && (found = pgSession.exec(text))) {
      session = !found[0].includes("[1]");
      text = text.slice(found[0].length);
      continue;
    }
    if ((found = pythonLogger.exec(text)) && levelOf(found[1]!)) {
      level ??= levelOf(found[1]!);
      text = text.slice(found[0].length);
      break;
    }
    if ((found = wrapper.exec(text))) {
      text = text.slice(found[0].length);
      continue;
    }
    if (code === 91 && !text.startsWith("[dumb-init]") && (found = group.exec(text))) {
      const word = found[1]!.trim();
      const named =
        levelOf(word) ??
        levelOf(word.slice(word.lastIndexOf(" ") + 1)) ??
        (/^[A-Z]{4,8}[/|\s\d-]/.test(word) && word.length < 60 ? levelOf(word.slice(0, word.search(/[^A-Z]/))) : null);
      if (named) level ??= named;
      else if (/^[A-Z]\w*(?:Error|Exception|Rejection): /.test(word) || (round === 0 && !/^[\w.:/@ -]{1,80}$/.test(word))) break;
      text = text.slice(found[0].length);
      continue;
    }
    if ((found = monolog.exec(text))) {
      level ??= levelOf(found[1]!);
      text = text.slice(found[0].length);
      break;
    }
    if ((found = levelWord.exec(text))) {
      const word = found[1]!;
      const named = levelOf(word);
      const upper = word === word.toUpperCase();
      // A lower-case or capitalised word is a level only where a colon, bracket or bar says so, or a time stamp stood before it.
      const marked = found[0].length > word.length + (/^[<|( ]/.test(found[0]) ? 1 : 0);
      if (
        named &&
        word !== "panic" &&
        (upper || marked || time !== null || round > 0) &&
        !(round === 0 && word === "Error" && marked) &&
        (level === null || upper)
      ) {
        level ??= named;
        text = text.slice(found[0].length);
        if (text.charCodeAt(0) === 58) text = text.slice(1);
        continue;
      }
    }
    if (round > 0 && (found = logger.exec(text) ?? caller.exec(text)) && !thrown.test(found[0])) {
      text = text.slice(found[0].length);
      continue;
    }
    if (round > 0 && (found = /^[-|›:»>] ?/.exec(text))) {
      text = text.slice(found[0].length);
      continue;
    }
    if (round > 0 && (found = /^ℹ {1,4}/.exec(text))) {
      text = text.slice(found[0].length);
      continue;
    }
    break;
  }
  return { text: text || line, level, time, ...(session ? { session } : {}) };
}
