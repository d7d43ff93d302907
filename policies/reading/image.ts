/** A container image, as a program names it. */
export interface Image {
  /** Host and port; nothing where the image comes from Docker Hub without saying so. */
  registry: string | undefined;
  /** Without registry, tag and digest: `bitnami/redis`. */
  repository: string;
  /** The last segment of the repository: `redis`. */
  name: string;
  tag: string | undefined;
  digest: string | undefined;
}

/** Reads `registry:5000/team/api:1.4@sha256:…`; nothing for what names no image. */
export function image(reference: unknown): Image | undefined {
  if (typeof reference !== "string" || reference === "" || /\s/.test(reference)) return undefined;
  // The bare id of an image that is already there.
  if (/^(?:sha256:[0-9a-f]{12,64}|[0-9a-f]{64})$/.test(reference))
    return { registry: undefined, repository: "", name: "", tag: undefined, digest: reference };

  const [named = "", digest] = halves(reference, reference.indexOf("@"));
  const first = named.slice(0, Math.max(0, named.indexOf("/")));
  const isRegistry = /[.:A-Z]/.test(first) || first === "localhost";
  const path = isRegistry ? named.slice(first.length + 1) : named;
  const [repository = "", tag] = halves(path, path.lastIndexOf(":"));
  const name = repository.slice(repository.lastIndexOf("/") + 1);
  if (name === "") return undefined;
  return {
    registry: isRegistry ? first : undefined,
    repository,
    name,
    tag: tag || undefined,
    digest: digest || undefined,
  };
}

const halves = (text: string, at: number): [string, string?] =>
  at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
