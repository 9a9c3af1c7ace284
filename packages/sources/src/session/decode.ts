/** Bytes → text, and the sentence that says why something is no text that could be read. */

export interface Decoded {
  text: string;
  /** Why it can not be read; null where it is text. */
  reason: string | null;
}
const pictures: [string, RegExp][] = [
  ["a picture", /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM)/],
  ["a compressed file", /^(?:\x1f\x8b|PK\x03\x04|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd)/],
  ["a PDF", /^%PDF/],
  ["a program", /^(?:\x7fELF|MZ)/],
];
const base64Pictures = /^(?:data:image\/[a-z+]{2,10};base64,|iVBORw0KGgo|\/9j\/4|R0lGOD|UklGR|Qk[0-2])/;

function utf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 400);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] !== 0) continue;
    if (i % 2) odd++;
    else even++;
  }
  if (odd > sample.length * 0.35 && even < sample.length * 0.05) return "utf-16le";
  return even > sample.length * 0.35 && odd < sample.length * 0.05 ? "utf-16be" : null;
}

/** UTF-8, or UTF-16 as PowerShell's `>` writes it (with or without byte order mark). */
export function decodeText(input: string | Uint8Array): Decoded {
  if (typeof input === "string") return inspect(stripMark(input));
  const head = String.fromCharCode(...input.subarray(0, 16));
  const kind = pictures.find(([, magic]) => magic.test(head));
  const wide = utf16(input);
  if (kind && !wide) return { text: "", reason: `the input is ${kind[0]}, not text` };
  const bytes = wide && input.length % 2 ? input.subarray(0, input.length - 1) : input;
  return inspect(stripMark(new TextDecoder(wide ?? "utf-8").decode(bytes)));
}
function stripMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** NUL stands between all letters where UTF-16 was read as UTF-8. */
function unwiden(text: string): string {
  const sample = text.slice(0, 400);
  const zeros = sample.length - sample.replaceAll("\0", "").length;
  return zeros > sample.length * 0.3 ? text.replaceAll("\0", "") : text;
}

function inspect(raw: string): Decoded {
  const text = unwiden(raw);
  if (!text.trim()) return { text: "", reason: "the input is empty" };
  if (base64Pictures.test(text.trimStart().slice(0, 40)) && longestRun(text) > 200)
    return { text: "", reason: "the input is a picture in base64, not text: paste the text itself" };
  const sample = text.length > 60_000 ? text.slice(0, 20_000) + text.slice(text.length >> 1, (text.length >> 1) + 20_000) : text;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    const code = sample.charCodeAt(i);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 27 && code !== 8) || (code >= 0x7f && code < 0xa0)) odd++;
  }
  if (odd > sample.length * 0.1) return { text: "", reason: "the input is binary data, not text" };
  return { text, reason: null };
}
function longestRun(text: string): number {
  let longest = 0;
  for (const line of text.slice(0, 20_000).split("\n")) if (/^[A-Za-z0-9+/=:;,-]+\r?$/.test(line)) longest = Math.max(longest, line.length);
  return longest;
}
