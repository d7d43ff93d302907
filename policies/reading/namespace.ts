import type { Resource } from "../stack";
import { namesOf } from "../stack";
import { peek, text, Unknown } from "../value";

export const namespaces = "kubernetes:core/v1:Namespace";

/** Where a Kubernetes object lives: the name of its namespace, as far as it is known, and where that comes from. */
export interface Place {
  namespace: string | Unknown;
  /** The namespaces of the stack that an unknown name may come from. */
  sources: readonly Resource[];
}

/** The place of a resource, or of an item of a list resource. */
export function placeOf(resource: Resource, metadata: unknown): Place {
  const input = resource.type.endsWith("List") ? "items" : "metadata";
  const namespace = nameIn(resource, metadata);
  return { namespace, sources: namespace instanceof Unknown ? sourcesOf(resource, input) : [] };
}

function nameIn(resource: Resource, metadata: unknown): string | Unknown {
  if (metadata instanceof Unknown) return metadata;
  const own =
    typeof metadata === "object" && metadata ? peek(metadata as { namespace?: string }, "namespace") : "";
  if (own instanceof Unknown || text(own)) return own as string | Unknown;
  const provided = resource.provider && peek(resource.provider, "namespace");
  return provided instanceof Unknown ? provided : text(provided) || "default";
}

/** Through resources that only pass the name on: the account of a pod may be in the namespace that the pod is in. */
function sourcesOf(resource: Resource, input: string): Resource[] {
  const found = new Set<Resource>();
  const seen = new Set<Resource>([resource]);
  let ring = resource.from(input);
  while (ring.length > 0) {
    const next: Resource[] = [];
    for (const source of ring) {
      if (seen.has(source)) continue;
      seen.add(source);
      if (source.type === namespaces) found.add(source);
      else next.push(...source.from("metadata"));
    }
    ring = next;
  }
  return [...found];
}

/** Whether two objects live in one namespace; `Unknown` where that cannot be told. */
export function together(a: Place, b: Place): boolean | Unknown {
  if (!(a.namespace instanceof Unknown) && !(b.namespace instanceof Unknown))
    return a.namespace === b.namespace;
  if (!(a.namespace instanceof Unknown)) return isNamed(b, a.namespace);
  if (!(b.namespace instanceof Unknown)) return isNamed(a, b.namespace);
  const [from, other] = [only(a), only(b)];
  if (!from || !other) return a.namespace;
  return from === other;
}

const only = ({ sources }: Place) => (sources.length === 1 ? sources[0] : undefined);

function isNamed(place: Place, name: string): boolean | Unknown {
  const from = only(place);
  if (!from || !(place.namespace instanceof Unknown)) return place.namespace as Unknown;
  const names = namesOfNamespace(from);
  return names instanceof Unknown ? place.namespace : names.includes(name);
}

/** What a namespace is called. One that is not named gets a name that nobody can have written down. */
export function namesOfNamespace(namespace: Resource): string[] | Unknown {
  const names = namesOf(namespace);
  const metadata = peek(namespace.props as { metadata?: { name?: string } }, "metadata");
  const own = metadata instanceof Unknown ? metadata : metadata && peek(metadata, "name");
  if (typeof own === "string") return [...names, own];
  return own instanceof Unknown && names.length === 0 ? own : names;
}
