/** Tokens that tell by their own shape what they are. Shapes: the issuers' documentation and the secret scanning lists of GitHub and GitLab. */
import { isHarmless } from "./harmless";
import { looksRandom } from "./looks";
import type { Trigger } from "./literals";
import { mask, type Scan } from "./scan";
import { besideKeyId } from "./token-middles";

export interface TokenShape {
  kind: string;
  /** Literals one of which starts the token (or the URL that holds it). */
  starts: string[];
  /** Sticky, from the literal on. Group 1, where there is one, is the secret part. */
  shape: RegExp;
  /** The rest must look made by a machine: the prefix alone is an ordinary word. */
  random?: boolean;
}
const t = (kind: string, starts: string, shape: RegExp, random = false): TokenShape => ({ kind, starts: starts.split(" "), shape, random });

export const tokenShapes: TokenShape[] = [
  t("token:ghp", "ghp_ gho_ ghu_ ghs_ ghr_", /gh[pousr]_[A-Za-z0-9]{20,255}/y),
  t("token:github", "github_pat_", /github_pat_[A-Za-z0-9_]{22,255}/y),
  t(
    "token:gitlab",
    "glpat- gldt- glrt- glptt- glcbt- glft- glsoat- glimt- glagent- glffct- gloas-",
    /gl(?:pat|dt|rt|ptt|cbt|ft|soat|imt|agent|ffct|oas)-[A-Za-z0-9_.=-]{16,128}/y,
  ),
  t("token:slack", "xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxe- xoxe. xapp-", /x(?:ox[abprsoe]|app)[-.][A-Za-z0-9.-]{10,255}/y),
  t("token:slack-webhook", "hooks.slack.com/", /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9_/+-]{12,200})/y),
  t("token:teams-webhook", "webhook.office.com/", /webhook\.office\.com\/webhookb2\/([A-Za-z0-9@/-]{40,300})/y),
  t("token:stripe", "sk_live_ sk_test_ rk_live_ rk_test_ whsec_", /(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9+/=]{10,255}/y),
  t("token:anthropic", "sk-ant-", /sk-ant-[A-Za-z0-9_-]{10,255}/y),
  t("token:openai", "sk-", /sk-(?:proj-|svcacct-|admin-|or-v1-|lf-|litellm-)?[A-Za-z0-9_-]{16,255}/y, true),
  t("token:huggingface", "hf_ api_org_", /(?:hf|api_org)_[A-Za-z0-9]{16,128}/y),
  t("token:npm", "npm_", /npm_[A-Za-z0-9]{30,64}/y),
  t("token:pypi", "pypi-", /pypi-[A-Za-z0-9_-]{40,255}/y, true),
  t("token:rubygems", "rubygems_", /rubygems_[a-f0-9]{40,64}/y),
  t("token:vault", "hvs. hvb. hvr.", /hv[sbr]\.[A-Za-z0-9_-]{20,255}/y),
  t("token:telegram", "/bot", /\/bot(\d{6,12}(?::|%3A)[A-Za-z0-9_-]{20,64})/y),
  t("token:twilio", "SK0 SK1 SK2 SK3 SK4 SK5 SK6 SK7 SK8 SK9 SKa SKb SKc SKd SKe SKf", /SK[0-9a-f]{32}(?![0-9a-f])/y),
  t("token:sendgrid", "SG.", /SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/y),
  t("token:mailgun", "key- pubkey-", /(?:pub)?key-[0-9a-f]{32}/y),
  t("token:discord-webhook", "discord.com/api discordapp.com/api", /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{5,25}\/([A-Za-z0-9_-]{20,128})/y),
  t("token:digitalocean", "dop_v1_ doo_v1_ dor_v1_", /do[opr]_v1_[a-f0-9]{40,128}/y),
  t("token:databricks", "dapi", /dapi[a-f0-9]{32}(?:-\d)?/y),
  t("token:grafana", "glsa_ glc_", /gl(?:sa|c)_[A-Za-z0-9+/=_]{20,255}/y),
  t("token:newrelic", "NRAK- NRJS- NRII- NRRA-", /NR(?:AK|JS|II|RA)-[A-Za-z0-9_-]{16,64}/y),
  t("token:linear", "lin_api_ lin_oauth_", /lin_(?:api|oauth)_[A-Za-z0-9]{32,64}/y),
  t("token:notion", "ntn_ secret_", /(?:ntn|secret)_[A-Za-z0-9]{40,60}/y),
  t("token:shopify", "shpat_ shpca_ shppa_ shpss_ shprt_", /shp(?:at|ca|pa|ss|rt)_[A-Fa-f0-9]{30,64}/y),
  t("token:square", "sq0atp- sq0csp- sq0idp- EAAA", /(?:sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,64}|EAAA[A-Za-z0-9_+=-]{56,64})/y),
  t("token:atlassian", "ATATT3 ATCTT3 ATBB", /(?:AT[AC]TT3[A-Za-z0-9_=-]{20,300}|ATBB[A-Za-z0-9]{24,64})/y),
  t("token:docker", "dckr_pat_ dckr_oat_", /dckr_[po]at_[A-Za-z0-9_-]{20,64}/y),
  t("token:heroku", "HRKU-", /HRKU-[A-Za-z0-9_-]{30,100}/y),
  t("token:fly", "FlyV1 fo1_ fm1_ fm2_ fm1r_ fm1a_", /(?:FlyV1 )?f(?:m1[ar]?|m2|o1)_[A-Za-z0-9+/=_,-]{20,2048}/y),
  t("token:cloudflare", "v1.0-", /v1\.0-[a-f0-9]{24}-[a-f0-9]{100,160}/y),
  t("token:planetscale", "pscale_", /pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{20,64}/y),
  t("token:sentry", "sntrys_ sntryu_", /sntry[su]_[A-Za-z0-9+/=_-]{20,512}/y),
  t("token:age", "AGE-SECRET-KEY-", /AGE-SECRET-KEY-1[A-Z0-9]{40,80}/y),
  t("token:google", "ya29. 1//0 GOCSPX-", /(?:ya29\.[A-Za-z0-9_-]{20,1024}|1\/\/0[A-Za-z0-9_-]{30,256}|GOCSPX-[A-Za-z0-9_-]{20,64})/y),
  t("key:google", "AIza", /AIza[A-Za-z0-9_-]{30,45}/y),
  t("key:aws", "AKIA ASIA ABIA ACCA AROA AIDA", /A(?:KIA|SIA|BIA|CCA|ROA|IDA)[A-Z0-9]{16}(?![A-Za-z0-9])/y),
  t("key:aws", "bedrock-api-key- ABSK", /(?:bedrock-api-key-[A-Za-z0-9+/=]{20,2048}|ABSK[A-Za-z0-9+/]{100,200}={0,2})/y),
  t("key:azure", "Eby8vdM0", /Eby8vdM0[A-Za-z0-9+/]{70,90}={0,2}/y),
  t("token:airtable", "pat", /pat[A-Za-z0-9]{14}\.[a-f0-9]{64}/y),
  t("token:doppler", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", /dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}/y),
  t("token:dynatrace", "dt0c01. dt0s01. dt0s16.", /dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}/y),
  t("token:figma", "figd_ figo_", /fig[do]_[A-Za-z0-9_-]{30,64}/y),
  t("token:groq", "gsk_", /gsk_[A-Za-z0-9]{40,64}/y),
  t("token:xai", "xai-", /xai-[A-Za-z0-9]{60,100}/y),
  t("token:replicate", "r8_", /r8_[A-Za-z0-9]{30,48}/y),
  t("token:perplexity", "pplx-", /pplx-[A-Za-z0-9]{40,64}/y),
  t("token:langchain", "lsv2_", /lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{8,16}/y),
  t("token:nvidia", "nvapi-", /nvapi-[A-Za-z0-9_-]{40,80}/y),
  t("token:tailscale", "tskey-", /tskey-[a-z]{2,12}-[A-Za-z0-9-]{16,80}/y),
  t("token:pulumi", "pul-", /pul-[a-f0-9]{40}/y),
  t("token:postman", "PMAK-", /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/y),
  t("token:supabase", "sbp_ sb_secret_", /(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,64})/y),
  t("token:sonarqube", "squ_ sqp_ sqa_", /sq[upa]_[a-f0-9]{40}/y),
  t("token:jfrog", "AKCp cmVmdGtuO", /(?:AKCp[A-Za-z0-9]{60,80}|cmVmdGtuO[A-Za-z0-9+/=]{40,80})/y),
  t("token:kubeadm", "K10", /K10[a-f0-9]{64}::(?:server|node|[a-z0-9]{6}):[A-Za-z0-9.]{16,64}/y),
  t("token:resend", "re_", /re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,32}/y),
  t("token:openshift", "sha256~", /sha256~[A-Za-z0-9_-]{43}/y),
  t("token:buildkite", "bkua_", /bkua_[a-f0-9]{40}/y),
  t("token:contentful", "CFPAT-", /CFPAT-[A-Za-z0-9_-]{43}/y),
  t("token:frameio", "fio-u-", /fio-u-[A-Za-z0-9_-]{64}/y),
  t("token:confluent", "cflt", /cflt[A-Za-z0-9/+]{60}/y),
  t("token:launchdarkly", "sdk- mob-", /(?:sdk|mob)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/y),
  t("jwt", "eyJ", /eyJ[A-Za-z0-9_-]{8,8192}(?:\.[A-Za-z0-9_-]{2,8192}){1,4}\.?/y),
  t("key:aws", "IQoJb3JpZ2lu FwoGZXIvYXdz FQoGZXIvYXdz", /(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/=%]{20,4096}/y),
  t("pem", "b3BlbnNzaC1rZXktdjE", /b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=]{20,8192}/y),
  t("hash:password", "$2a$ $2b$ $2y$", /\$2[aby]\$\d{2}\$[A-Za-z0-9./]{53}/y),
  t("hash:password", "$1$ $5$ $6$ $y$ $apr1$", /\$(?:1|5|6|y|apr1)\$(?:rounds=\d{1,9}\$)?[A-Za-z0-9./]{1,24}\$[A-Za-z0-9./]{22,128}/y),
  t("hash:password", "$argon2", /\$argon2(?:id|i|d)\$[A-Za-z0-9+/=,$]{20,256}/y),
  t("hash:password", "SCRAM-SHA-256$ pbkdf2_sha256$ {SSHA}", /(?:SCRAM-SHA-256\$|pbkdf2_sha256\$|\{SSHA\})[A-Za-z0-9+/=:$]{20,256}/y),
  t("key:putty", "Private-Lines:", /Private-Lines: \d{1,4}((?:\s{1,8}[A-Za-z0-9+/=]{1,64}){1,200})/y),
];

