/** Values that stand where a secret could stand and are none. */
import { isKubernetesName, looksRandom } from "./looks";

const words = new Set(
  (
    "null nil none undefined void true false yes no on off empty blank missing required optional invalid incorrect wrong expired unset set redacted hidden masked filtered removed " +
    "string str bytes text any object number int boolean bool array list dict function symbol optional unknown default enabled disabled enable disable n/a na todo " +
    "password passwd passphrase pwd pass secret secrets token tokens key keys credential credentials apikey user:pass " +
    "found not is was are and or the a an for from in of to with by at as must should cannot can not authentication failed failure error ok " +
    "revoked rejected denied forbidden unauthorized disabled unavailable mismatch malformed changed updated rotated created deleted generated loaded verified valid accepted bearer basic plain scram sha256 md5 trust"
  ).split(" "),
);
const placeholder =
  /^[<({[]{1,2}[^<>(){}[\]"']{0,80}[>)}\]]{1,2}$|^\$\{?[A-Za-z_][\w.]{0,60}|^\$\(|^\{\{|^%[A-Za-z_]\w{0,60}%$|^%\(?[a-z]|^(?:your|my|some|insert|change|replace|put|enter|example|dummy|fake|test)[-_]?(?:\w{1,20}[-_]){0,4}(?:password|passwd|pass|secret|token|key|here|me|it|apikey|value)$/i;
const masked = /^\*+$|^[*xX•.#_\-?·●]{3,}$|\.{3}$|…$|\[(?:hidden|redacted|filtered|masked|secret|removed)[^\]]{0,20}\]?|redacted|^bot\*|«/i;
const code =
  /^(?:os|process|settings|config|cfg|self|this|env|ENV|System|args|argv|options|opts|params|req|request|ctx|kwargs|props|secrets|app|conf|var|local|module|context|credentials|creds|url|parsed|data|values|node|match)(?:\??\.[A-Za-z_]|\[|\()|^[A-Za-z_][\w.]{0,40}\(|^(?:await|new|lambda|function)\b|^&[a-z]+$|^(?:Optional|Union|List|Dict|Literal|Annotated|SecretStr)\[/;
const path = /^(?:\/|\.{1,2}\/|~\/|[A-Z]:\\|file:)[\w.@~\\/ -]*$/;

/** Nothing, a word that means nothing or not set, a placeholder, a reference, something already masked, a line of /etc/passwd, code that computes it. */
export function isHarmless(value: string): boolean {
  const bare = value.replace(/[.,;:!)\]}]{1,3}$/, "");
  if (bare.length < 2) return true;
  if (value.length <= 24 && words.has(bare.toLowerCase())) return true;
  if (/^[\w-]{1,32}:[x*!]?:\d{1,10}:/.test(value)) return true;
  if (isMaskedInPart(bare)) return true;
  const head = value.length > 200 ? value.slice(0, 200) : value;
  return placeholder.test(head) || masked.test(head) || code.test(head) || isPath(head) || /^\d{1,6} bytes?$/.test(head);
}

/** `sk-abc***xyz`: what a program left of a secret is too little to use. */
function isMaskedInPart(value: string): boolean {
  return value.length <= 120 && value.replace(/\*{3,}|•{3,}|x{5,}|X{5,}/g, "").length <= Math.min(8, value.length - 3);
}

/** A file that holds a secret is named, not shown. Base64 can start with a slash, so a random segment is no path. */
export function isPath(value: string): boolean {
  return (
    path.test(value) && !value.split(/[/\\]/).some((segment) => segment.length > (/[A-Z].*[0-9]|[0-9].*[A-Z]/.test(segment) ? 7 : 20) && looksRandom(segment))
  );
}

/** Where Kubernetes or a tool names a Secret or a key, the name is what a diagnosis needs. */
export function isName(value: string): boolean {
  return isKubernetesName(value) && !looksRandom(value) && /^[a-z]/.test(value);
}
