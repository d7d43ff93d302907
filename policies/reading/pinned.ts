import { image } from "./image";

/** What keeps an image from being the same one tomorrow; nothing where a tag or a digest says which it is. */
export function unpinned(reference: string, floating: readonly string[]): string | undefined {
  const { tag, digest } = image(reference) ?? {};
  if (digest) return undefined;
  if (!tag) return `uses the image ${reference} without a tag`;
  return floating.includes(tag)
    ? `uses the image ${reference}, whatever was pushed under it last`
    : undefined;
}
