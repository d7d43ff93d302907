import type { Token } from "../resources";
import type { Resource, Stack } from "../stack";
import { attempt, peek, Unknown } from "../value";
import { manifests } from "./manifest";
import { namesOfNamespace, placeOf } from "./namespace";

/** What a namespace holds of some types: by its literal name, by the namespace it comes from, or who knows where. */
interface Contents<Spec> {
  byName: Map<string, (Spec | Unknown)[]>;
  bySource: Map<Resource, (Spec | Unknown)[]>;
  open: Unknown[];
}

/** A reader of the specs of some types in a namespace of the stack; `Unknown` for what may be in it. */
export function contents<Spec extends object, T extends Token>(
  types: readonly T[],
): (namespace: Resource, stack: Stack<T>) => Iterable<Spec | Unknown> {
  const made = new WeakMap<Stack<T>, Contents<Spec>>();
  return function* (namespace, stack) {
    const { byName, bySource, open } = made.get(stack) ?? read<Spec>(stack.all(...types) as Resource[]);
    made.set(stack, { byName, bySource, open });
    yield* bySource.get(namespace) ?? [];
    const names = namesOfNamespace(namespace);
    if (names instanceof Unknown) {
      for (const _ of byName.keys()) yield names;
    } else {
      for (const name of names) yield* byName.get(name) ?? [];
    }
    yield* open;
  };
}

function read<Spec>(resources: readonly Resource[]): Contents<Spec> {
  const found: Contents<Spec> = { byName: new Map(), bySource: new Map(), open: [] };
  for (const resource of resources) {
    const parts = attempt(() => [...manifests<Spec>(resource)]);
    if (parts instanceof Unknown) found.open.push(parts);
    for (const [, manifest] of parts instanceof Unknown ? [] : parts) {
      if (manifest instanceof Unknown) {
        found.open.push(manifest);
        continue;
      }
      const spec = (peek(manifest, "spec") ?? {}) as Spec | Unknown;
      const { namespace, sources } = placeOf(resource, peek(manifest, "metadata"));
      const [source] = sources;
      if (!(namespace instanceof Unknown)) push(found.byName, namespace, spec);
      else if (source && sources.length === 1) push(found.bySource, source, spec);
      else found.open.push(namespace);
    }
  }
  return found;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const same = map.get(key);
  if (same) same.push(value);
  else map.set(key, [value]);
}
