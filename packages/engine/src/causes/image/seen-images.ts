/** Images that pods, revisions and nodes of the Snapshot are known to use: what a misspelt one probably meant. */
import type { CauseContext } from "../../model/cause";
import { type SnapshotView, compareCodePoints } from "../../model/view";
import { nearest } from "../nearest";
import { type ImageReference, parseImage } from "./reference";

export interface SeenImage {
  image: string;
  /** A container with it has run, so it can be pulled. */
  ran: boolean;
  reference: ImageReference;
}

/** Worked out once for a Snapshot. */
const known = new WeakMap<SnapshotView, SeenImage[]>();

function seenImages(view: SnapshotView): SeenImage[] {
  const before = known.get(view);
  if (before) return before;
  const found = new Map<string, boolean>();
  const add = (image: string | undefined, ran: boolean): void => {
    if (image) found.set(image, (found.get(image) ?? false) || ran);
  };
  for (const { object } of view.list("Pod")) {
    const statuses = [...(object.status?.initContainerStatuses ?? []), ...(object.status?.containerStatuses ?? [])];
    for (const container of [...(object.spec?.initContainers ?? []), ...(object.spec?.containers ?? [])])
      if (statuses.find((s) => s.name === container.name)?.imageID) add(container.image, true);
  }
  for (const kind of ["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet"] as const)
    for (const { object } of view.list(kind)) for (const container of object.spec?.template?.spec?.containers ?? []) add(container.image, false);
  for (const { object } of view.list("Node"))
    for (const image of object.status?.images ?? []) for (const name of image.names ?? []) if (!name.includes("@")) add(name, true);
  const images = [...found].flatMap(([image, ran]) => {
    const reference = parseImage(image);
    return reference ? [{ image, ran, reference }] : [];
  });
  images.sort((a, b) => compareCodePoints(a.image, b.image));
  known.set(view, images);
  return images;
}

/** The image that was probably meant: the same repository with another tag that runs somewhere, else a repository spelt alike. */
export function similarImage(context: CauseContext, image: string): { similar: string; ran: boolean; sameRepository: boolean } | null {
  const wanted = parseImage(image);
  if (!wanted) return null;
  const others = seenImages(context.view).filter(
    ({ image: name, reference: r }) => name !== image && !(r.repository === wanted.repository && r.registry === wanted.registry && r.tag === wanted.tag),
  );
  const all = others.filter((o) => o.reference.registry === wanted.registry && o.reference.repository === wanted.repository);
  const siblings = all.some((s) => s.ran) ? all.filter((s) => s.ran) : all;
  const tags = nearest(
    wanted.tag ?? "",
    siblings.map((s) => s.reference.tag ?? ""),
  );
  const sibling = siblings.find((s) => s.reference.tag === tags[0]) ?? siblings[0];
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
