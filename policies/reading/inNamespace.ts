import type { Token } from "../resources";
import type { Resource, Stack } from "../stack";
import { attempt, peek, Unknown } from "../value";
import { manifests } from "./manifest";
import { called, type Place, placeOf } from "./namespace";

interface Content<Spec> {
  place: Place;
  spec: Spec | undefined | Unknown;
}

/**
 * A reader of what stands in a namespace of the stack, of some types; `Unknown` for what may.
 * The types of a stack are read once.
 */
export function contents<Spec extends object, T extends Token>(
  types: readonly T[],
): (namespace: Resource, stack: Stack<T>) => Iterable<Content<Spec> | Unknown> {
  const read = new WeakMap<Stack<T>, (Content<Spec> | Unknown)[]>();
  return function* (namespace, stack) {
    const all =
      read.get(stack) ?? stack.all(...types).flatMap((resource) => within<Spec>(resource as Resource));
    read.set(stack, all);
    for (const content of all) {
      const met = content instanceof Unknown ? content : isIn(content.place, namespace);
      if (met !== false) yield met instanceof Unknown ? met : content;
    }
  };
}

function within<Spec>(resource: Resource): (Content<Spec> | Unknown)[] {
  const found = attempt(() => [...manifests<Spec>(resource)]);
  if (found instanceof Unknown) return [found];
  return found.map(([, manifest]) => {
    if (manifest instanceof Unknown) return manifest;
    return { place: placeOf(resource, peek(manifest, "metadata")), spec: peek(manifest, "spec") };
  });
}

function isIn({ namespace, sources }: Place, target: Resource): boolean | Unknown {
  if (!(namespace instanceof Unknown)) {
    const is = called(target, namespace);
    return is ?? new Unknown("metadata.name");
  }
  if (sources.length === 1) return sources[0] === target;
  return sources.length > 1 && !sources.includes(target) ? false : namespace;
}
