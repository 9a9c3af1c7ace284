/** Why the image of the Case's container could not be pulled. */
import type { CauseContext } from "../../model/cause";
import { type Told, imageOf, toldBy } from "../told";
import { type PullPattern, readPullText } from "./grammar";
import { type ImageReference, parseImage } from "./reference";
import { oncePerCase } from "../once";

export interface PullFailure {
  /** Newest text of a known class. */
  class: PullPattern;
  text: string;
  /** The newest first, at most three, each of another wording. */
  told: Told[];
  /** Every class seen lately; more than one where credentials and anonymous access were tried in turn. */
  classes: Set<string>;
  image: string;
  reference: ImageReference | null;
}

const waiting = [
  "ErrImagePull",
  "ImagePullBackOff",
  "ErrImageNeverPull",
  "InvalidImageName",
  "ImageInspectError",
  "RegistryUnavailable",
  "SignatureValidationFailed",
];
/** Words of the kubelet that name no reason. */
const empty = /^(?:Error: )?(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull)$|^Back-off pulling image "[^"]*"$/;
const named = /(?:Failed to pull image|Back-off pulling image|Failed to apply default image tag|Container image|Failed to inspect image) "([^"]{1,400})"/;

/** Status and event wrap the same words differently. */
const sameEnd = 60;

function readPullFailure(context: CauseContext): PullFailure | null {
  const told = toldBy(context, { waiting, terminated: [], events: ["Failed", "InspectFailed", "ErrImageNeverPull"] }).filter(
    ({ text }) => !empty.test(text.trim()),
  );
  const known = told.flatMap((t) => {
    const found = readPullText(t.text);
    return found ? [{ ...t, class: found }] : [];
  });
  const first = known[0];
  if (!first) return null;
  const image = named.exec(first.text)?.[1] || imageOf(context) || "";
  const end = (text: string): string => text.slice(-sameEnd);
  const different = known.filter((t, i) => known.findIndex((other) => end(other.text) === end(t.text)) === i);
  return {
    class: first.class,
    text: first.text,
    told: different.slice(0, 3),
    classes: new Set(known.map((t) => t.class.name)),
    image,
    reference: parseImage(image),
  };
}
export const pullFailure = oncePerCase(readPullFailure);

/** The failure, where it is one of these classes. */
export function pullFailureOf(context: CauseContext, ...classes: string[]): PullFailure | null {
  const failure = pullFailure(context);
  return failure && classes.includes(failure.class.name) ? failure : null;
}
