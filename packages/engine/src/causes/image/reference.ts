/** The parts of an image reference. Grammar: distribution/reference, with Docker's default registry and `library/`. */
export interface ImageReference {
  registry: string;
  repository: string;
  tag: string | null;
  digest: string | null;
}

export function parseImage(image: string): ImageReference | null {
  if (!image || image.length > 400 || /\s/.test(image)) return null;
  const [named, digest] = image.split("@", 2) as [string, string?];
  const slash = named.indexOf("/");
  const first = slash < 0 ? "" : named.slice(0, slash);
  const hasHost = first === "localhost" || /[.:]/.test(first);
  const registry = hasHost ? first : "docker.io";
  const rest = hasHost ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(":");
  const tag = colon > rest.lastIndexOf("/") ? rest.slice(colon + 1) : null;
  const path = tag === null ? rest : rest.slice(0, colon);
  const official = registry === "docker.io" || registry === "index.docker.io";
  return { registry, repository: official && !path.includes("/") ? `library/${path}` : path, tag: tag ?? (digest ? null : "latest"), digest: digest ?? null };
}

/** `[account, region]` of an ECR registry; null for all others. */
export function ecrOf(registry: string): { account: string; region: string } | null {
  const found = /^(\d{6,20})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]{1,30})\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(registry);
  return found ? { account: found[1]!, region: found[2]! } : null;
}
