/** Which of the four ways ECR refuses a pull. Source: AWS, Amazon ECR user guide (repository policies, token life of 12 hours). */
import type { CauseContext } from "../../model/cause";
import { nodeOf } from "../told";
import type { PullFailure } from "./pull-failure";
import { ecrOf, parseImage } from "./reference";

export interface EcrVerdict {
  reason: "node-role" | "repository-policy" | "account-or-region" | "expired-token";
  sure: boolean;
}

export function judgeEcr(context: CauseContext, failure: PullFailure, hasPullSecret: boolean): EcrVerdict {
  const registry = failure.reference!.registry;
  const { account, region } = ecrOf(registry)!;
  if (failure.classes.has("token-expired")) return { reason: "expired-token", sure: true };
  const caller = /arn:aws[\w-]{0,10}:(?:sts|iam)::(\d{6,20}):/.exec(failure.text)?.[1];
  if (/ecr:GetAuthorizationToken/.test(failure.text)) return { reason: "node-role", sure: true };
  if (caller && caller !== account) return { reason: "repository-policy", sure: true };
  const ofNode = regionOfNode(context);
  if (ofNode && ofNode !== region) return { reason: "account-or-region", sure: false };
  if (hasPullSecret && (failure.class.name === "forbidden" || failure.class.name === "rejected")) return { reason: "expired-token", sure: false };
  const node = nodeOf(context);
  const others = node ? (context.view.get("Node", null, node)?.object.status?.images ?? []).flatMap((i) => i.names ?? []).map((n) => parseImage(n)) : [];
  if (others.some((o) => o?.registry === registry && o.repository !== failure.reference!.repository)) return { reason: "repository-policy", sure: false };
  return { reason: "node-role", sure: failure.class.name === "no-credentials" };
}

/** From `aws:///eu-west-1a/i-…`. */
function regionOfNode(context: CauseContext): string | null {
  const node = nodeOf(context);
  const object = node ? context.view.get("Node", null, node)?.object : null;
  return /^aws:\/\/\/([a-z]{2}(?:-[a-z]{1,10}){1,2}-\d)[a-z]\//.exec(object?.spec?.providerID ?? "")?.[1] ?? null;
}
