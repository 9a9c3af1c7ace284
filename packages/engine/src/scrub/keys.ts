/** What a key says about its value. */

export interface KeyMeaning {
  kind: "password" | "token" | "secret" | "key" | "cookie" | "authorization";
  /** The value is a secret whatever it looks like. Otherwise only where it looks made by a machine. */
  strong: boolean;
}

const direct: Record<string, KeyMeaning["kind"]> = {
  password: "password",
  passwd: "password",
  passphrase: "password",
  pwd: "password",
  pass: "password",
  passwort: "password",
  kennwort: "password",
  passcode: "password",
  contraseña: "password",
  senha: "password",
  requirepass: "password",
  masterauth: "password",
  passwords: "password",
  pw: "password",
  bindpw: "password",
  rootpw: "password",
  dbpw: "password",
  psw: "password",
  token: "token",
  jwt: "token",
  bearer: "token",
  pat: "token",
  secret: "secret",
  authtoken: "token",
  accesstoken: "token",
  mnemonic: "secret",
  seedphrase: "secret",
  apikey: "key",
  accesskey: "key",
  secretkey: "key",
  privatekey: "key",
  accountkey: "key",
  sharedaccesskey: "key",
  encryptionkey: "key",
  masterkey: "key",
  signingkey: "key",
  authkey: "key",
  authorization: "authorization",
  cookie: "cookie",
  cookies: "cookie",
  sig: "token",
  sas: "token",
  credential: "secret",
  credentials: "secret",
  phpsessid: "cookie",
  jsessionid: "cookie",
  sessionid: "cookie",
};
const endings: [string, KeyMeaning["kind"]][] = [
  ["password", "password"],
  ["passwd", "password"],
  ["passphrase", "password"],
  ["passwort", "password"],
  ["secret", "secret"],
  ["token", "token"],
  ["apikey", "key"],
  ["secretkey", "key"],
  ["accesskey", "key"],
  ["privatekey", "key"],
];
/** Words before `key` that make it a secret. The second group needs a value that looks random. */
const keyOwners = new Set(
  "api access secret private encryption encrypt signing sign account shared hmac jwt unseal recovery crypt aes cipher symmetric subscription ssh x-api functions fernet".split(
    " ",
  ),
);
const weakKeyOwners = new Set(
  "master auth service license licence app application storage admin root session cookie deploy bot consumer integration ingest write read server webhook data connect instrumentation client tls ssl join node cluster agent team user gpg pgp stream".split(
    " ",
  ),
);
/** A last word that speaks about the secret instead of holding it. */
const about = new Set(
  (
    "file path dir name names ref refs url uri endpoint host port id ids type length len size count total ttl expiry expires expire expiration expired in at time timeout lifetime age policy enabled enable disabled " +
    "required attempts retries retry min max minimum maximum limit limits rotation interval algorithm alg hash hint manager store provider header field param parameter prefix format mode method reset changed change version status " +
    "state error errors issuer audience scope usage mount env var claim volume namespace arn budget window used per strategy service server client handler validator encoder generator cache source class resolver filter endpoint review request requests " +
    "location check rule rules regex pattern prompt label column template description message available exists present valid invalid authentication auth index offset sequence position seconds minutes hours ms days review projection selector"
  ).split(" "),
);
/** Last words that only say which one of several secrets it is. */
const which = new Set(
  "value old new current previous primary secondary plain plaintext text base base64 b64 encoded string prod production dev staging test default raw data one two".split(
    " ",
  ),
);

/** Rejects most keys before they are taken apart. */
const mayMean =
  /pass|pwd|pw$|pw[^a-z]|psw|secret|token|key|cred|auth|cookie|jwt|bearer|pat$|pat[^a-z]|kennwort|contrase|senha|mnemonic|seed|sig|sas|sess|sid|licen|salt/i;

/** Meaning of a key such as `DB_PASSWORD`, `spring.datasource.password`, `apiKey`, `--client-secret`; null for any other word. */
export function keyMeaning(key: string): KeyMeaning | null {
  if (key.length > 120 || !mayMean.test(key)) return null;
  const parts = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-zà-ÿ]+/)
    .filter(Boolean);
  while (parts.length > 1 && which.has(parts.at(-1)!)) parts.pop();
  const last = parts.at(-1);
  if (last === undefined || about.has(last)) return null;
  if (/^(?:OLD)?PWD$/.test(key)) return null;
  if (last === "key" || last === "keys") return meaningOfKey(parts, parts.length - 2);
  const kind = direct[last] ?? endings.find(([ending]) => last.endsWith(ending))?.[1];
  if (kind) {
    if (parts.some((part) => part === "public")) return null;
    return { kind, strong: !(last === "credential" || last === "credentials" || last === "pat" || last === "sig" || last === "sas" || last === "pw") };
  }
  if (last === "auth" || last === "session" || last === "sid" || last === "signature" || last === "license" || last === "tokens" || last === "salt")
    return { kind: "token", strong: false };
  const owner = parts.findLastIndex((part) => direct[part] === "password" || part === "secret");
  // SECRET_KEY_BASE, PASSWORD_FOR_ROOT, DB_PASSWORD_REPLICA: the word stands before a qualifier that says nothing about files or limits.
  if (owner >= 0 && parts.length - owner <= 3 && parts.slice(owner + 1).every((part) => !about.has(part) && part !== "names"))
    return { kind: direct[parts[owner]!] ?? "secret", strong: false };
  return null;
}

function meaningOfKey(parts: string[], at: number): KeyMeaning | null {
  const owner = parts[at];
  if (owner === undefined || parts.includes("public")) return null;
  if (keyOwners.has(owner)) return { kind: "key", strong: true };
  if (weakKeyOwners.has(owner) || keyOwners.has(`${parts[at - 1]}-${owner}`)) return { kind: "key", strong: false };
  return null;
}
