/** Base64 of text that holds a secret. */
import { mask, maxDepth, scanInside, type Scan } from "./scan";

const sextet = new Int8Array(128).fill(-1);
Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").forEach((letter, i) => (sextet[letter.charCodeAt(0)] = i));
const longestRun = 65_536;

/** At a run of base64 letters: opens it where it decodes to text, and masks the run if the text leaks or is `user:password`. */
export function encodedRun(scan: Scan, start: number, end: number): void {
  if (scan.depth >= maxDepth || end <= scan.covered) return;
  const stop = Math.min(end, start + longestRun);
  if (!decodesToText(scan.text, start, stop)) {
    if (isKeyMaterial(scan.text, start, stop)) mask(scan, start, end, "pem");
    return;
  }
  const text = decodeBase64(scan.text, start, stop);
  const kind = scanInside(scan, text)[0]?.kind ?? credentialsIn(scan, text, end);
  if (!kind) return;
  const after = kind === "token:discord" ? scan.text.slice(end, end + 50).search(/[^\w.-]|$/) : padding(scan.text, end);
  mask(scan, start, end + after, kind);
}

/** ASCII has a clear top bit in every byte, so four letters out of four betray it: this rejects almost every run in two steps. */
function decodesToText(text: string, start: number, end: number): boolean {
  const whole = start + Math.floor((end - start) / 4) * 4;
  for (let i = start; i < whole; i += 4) {
    if (sextet[text.charCodeAt(i)]! >= 32 || (sextet[text.charCodeAt(i + 1)]! & 8) !== 0 || (sextet[text.charCodeAt(i + 2)]! & 2) !== 0) return false;
  }
  return (end - start) % 4 !== 1;
}

export function decodeBase64(text: string, start: number, end: number): string {
  const letters: string[] = [];
  let bits = 0;
  let count = 0;
  for (let i = start; i < end; i++) {
    bits = ((bits << 6) | sextet[text.charCodeAt(i)]!) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      letters.push(String.fromCharCode((bits >> count) & 0xff));
    }
  }
  return letters.join("");
}

/** What a decoded run can hold without saying so: `user:password` (RFC 7617), `\0user\0password` (RFC 4616), a bot's id before its signature. */
function credentialsIn(scan: Scan, text: string, end: number): string | null {
  if (isUserAndPassword(text) || /^[^\0]{0,64}\0[^\0]{1,64}\0[^\0]{3,128}$/.test(text)) return "password";
  if (text.startsWith("openssh-key-v1\0")) return "pem";
  return /^\d{17,20}$/.test(text) && /^\.[\w-]{6}\.[\w-]{20,40}/.test(scan.text.slice(end, end + 50)) ? "token:discord" : null;
}

/** `user:password`, which is no `host:port`, image, time or path. */
export function isUserAndPassword(text: string): boolean {
  const parts = /^([\w.@+-]{1,64}):([!-~]{4,128})$/.exec(text.trim());
  return parts !== null && !/^\d+$|^\/\/|[{}"]/.test(parts[2]!);
}

/** DER of an RSA key or of PKCS#8, whose head is always the same (RFC 5208, RFC 8017). */
function isKeyMaterial(text: string, start: number, end: number): boolean {
  if (end - start < 200 || !text.startsWith("MII", start)) return false;
  const head = text.slice(start, start + 48);
  return head.includes("IBADANBgkqhkiG9w0BAQEFAASC") || head.includes("IBAAKC");
}

function padding(text: string, end: number): number {
  return text[end] !== "=" ? 0 : text[end + 1] === "=" ? 2 : 1;
}