/** Each literal leads to its shape. */
export const tokenTriggers: Trigger[] = tokenShapes.flatMap((shape) =>
  shape.starts.map((literal) => ({ literal, exact: true, found: (scan: Scan, at: number) => token(scan, at, shape) })),
);

function token(scan: Scan, at: number, { kind, shape, random }: TokenShape): void {
  const { text } = scan;
  if (at < scan.tokenEnd) return;
  if (isAlphanumeric(text.charCodeAt(at)) && isAlphanumeric(text.charCodeAt(at - 1)) && !isEncodedByte(text, at)) return;
  shape.lastIndex = at;
  const found = shape.exec(text);
  if (!found) return;
  const start = found[1] === undefined ? at : at + found[0].length - found[1].length;
  const value = text.slice(start, at + found[0].length);
  if (isHarmless(value) || (random && !looksRandom(value))) return;
  scan.tokenEnd = at + found[0].length;
  mask(scan, start, scan.tokenEnd, kind);
  if (kind === "key:aws") besideKeyId(scan, scan.tokenEnd);
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** `%3Dghp_…`: the letter before belongs to an escape. */
function isEncodedByte(text: string, at: number): boolean {
  return /%[0-9A-Fa-f]{2}$|\\[nrt]$/.test(text.slice(Math.max(0, at - 3), at));
}
