/** Whether a value has the form of what it claims to be. What has not is dropped: it may be a piece of a password. */

const label = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const v4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const v6 = /^[0-9a-fA-F:]{2,39}(?:%\w{1,16})?$/;

/** A DNS name (underscores allowed, as compose has them) or an address. A single label must look like a name, not like a token. */
export function isHost(value: string): boolean {
  if (v4.test(value)) return value.split(".").every((p) => Number(p) <= 255);
  if (value.includes(":")) return v6.test(value) && value.split(":").length > 2;
  const name = value.endsWith(".") ? value.slice(0, -1) : value;
  if (name.length === 0 || name.length > 253) return false;
  const labels = name.split(".");
  if (!labels.every((l) => label.test(l))) return false;
  if (labels.length > 1)
    return !/(?:Exception|Error)$/.test(name) && !/^\d+$/.test(labels.at(-1)!) && !/\.(?:go|js|ts|py|rb|java|php|rs|json|ya?ml|conf|so|jar)$/i.test(name);
  return !/^\d+$/.test(name) && name.length <= 63 && !words.has(name.toLowerCase()) && !looksLikeToken(name);
}
const words = new Set(
  "at to the server on in of host address port url with for by from is a an and or not it this that was be as via service remote endpoint database db-url name error failed unknown upstream any all ipv4 ipv6".split(
    " ",
  ),
);
/** Mixed case with digits, or long without a hyphen: no host is named so. */
function looksLikeToken(name: string): boolean {
  const mixed = /[a-z]/.test(name) && /[A-Z]/.test(name) && /\d/.test(name);
  return mixed || (name.length > 24 && !/[-_]/.test(name)) || /^[0-9a-f]{16,}$/.test(name);
}
export function isLocal(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "0.0.0.0" || host.startsWith("127.");
}
export function portOf(value: string): number | null {
  if (!/^\d{1,5}$/.test(value)) return null;
  const port = Number(value);
  return port > 0 && port <= 65_535 ? port : null;
}
export function isPath(value: string): boolean {
  return value.length > 0 && value.length <= 400 && !/[\n\0]/.test(value) && !/:\/\/[^/]*@/.test(value) && /[A-Za-z0-9_]/.test(value);
}
/** `SHOUTING_NAME`, `Section:Key`, `section.key`, `section__key`, `key`. */
export function isSetting(value: string): boolean {
  return /^[A-Za-z_][\w.:\-[\]/]{0,120}$/.test(value) && !value.includes("://") && !looksLikeSecret(value);
}
/** A Kubernetes or other plain name: letters, digits, dots, hyphens, slashes. */
export function isName(value: string): boolean {
  return value.length > 0 && value.length <= 200 && !/[\n\0@]/.test(value);
}
function looksLikeSecret(value: string): boolean {
  return value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value) && (value.match(/\d/g)?.length ?? 0) >= 3 && !/[._:/-]/.test(value);
}
/** Splits `host:port`, `[v6]:port`, `/1.2.3.4:port`, `name/1.2.3.4:port`, `:::3000`. A side that is no host or port is null. */
export function splitAddress(value: string): { host: string | null; port: number | null } {
  const slash = value.indexOf("/");
  let text = value;
  if (slash === 0) text = value.slice(1);
  else if (slash > 0) text = value.slice(0, slash) + value.slice(value.lastIndexOf(":"));
  const colon = text.lastIndexOf(":");
  const port = portOf(text.slice(colon + 1));
  const host = text.slice(0, colon).replace(/^\[|\]$/g, "");
  return { host: isHost(host) ? host : null, port };
}
/** What stands where a host should, and means that a setting is missing: `undefined`, `null`, empty, `$(VAR)`, `${VAR}`. */
export function unsetHost(value: string): { env: string | null } | null {
  const named = /^\$[({]?([A-Za-z_]\w{0,80})[)}]?/.exec(value);
  if (named) return { env: named[1]! };
  return /^(?:undefined|null|none|nil|NaN|<nil>|<no value>|)$/i.test(value) ? { env: null } : null;
}
