/** Which literal leads to which detector. */
import { authorizationHeader, cookieHeader, looseScheme } from "./headers";
import { literalFinder, type Trigger } from "./literals";
import { pair } from "./pairs";
import { pemBegin, pemEnd } from "./pem";
import type { Scan } from "./scan";
import { tokenTriggers } from "./tokens";
import { urlUserInfo } from "./url";

type Detector = (scan: Scan, at: number) => void;
const on = (literals: string, found: Detector): Trigger[] => literals.split("|").map((literal) => ({ literal, found }));

export const detectors = literalFinder([
  ...on("://", urlUserInfo),
  ...on("-----begin ", pemBegin),
  ...on("-----end ", pemEnd),
  ...on("authorization", authorizationHeader),
  ...on("bearer|basic ", looseScheme),
  ...on("cookie", cookieHeader),
  ...tokenTriggers,
  ...on("pass|pwd|secret|token|key|credential|jwt|kennwort|contrase|senha|mnemonic|masterauth|_auth|sig=|sessionid|cookie|salt", pair),
]);
