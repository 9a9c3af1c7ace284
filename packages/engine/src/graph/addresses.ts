/** Host names and ports inside configuration values: URLs, connection strings, `host:port`, bare names. */
export interface Address {
  host: string;
  port: number | null;
}

const name = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})){0,6}";
const inUrl = new RegExp(`[a-z][a-z0-9+.-]{1,20}://(?:[^\\s/@]{0,200}@)?(${name})(?::(\\d{1,5}))?`, "gi");
const inDsn = new RegExp(`(?:host|server|data source|addr(?:ess)?|bootstrap\\.servers)\\s{0,4}[=:]\\s{0,4}(?:tcp:)?["']?(${name})(?:[:,](\\d{1,5}))?`, "gi");
const pair = new RegExp(`(?:^|[\\s,;@(="'])(${name}):(\\d{2,5})(?=$|[\\s,;/)"']|\\.(?:\\s|$))`, "g");
/** How shells wait for a server: `nc -w 2 host 5432`, `/dev/tcp/host/5432`, `pg_isready -h host`, `nslookup host`. */
const tool = "(?:nc|ncat|telnet|pg_isready|psql|mysqladmin|mysql|redis-cli|nslookup|getent hosts)";
const inCommand = new RegExp(`\\b${tool}(?: -[A-Za-z]{1,3}(?: ?\\d{1,5})?){0,6}(?: -h)? (?!-)(${name})(?: (?:-p ?)?(\\d{2,5}))?(?=$|[\\s;<>&|)"'])`, "g");
const inDevTcp = new RegExp(`/dev/tcp/(${name})/(\\d{1,5})`, "g");
/** `(Socket.java:432)`, `(main.go:12)`: a place in source code has the form of an address. */
const isSource = /^\w+\.(?:java|kt|scala|groovy|clj|js|mjs|ts|go|rs|cs|php|rb|py|cc?|cpp|ex|erl)$/i;
const bare = new RegExp(`^(${name})$`);
const longest = 20_000;

/** Every address in a value, each once, in order; only text that has the form of a host. */
export function addressesIn(value: string): Address[] {
  const text = value.slice(0, longest);
  const found = new Map<string, Address>();
  const add = (host: string | undefined, port: string | undefined): void => {
    if (!host || !/[a-z]/i.test(host)) return;
    const number = port ? Number(port) : null;
    const key = `${host}:${number}`;
    if (!found.has(key) && (number === null || number < 65_536)) found.set(key, { host, port: number });
  };
  for (const pattern of [inUrl, inDsn, pair, inCommand, inDevTcp])
    for (const match of text.matchAll(pattern)) if (pattern !== pair || !isSource.test(match[1]!)) add(match[1], match[2]);
  const whole = bare.exec(text.trim());
  if (whole) add(whole[1], undefined);
  return [...found.values()];
}
