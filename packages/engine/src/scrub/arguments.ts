/** Command lines of clients that take a password without saying so. */
import { isHarmless } from "./harmless";
import { lineStart, mask, type Scan } from "./scan";

interface Client {
  names: string;
  /** Flags whose next word is the secret. */
  flags?: RegExp;
  /** Flags that the secret is glued to; group 1 is the secret. */
  glued?: RegExp;
  /** The next word is `user:password` (or another sign); group 1 is the password. */
  pair?: { flags: RegExp; shape: RegExp };
  /** How many words after the name (or after its last flag) the secret stands, for positional arguments. */
  position?: number;
}
const userPassword = /^[^:]{0,64}:(.{1,256})$/;
const clients: Client[] = [
  { names: "mysql |mysql'|mysql\"|mysqldump|mysqladmin|mysqlsh|mysqlcheck|mysqlimport|mariadb-|mariadb |mariadb'|mariadb\"", glued: /^-p(.{1,128})$/ },
  { names: "redis-cli|valkey-cli|redis-server|redis-benchmark", flags: /^(?:-a|--pass|--requirepass|--masterauth)$/ },
  { names: "sshpass", flags: /^-p$/, glued: /^-p(.{1,128})$/ },
  { names: "curl ", pair: { flags: /^(?:-u|--user|-U|--proxy-user)$/, shape: userPassword }, glued: /^-u[^:]{1,64}:(.{1,256})$/ },
  { names: "curl'|curl\"", pair: { flags: /^(?:-u|--user|-U|--proxy-user)$/, shape: userPassword } },
  {
    names: "docker login|podman login|registry login|auth login|buildah login|nerdctl login|skopeo",
    flags: /^(?:-p|--password)$/,
    pair: { flags: /^--(?:src-|dest-)?creds$/, shape: userPassword },
  },
  { names: "ldapsearch|ldapmodify|ldapadd|ldapwhoami|ldapdelete|ldappasswd", flags: /^-[ws]$/, glued: /^-w(.{1,128})$/ },
  { names: "smbclient|mount.cifs", pair: { flags: /^-U$/, shape: /^[^%]{1,64}%(.{1,256})$/ } },
  { names: "htpasswd", position: 3 },
  { names: "openssl ", flags: /^-(?:k|K)$/, pair: { flags: /^-pass(?:in|out)?$/, shape: /^pass:(.{1,256})$/ } },
  { names: "sqlcmd|bcp |tsql|mosquitto_pub|mosquitto_sub|ipmitool|zip -", flags: /^-P$/, glued: /^-P(.{2,128})$/ },
  { names: "sqlplus|expdp|impdp|sqlldr", pair: { flags: /^(?:sqlplus|expdp|impdp|sqlldr|-[sSL])$/, shape: /^[\w$#"]{1,64}\/([^@\s]{1,128})/ } },
  {
    names: 'cqlsh|mongosh|mongodump|mongorestore|mongoexport|mongo -|mongo "|rabbitmqadmin|beeline|sqsh|influx |nodetool',
    flags: /^(?:-p|-pw|--password)$/,
    glued: /^-p(?!ort)([^-].{3,128})$/,
  },
  { names: "add_user|change_password|authenticate_user", position: 2 },
  { names: "etcdctl|crictl|nats ", pair: { flags: /^(?:--user|--creds)$/, shape: userPassword }, glued: /^--(?:user|creds)=[^:]{1,64}:(.{1,256})$/ },
  { names: "vault login|vault unseal|operator unseal", position: 2 },
  { names: "alias set", position: 5 },
  { names: "lftp|ncftp", pair: { flags: /^-u$/, shape: /^[^,]{1,64},(.{1,256})$/ } },
  { names: "7z a|7za a|7z x", glued: /^-p(.{1,128})$/ },
  { names: "--from-literal", glued: /^--from-literal=[\w.-]{1,253}=(.{1,2048})$/, pair: { flags: /^--from-literal$/, shape: /^[\w.-]{1,253}=(.{1,2048})$/ } },
];

/** Literals of the finder and the detector for each. */
export const clientTriggers = clients.map((client) => ({ literals: client.names, found: (scan: Scan, at: number) => commandLine(scan, at, client) }));

/** `echo user:password | chpasswd`: the secret stands before the command. */
export function changedPassword(scan: Scan, at: number): void {
  const before = scan.text.slice(lineStart(scan.text, at, 256), at);
  const found = /["'\s][\w.-]{1,64}:([^\s"'|]{2,128})["']?\s{0,4}\|\s{0,4}(?:sudo )?$/.exec(before);
  if (!found || isHarmless(found[1]!)) return;
  const start = at - before.length + found.index + found[0].indexOf(found[1]!);
  mask(scan, start, start + found[1]!.length, "password");
}

interface Word {
  start: number;
  end: number;
}

function commandLine(scan: Scan, at: number, client: Client): void {
  if (/[A-Za-z0-9_]/.test(scan.text[at - 1] ?? " ")) return;
  const { text } = scan;
  if (at < scan.commandEnd && ++scan.commandsInside > 6) return;
  const words = wordsOfLine(text, at);
  if (at >= scan.commandEnd) {
    scan.commandEnd = words.at(-1)?.end ?? at;
    scan.commandsInside = 0;
  }
  let positional = -1;
  for (let i = 0; i < words.length; i++) {
    const { start, end } = words[i]!;
    const word = text.slice(start, end);
    const previous = i > 0 ? text.slice(words[i - 1]!.start, words[i - 1]!.end) : "";
    const secret = client.flags?.test(previous)
      ? word
      : (client.glued?.exec(word)?.[1] ?? (client.pair?.flags.test(previous) ? client.pair.shape.exec(word)?.[1] : undefined));
    if (!word.startsWith("-") && !client.flags?.test(previous)) positional++;
    const isPositional = client.position !== undefined && !word.startsWith("-") && positional === client.position;
    const value = (secret ?? (isPositional ? word : undefined))?.replace(/^["']|["']$/g, "");
    if (value === undefined || isHarmless(value) || (client.flags?.test(previous) && word.startsWith("-"))) continue;
    const from = start + word.lastIndexOf(value);
    mask(scan, from, from + value.length, "password");
    if (isPositional) return;
  }
}

/** Words of a shell, or elements of a printed list. A pipe or semicolon ends the command. */
function wordsOfLine(text: string, from: number): Word[] {
  const words: Word[] = [];
  const limit = Math.min(text.length, from + 1024);
  let i = from;
  while (i < limit && words.length < 40) {
    while (i < limit && /[ ,[\]\\\t]/.test(text[i]!)) i++;
    const letter = text[i];
    if (letter === undefined || letter === "\n" || letter === "|" || letter === ";" || (letter === "&" && text[i + 1] === "&")) break;
    const isQuoted = letter === '"' || letter === "'";
    const start = isQuoted ? i + 1 : i;
    let end = start;
    if (!isQuoted) end = afterGluedQuote(text, start, limit);
    while (end < limit && text[end] !== "\n" && (isQuoted ? text[end] !== letter && text[end] !== "\\" : text[end]! > " " && !/["'\]]/.test(text[end]!))) end++;
    if (!isQuoted && text[end - 1] === ",") end--;
    if (end > start) words.push({ start, end });
    i = Math.max(end, start) + 1;
  }
  return words;
}

/** `-p'x'`: a quote in the middle of a word of a shell belongs to it. */
function afterGluedQuote(text: string, start: number, limit: number): number {
  const glued = /^--?[A-Za-z][\w-]{0,40}=?(["'])/.exec(text.slice(start, start + 50));
  if (!glued) return start;
  const close = text.indexOf(glued[1]!, start + glued[0].length);
  return close >= 0 && close < limit && !text.slice(start, close).includes("\n") ? close + 1 : start;
}

/** `echo x | docker login --password-stdin`. */
export function passwordFromPipe(scan: Scan, at: number): void {
  const before = scan.text.slice(lineStart(scan.text, at, 400), at);
  const found = /(?:echo|printf|<<<)(?: -[ne])?[ \t]{1,4}["']?([^\s"'|]{3,256})["']?[ \t]{0,4}\|[^|]{0,200}$/.exec(before);
  if (!found || isHarmless(found[1]!)) return;
  const start = at - before.length + found.index + found[0].indexOf(found[1]!);
  mask(scan, start, start + found[1]!.length, "password");
}
