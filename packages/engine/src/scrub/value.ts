/** Where a value ends that stands behind a key. */

export interface Value {
  start: number;
  /** Exclusive; without the closing quote. */
  end: number;
  quoted: boolean;
}
export interface ValueStyle {
  /** Part of a URL's query: `&` ends it. */
  query?: boolean;
  /** Command line: a comma or semicolon belongs to the value. */
  argument?: boolean;
  /** The text around is percent-encoded: `%26` and `%20` end the value. */
  encoded?: boolean;
}
const longest = 8192;
/** What a language prints between a key and the quoted value: Rust's `Some(`, spew's `(string) (len=18)`, Python's `b`, a list's bracket. */
const wrapper = /(?:\(string\) ?(?:\(len=\d{1,6}\) ?)?|string\(\d{1,6}\) |[A-Z][A-Za-z]{1,20}\(|[bur]|&|@|\[ ?|!!str )(?=\\{0,7}["'`])|\[(?=[^\s[\]{}"'])/y;

/** Reads the value at `at`, past its opening quote at whatever depth of escaping. Null where nothing stands there. */
export function readValue(text: string, at: number, style: ValueStyle = {}): Value | null {
  let start = at;
  wrapper.lastIndex = start;
  const wrapped = wrapper.exec(text);
  if (wrapped) start += wrapped[0].length;
  let slashes = 0;
  while (slashes < 8 && text[start + slashes] === "\\") slashes++;
  const quote = text[start + slashes];
  if (quote === '"' || quote === "'" || quote === "`") {
    const from = start + slashes + 1;
    return { start: from, end: closingQuote(text, from, quote, slashes), quoted: true };
  }
  const end = bareEnd(text, start, style);
  return end > start ? { start, end, quoted: false } : null;
}

function closingQuote(text: string, from: number, quote: string, depth: number): number {
  const limit = Math.min(text.length, from + longest);
  let slashes = 0;
  for (let i = from; i < limit; i++) {
    const letter = text[i]!;
    if (letter === "\\") slashes++;
    else {
      if (letter === quote && (depth === 0 ? slashes % 2 === 0 : slashes <= depth)) return i - (depth === 0 ? 0 : slashes);
      if (letter === "\n") return i;
      slashes = 0;
    }
  }
  return limit;
}

const separator = /[,;] ?["']?[A-Za-z_][\w .-]{0,40}["']?[=:]/y;
const closers: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

function bareEnd(text: string, start: number, style: ValueStyle): number {
  const limit = Math.min(text.length, start + longest);
  let i = start;
  for (; i < limit; i++) {
    const letter = text[i]!;
    if (letter <= " ") break;
    if (isWordLetter(letter)) continue;
    const next = text[i + 1] ?? "\n";
    if ((letter === '"' || letter === "'" || letter === "`") && !isWordLetter(next)) break;
    if (letter === "\\" && (next === '"' || next === "'" || next === "n" || next === "r" || next === "t" || text.startsWith("\\u0026", i))) break;
    if (letter === "&" && (style.query || /^&(?:amp;)?[A-Za-z_][\w.-]{0,40}=/.test(text.slice(i, i + 50)))) break;
    if ((letter === "#" && style.query) || (letter === "%" && style.encoded && /^%(?:2[06]|0[AaDd]|3[bB])/.test(text.slice(i, i + 3)))) break;
    if ((letter === "," || letter === ";") && !style.argument) {
      if (next <= " " || next === '"' || next === "'" || next === "}" || next === ")" || next === "]") break;
      separator.lastIndex = i;
      if (separator.test(text)) break;
    }
    if (letter === "<" && next === "/") break;
    if (letter in closers && (next <= " " || ",;.:)]}\"'`\\".includes(next)) && !text.slice(Math.max(start, i - 200), i).includes(closers[letter]!)) break;
  }
  while (i > start && ".,;:".includes(text[i - 1]!)) i--;
  return i;
}

export function isWordLetter(letter: string): boolean {
  const code = letter.charCodeAt(0);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || (code > 127 && code !== 171 && code !== 187);
}
