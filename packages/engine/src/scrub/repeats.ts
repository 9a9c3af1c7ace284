/** Values that were found once and come back where nothing announces them: whole, from their beginning, in base64, escaped. */
import { isHarmless } from "./harmless";
import { literalFinder, type Trigger } from "./literals";
import { isPlainWord } from "./looks";
import type { Scan } from "./scan";

/** Masks every place where a value found elsewhere in the text stands again. */
export function repeats(scan: Scan): void {
  const triggers: Trigger[] = [];
  for (const [value, kind] of scan.values) if (isWorthSearching(value)) for (const form of formsOf(value)) triggers.push(repeatOf(form, kind));
  if (triggers.length > 0) literalFinder(triggers).run(scan, () => {});
}

/** Six tenths of a secret are the secret: what follows is often cut or masked by the program itself. */
function repeatOf(form: string, kind: string): Trigger {
  const literal = form.slice(0, Math.max(Math.min(form.length, 6), Math.ceil(form.length * 0.6)));
  return {
    literal,
    exact: true,
    found({ text, masks }, at) {
      let length = literal.length;
      while (length < form.length && text[at + length] === form[length]) length++;
      if (length < 8 && length < form.length) return;
      masks.push({ start: at, end: at + length, kind });
    },
  };
}

/** A password that is a word would black out the log. */
function isWorthSearching(value: string): boolean {
  if (value.length < 5 || value.length > 512 || isHarmless(value) || /^\d{1,5}$|[\n«]/.test(value)) return false;
  return !(isPlainWord(value) && value.length < 14 && !/[-_/'].*[-_/']/.test(value));
}

function formsOf(value: string): Set<string> {
  const forms = new Set([value, JSON.stringify(value).slice(1, -1), percentForm(value)]);
  const decoded = decodedForm(value);
  if (decoded.length >= 5) forms.add(decoded);
  for (const text of [value, decoded]) if (text.length >= 6) for (const shift of [0, 1, 2]) forms.add(base64Middle(text, shift));
  return new Set([...forms].filter((form) => form.length >= 5));
}

function percentForm(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value;
  }
}

function decodedForm(value: string): string {
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The letters of base64 that only this text decides, where `shift` bytes stand before it. */
function base64Middle(text: string, shift: number): string {
  const bytes = [...Array<number>(shift).fill(0), ...utf8(text)];
  let out = "";
  for (let bit = 0; bit + 6 <= bytes.length * 8; bit += 6) {
    const word = ((bytes[bit >> 3]! << 8) | (bytes[(bit >> 3) + 1] ?? 0)) >> (10 - (bit & 7));
    out += alphabet[word & 63];
  }
  return out.slice(Math.ceil((shift * 8) / 6));
}

function utf8(text: string): number[] {
  return [...percentForm(text).matchAll(/%([0-9A-F]{2})|([^%])/g)].map((found) => (found[1] ? Number.parseInt(found[1], 16) : found[2]!.charCodeAt(0)));
}
