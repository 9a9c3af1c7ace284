/** Pieces of RE2 sources that many patterns share. Each holds its named group. */

/** A host name or address; forms that are none are dropped later. */
export const host = String.raw`(?P<host>[A-Za-z0-9$][A-Za-z0-9._$(){}-]*)`;
export const port = String.raw`(?P<port>\d{1,5})`;
/** `host:port`, `[::1]:port`, `/10.0.0.1:port`, `name/10.0.0.1:port`. */
export const address = String.raw`(?P<address>[A-Za-z0-9._/\[\]:%-]*:\d{1,5})`;
/** An absolute or relative path without blanks and quotes. */
export const path = String.raw`(?P<path>[~.]{0,2}/[^\s'"` + "`" + String.raw`,;:)>]+)`;
/** A path in quotes of any kind, blanks allowed. */
export const quotedPath = String.raw`['"` + "`‘“" + String.raw`](?P<path>[^'"` + "`’”" + String.raw`\n]+)['"` + "`’”]";
/**
 * A variable as programs name it: UPPER_CASE with an underscore, or one of the words that are common alone. Any other word in capitals
 * (TLS, GPU, GET) is no variable.
 */
export const env = String.raw`(?P<env>[A-Z][A-Z0-9]*(?:_+[A-Z0-9]+)+|PG[A-Z]{4,8}|(?:PORT|HOST|HOSTNAME|TOKEN|SECRET|DSN|REGION|BUCKET|DATABASE|USERNAME|PASSWORD|DOMAIN|ENVIRONMENT|STAGE|ENDPOINT|NAMESPACE|APIKEY|[A-Z]{2,12}(?:URL|URI|HOST|PORT|TOKEN|SECRET|DSN))\b)`;
