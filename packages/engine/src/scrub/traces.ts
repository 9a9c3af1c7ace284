/** Arguments that stack traces and client libraries print. */
import { isHarmless } from "./harmless";
import { mask, type Scan } from "./scan";

const quoted = /'((?:[^'\\\n]|\\.){0,200})'|"((?:[^"\\\n]|\\.){0,200})"/g;

/** PHP frames: `PDO->__construct('dsn', 'user', 'FIRST 15 CHARS...')`, `mysqli_connect(host, user, password)`, `ldap_bind(object, dn, password)`. */
export function phpFrame(scan: Scan, at: number): void {
  const { text } = scan;
  const open = text.indexOf("(", at);
  if (open < 0 || open - at > 40) return;
  const found = [...text.slice(open, endOfCall(text, open)).matchAll(quoted)];
  const isBind = /^ldap_bind|^ftp_login|^ssh2_auth_password/.test(text.slice(at, at + 20));
  const isAuth = /^->(?:auth|rawCommand)/.test(text.slice(at, at + 14));
  const isStore =
    /^[a-z_]{2,10}:/.test(found[0]?.[1] ?? "") || /^mysqli?|^oci_/i.test(text.slice(at, at + 8)) || /PDO|mysqli/i.test(text.slice(Math.max(0, at - 12), at));
  const wanted = isAuth
    ? found.at(-1)
    : isBind
      ? found.length >= 2
        ? found.at(-1)
        : undefined
      : isStore
        ? found[text.startsWith("oci_", at) ? 1 : 2]
        : undefined;
  if (!wanted) return;
  const inner = wanted[1] ?? wanted[2] ?? "";
  const content = inner.replace(/\.{3}$/, "");
  const start = open + wanted.index + 1;
  if (content.length > 1 && !/^\*+$/.test(content)) mask(scan, start, start + content.length, "password");
}

function endOfCall(text: string, open: number): number {
  const limit = Math.min(text.length, open + 700);
  let depth = 0;
  for (let i = open; i < limit && text[i] !== "\n"; i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")" && --depth === 0) return i;
  }
  return limit;
}

const authArguments = /["']?name["']?: ?\\?["']auth\\?["'],?\s{0,20}["']?args["']?: ?\[([^\]]{0,400})\]/iy;

/** `command: { name: 'auth', args: [ 'user', 'password' ] }` of Node clients for Redis: the last argument is the password. */
export function clientCommand(scan: Scan, at: number): void {
  authArguments.lastIndex = at;
  const found = authArguments.exec(scan.text);
  const last = found ? [...found[1]!.matchAll(quoted)].at(-1) : undefined;
  if (!found || !last) return;
  const start = at + found[0].length - 1 - found[1]!.length + last.index + 1;
  mask(scan, start, start + last[0].length - 2, "password");
}

const userAndPassword = /(?:auth|login|authenticate|credentials)(?:=| = )?\(\s?\\?["'][^"'\\\n]{1,64}\\?["'],\s?\\?["']([^"'\\\n]{3,200})/iy;

/** `HTTPBasicAuth('user', 'password')`, `auth=("user", "password")`, `login('user', 'password')`. */
export function callWithPassword(scan: Scan, at: number): void {
  userAndPassword.lastIndex = at;
  const found = userAndPassword.exec(scan.text);
  if (found && !isHarmless(found[1]!)) mask(scan, userAndPassword.lastIndex - found[1]!.length, userAndPassword.lastIndex, "password");
}
