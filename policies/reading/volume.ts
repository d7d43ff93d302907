import type { Resource } from "../stack";
import { items, peek, text, Unknown } from "../value";
import { type PodSpec, pods, type Workload } from "./workload";

type Volume = NonNullable<PodSpec["volumes"]>[number];

/** The volumes of a workload's pods, by part. */
export function* volumes(
  resource: Resource<Workload>,
): Iterable<readonly [name: string, volume: Volume | Unknown]> {
  for (const [name, pod] of pods(resource)) {
    const spec = pod instanceof Unknown ? pod : peek(pod, "spec");
    const list = spec instanceof Unknown ? spec : peek(spec, "volumes");
    if (list instanceof Unknown) {
      yield [name, list];
      continue;
    }
    for (const [i, volume] of items(list).entries()) {
      const part = volume instanceof Unknown ? undefined : text(peek(volume ?? {}, "name"));
      yield [[name, `volume ${part || i + 1}`].filter(Boolean).join(", "), volume];
    }
  }
}
