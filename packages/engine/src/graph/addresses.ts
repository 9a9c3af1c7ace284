/** Host names and ports inside configuration values: URLs, connection strings, `host:port`, bare names. */
export interface Address {
  host: string;
  port: number | null;
}

const name = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})){0,6}";
const inUrl = new RegExp(`[a-z][a-z0-9+.-]{1,20}://(?:[^\\s/@]{0,200}@)?(${name})(?::(\\d{1,5}))?`, "gi");
const inDsn = new RegExp(`(?:host|server|data source|addr(?:ess)?|bootstrap\\.servers)\\s{0,4}[=:]\\s{0,4}(?:tcp:)?["']?(${name})(?:[:,](\\d{1,5}))?`, "gi");
const pair = new RegExp(`(?:^|[\\s,;@(="'])(${name}):(\\d{2,5})(?=$|[\\s,;/)"']|\\.(?:\\s|$))`, "g");
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
  for (const pattern of [inUrl, inDsn, pair]) for (const match of text.matchAll(pattern)) add(match[1], match[2]);
  const whole = bare.exec(text.trim());
  if (whole) add(whole[1], undefined);
  return [...found.values()];
}
