/** Which fields of a volume do not fit a claim. Rules: k8s.io/component-helpers storage/volume FindMatchingVolume and CheckVolumeModeMismatches. */
import { hasSpec, selects } from "../../model/view";
import { exceeds } from "../../scheduling/quantity";
import type { Claim, Volume } from "./claims";

export type Misfit = "held" | "modes" | "size" | "selector" | "class" | "mode";

/** The misfits that are sure; a field that was not seen on either side is none. In the order in which a person would change them. */
export function misfits(claim: Claim, volume: Volume): Misfit[] {
  const found: Misfit[] = [];
  if (claim.modes && volume.modes && !claim.modes.every((mode) => volume.modes!.includes(mode))) found.push("modes");
  if (claim.size !== null && volume.size !== null && exceeds(claim.size, volume.size)) found.push("size");
  const selector = claim.seen?.object.spec?.selector;
  if (selector && hasSpec(volume.seen) && !selects(selector, volume.seen.object.metadata.labels)) found.push("selector");
  if (claim.className !== null && claim.className !== volume.className) found.push("class");
  const [wanted, has] = [claim.seen?.object.spec?.volumeMode, volume.seen.object.spec?.volumeMode];
  if (wanted && has && wanted !== has) found.push("mode");
  if (isHeld(claim, volume)) found.push("held");
  return found;
}

function isHeld(claim: Claim, volume: Volume): boolean {
  if (volume.holder !== null && volume.holder !== `${claim.namespace}/${claim.name}`) return true;
  // Released: the claim of that name was another one, deleted since.
  return volume.phase === "Released" || volume.phase === "Failed" || (volume.phase === "Bound" && volume.holder === null);
}
