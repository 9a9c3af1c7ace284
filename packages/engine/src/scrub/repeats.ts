/** Values that were found once and come back where nothing announces them: whole, from their beginning, in base64, escaped. */
import { isHarmless } from "./harmless";
import { literalFinder, type Trigger } from "./literals";
import { isPlainWord } from "./looks";
import { startScan, type Mask } from "./scan";

/** A function that finds every place where one of the values stands again. */
export function repeatFinder(values: Map<string, string>): (text: string) => Mask[] {
  const forms: Form[] = [];
  for (const [value, kind] of values) if (isWorthSearching(value)) for (const form of formsOf(value)) forms.push({ form, literal: beginning(form), kind });
  if (forms.length === 0) return () => [];
  const triggers = forms
    .filter(({ literal }) => /^[\x20-\x7e]{3}/.test(literal))
    .map(({ form, literal, kind }): Trigger => ({ literal, exact: true, found: (scan, at) => repeated(scan.masks, scan.text, at, form, literal, kind) }));
  const others = triggers.length < forms.length ? forms.filter(({ literal }) => !/^[\x20-\x7e]{3}/.test(literal)) : [];
  let finder: ReturnType<typeof literalFinder> | undefined;
  return (text) => {
    const scan = startScan(text, () => {});
    const isShort = text.length < 8192;
    for (const { form, literal, kind } of isShort ? forms : others) {
      for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) repeated(scan.masks, text, at, form, literal, kind);
    }
    if (!isShort) (finder ??= literalFinder(triggers)).run(scan, () => {});
    return scan.masks;
  };
}

interface Form {
  form: string;
  /** What is searched: six tenths of a secret are the secret, since what follows is often cut or masked by the program itself. */
  literal: string;
  kind: string;
}

function beginning(form: string): string {
  return form.slice(0, Math.max(Math.min(form.length, 6), Math.ceil(form.length * 0.6)));
}

function repeated(masks: Mask[], text: string, at: number, form: string, literal: string, kind: string): void {
  let length = literal.length;
  while (length < form.length && text[at + length] === form[length]) length++;
  if (length >= 8 || length === form.length) masks.push({ start: at, end: at + length, kind });
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
