/** `command` and `args` are one command line: a client's name may stand in one and its password in the other. */
import { detectors } from "./detectors";
import { secretsOf } from "./scrub-text";

type Holder = Record<string, unknown>;

/** The holder of `command` and `args` with secrets masked that only the whole line shows; their values are added to `values`. */
export function commandWords(holder: Holder, values: Map<string, string>): Holder {
  const lists = ["command", "args"].filter((field) => Array.isArray(holder[field]));
  const words = lists.flatMap((field) => (holder[field] as unknown[]).map((word) => (typeof word === "string" ? word : "")));
  const line = words.join(" ");
  if (words.length < 2 || line.length > 65_536 || !detectors.touches(line)) return holder;
  const found = secretsOf(line);
  if (found.masks.length === 0) return holder;
  for (const [secret, kind] of found.values) if (values.size < 100) values.set(secret, kind);
  let at = 0;
  const masked = words.map((word) => {
    const start = at;
    at += word.length + 1;
    return maskedWord(word, start, found.masks);
  });
  const out = { ...holder };
  for (const field of lists) {
    const list = holder[field] as unknown[];
    out[field] = masked.splice(0, list.length).map((word, i) => (typeof list[i] === "string" ? word : list[i]));
  }
  return out;
}

function maskedWord(word: string, start: number, masks: { start: number; end: number; kind: string }[]): string {
  let out = "";
  let at = 0;
  for (const mask of masks) {
    const from = Math.max(0, mask.start - start);
    const to = Math.min(word.length, mask.end - start);
    if (from >= to) continue;
    out += `${word.slice(at, from)}«${mask.kind}»`;
    at = to;
  }
  return out + word.slice(at);
}
