/** Which literal leads to which detector. */
import { changedPassword, clientTriggers, passwordFromPipe } from "./arguments";
import { hostEcho, numberEcho, percentEcho, portEcho, settingEcho } from "./echoes";
import { authorizationHeader, cookieHeader, looseScheme } from "./headers";
import { literalFinder, type Trigger } from "./literals";
import { secretJson, secretManifest } from "./manifests";
import { pair } from "./pairs";
import { pemBegin, pemEnd } from "./pem";
import type { Scan } from "./scan";
import { loginSentence, newValue } from "./sentences";
import { accessList, authCommand, identifiedBy, setPasswordFor } from "./statements";
import { middleTriggers } from "./token-middles";
import { tokenTriggers } from "./tokens";
import { callWithPassword, clientCommand, phpFrame } from "./traces";
import { urlUserInfo } from "./url";

type Detector = (scan: Scan, at: number) => void;
const on = (literals: string, found: Detector): Trigger[] => literals.split("|").map((literal) => ({ literal, found }));

const keys =
  "pass|pw:|pw=|pwd|secret|token|key|credential|jwt|kennwort|contrase|senha|mnemonic|masterauth|auth|sig=|sessionid|sessid|cookie|salt|bindpw|rootpw|license|signature";
export const detectors = literalFinder([
  ...on("://", urlUserInfo),
  ...on("-----begin ", pemBegin),
  ...on("-----end ", pemEnd),
  ...on("authorization", authorizationHeader),
  ...on("bearer|basic ", looseScheme),
  ...on("cookie", cookieHeader),
  ...on("kind: ", secretManifest),
  ...on('kind"|kind\\"|kind\\\\\\"', secretJson),
  ...on("chpasswd", changedPassword),
  ...on("--password-stdin", passwordFromPipe),
  ...on("setuser |on >", accessList),
  ...on("new value: ", newValue),
  ...on("login", loginSentence),
  ...on("auth(|auth=(|auth = (|login(|authenticate(|credentials(", callWithPassword),
  ...on("identified", identifiedBy),
  ...on("set password", setPasswordFor),
  { literal: "AUTH", exact: true, found: authCommand },
  { literal: "auth ", exact: true, found: authCommand },
  ...on(
    "__construct(|mysqli|mysql_connect(|pdoconnection(|pdo(|ldap_bind(|->auth(|->rawcommand(|ftp_login(|ssh2_auth_password(|oci_connect(|oci_pconnect(",
    phpFrame,
  ),
  ...on('name: \'auth\'|name: "auth"|name":"auth"', clientCommand),
  ...on("could not be cast to|invalid integer value|invalid port|invalid_port|port number|connection option|for input string", portEcho),
  ...on("host name|hostname|enotfound|eai_again|lookup |unknownhost|unknown host|unknown server host|no such host|resolve", hostEcho),
  ...on("with base 10|as integer|invalid syntax|parsing |a number: |nan: ", numberEcho),
  ...on("percent-encoded token", percentEcho),
  ...on('missing "="|missing \\"=', settingEcho),
  ...tokenTriggers,
  ...middleTriggers,
  ...clientTriggers.flatMap(({ literals, found }) => on(literals, found)),
  ...on(keys, pair),
]);
