import type { Resource } from "../stack";
import { items, peek, text, Unknown } from "../value";

interface Manifest<Spec> {
  metadata?: { name?: string; namespace?: string };
  spec?: Spec;
}

/** What a Kubernetes resource is written as, by part: itself, or each item of a list. */
export function* manifests<Spec>(
  resource: Resource,
): Iterable<readonly [name: string, manifest: Manifest<Spec> | Unknown]> {
  if (!resource.type.endsWith("List")) {
    yield ["", resource.props as Manifest<Spec>];
    return;
  }
  for (const [i, item] of items((resource.props as { items?: Manifest<Spec>[] }).items).entries()) {
    const metadata = item instanceof Unknown ? item : (peek(item ?? {}, "metadata") ?? {});
    const name = metadata instanceof Unknown ? undefined : text(peek(metadata, "name"));
    yield [`item ${name || i + 1}`, item instanceof Unknown ? item : (item ?? {})];
  }
}
