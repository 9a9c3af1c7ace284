/** Images that pods, revisions and nodes of the Snapshot are known to use: what a misspelt one probably meant. */
import type { CauseContext } from "../../model/cause";
import { compareCodePoints } from "../../model/view";
import { nearest } from "../nearest";
import { parseImage } from "./reference";

export interface SeenImage {
  image: string;
  /** A container with it has run, so it can be pulled. */
  ran: boolean;
}

export function seenImages(context: CauseContext): SeenImage[] {
  const found = new Map<string, boolean>();
  const add = (image: string | undefined, ran: boolean): void => {
    if (image) found.set(image, (found.get(image) ?? false) || ran);
  };
  for (const { object } of context.view.list("Pod")) {
    const statuses = [...(object.status?.initContainerStatuses ?? []), ...(object.status?.containerStatuses ?? [])];
    for (const container of [...(object.spec?.initContainers ?? []), ...(object.spec?.containers ?? [])])
      add(container.image, Boolean(statuses.find((s) => s.name === container.name)?.imageID));
  }
  for (const kind of ["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet"] as const)
    for (const { object } of context.view.list(kind)) for (const container of object.spec?.template?.spec?.containers ?? []) add(container.image, false);
  for (const { object } of context.view.list("Node"))
    for (const image of object.status?.images ?? []) for (const name of image.names ?? []) if (!name.includes("@")) add(name, true);
  return [...found].map(([image, ran]) => ({ image, ran })).sort((a, b) => compareCodePoints(a.image, b.image));
}

/** The image that was probably meant: the same repository with another tag that runs somewhere, else a repository spelt alike. */
export function similarImage(context: CauseContext, image: string): { similar: string; ran: boolean; sameRepository: boolean } | null {
  const wanted = parseImage(image);
  if (!wanted) return null;
  const others = seenImages(context).flatMap((seen) => {
    const reference = parseImage(seen.image);
    return reference &&
      seen.image !== image &&
      !(reference.repository === wanted.repository && reference.registry === wanted.registry && reference.tag === wanted.tag)
      ? [{ ...seen, reference }]
      : [];
  });
  const siblings = others.filter((o) => o.reference.registry === wanted.registry && o.reference.repository === wanted.repository);
  const tags = nearest(
    wanted.tag ?? "",
    siblings.map((s) => s.reference.tag ?? ""),
  );
  const sibling = siblings.find((s) => s.reference.tag === tags[0]) ?? siblings.find((s) => s.ran) ?? siblings[0];
  if (sibling) return { similar: sibling.image, ran: sibling.ran, sameRepository: true };
  const names = nearest(
    `${wanted.registry}/${wanted.repository}`,
    others.map((o) => `${o.reference.registry}/${o.reference.repository}`),
  );
  const alike = others.filter(
    (o) =>
      `${o.reference.registry}/${o.reference.repository}` === names[0] &&
      (o.reference.repository.split("/").at(-1) === wanted.repository.split("/").at(-1) ||
        o.reference.tag === wanted.tag ||
        isTypo(o.reference.repository, wanted.repository)),
  );
  const best = alike.find((o) => o.reference.tag === wanted.tag) ?? alike[0];
  return best ? { similar: best.image, ran: best.ran, sameRepository: false } : null;
}

/** One or two letters apart in the last part of the name. */
function isTypo(a: string, b: string): boolean {
  const [x, y] = [a.split("/").at(-1)!, b.split("/").at(-1)!];
  return nearest(x, [y]).length > 0 && Math.abs(x.length - y.length) <= 2 && x.length > 3;
}
