import type { Resource, Stack } from "../stack";
import { items, peek, some, text, Unknown } from "../value";
import { type Place, placeOf, together } from "./namespace";
import type { Pod } from "./workload";

export const horizontal = [
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:autoscaling/v2:HorizontalPodAutoscalerList",
  "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
  "kubernetes:autoscaling/v1:HorizontalPodAutoscalerList",
] as const;
/** Kubernetes' own autoscalers, and KEDA's, which make such ones. */
export const autoscalers = [...horizontal, "kubernetes:keda.sh/v1alpha1:ScaledObject"] as const;

interface Spec {
  scaleTargetRef?: { kind?: string; name?: string };
  minReplicas?: number;
  minReplicaCount?: number;
}

interface Manifest {
  metadata?: object;
  spec?: Spec;
}

export interface Autoscaler {
  resource: Resource;
  place: Place;
  spec: Spec;
  kind: string | Unknown;
  name: string | Unknown;
}

interface Index {
  /** By kind and name of what they scale, where both are known. */
  byTarget: Map<string, Autoscaler[]>;
  /** By the resources that the name may come from. */
  bySource: Map<Resource, Autoscaler[]>;
  others: Autoscaler[];
  open: Unknown[];
}

const indexes = new WeakMap<object, Index>();

/** The autoscalers of a workload; `Unknown` for what may be one. */
function* autoscalersOf(
  pod: Pod,
  stack: Stack<(typeof autoscalers)[number]>,
): Iterable<Autoscaler | Unknown> {
  const index = indexes.get(stack) ?? read(stack);
  indexes.set(stack, index);
  yield* index.open;
  const metadata = peek(pod, "metadata");
  const name = metadata instanceof Unknown ? metadata : peek(metadata, "name");
  const { place } = pod;
  const linked = index.bySource.get(pod.resource as Resource);
  const named =
    name instanceof Unknown ? [...index.byTarget.values()].flat() : index.byTarget.get(`${pod.kind} ${name}`);
  for (const autoscaler of [...(named ?? []), ...(linked ?? []), ...index.others]) {
    const met = both(scales(autoscaler, pod, name), together(place, autoscaler.place));
    if (met !== false) yield met instanceof Unknown ? met : autoscaler;
  }
}

function scales({ kind, name, resource }: Autoscaler, pod: Pod, own: unknown): boolean | Unknown {
  const ofKind = kind instanceof Unknown ? kind : kind === pod.kind;
  if (!(name instanceof Unknown)) return both(ofKind, own instanceof Unknown ? own : name === own);
  return both(ofKind, sourcesOf(resource).includes(pod.resource as Resource) || name);
}

/** Where the name of what an autoscaler scales may come from. */
const sourcesOf = (autoscaler: Resource): readonly Resource[] =>
  autoscaler
    .from(autoscaler.type.endsWith("List") ? "items" : "spec")
    .filter((r) => r.type.startsWith("kubernetes:"));

const both = (a: boolean | Unknown, b: boolean | Unknown): boolean | Unknown =>
  a === false || b === false ? false : a instanceof Unknown ? a : b;

function read(stack: Stack<(typeof autoscalers)[number]>): Index {
  const index: Index = { byTarget: new Map(), bySource: new Map(), others: [], open: [] };
  for (const resource of stack.all(...autoscalers)) {
    const list = resource.type.endsWith("List")
      ? peek(resource.props as { items?: Manifest[] }, "items")
      : undefined;
    if (list instanceof Unknown) index.open.push(list);
    const manifests =
      list === undefined ? [resource.props as Manifest] : list instanceof Unknown ? [] : items(list);
    for (const manifest of manifests) {
      if (manifest instanceof Unknown) index.open.push(manifest);
      else if (typeof manifest === "object" && manifest)
        add(index, resource as unknown as Resource, manifest);
    }
  }
  return index;
}

function add(index: Index, resource: Resource, manifest: Manifest): void {
  const spec = peek(manifest, "spec") ?? {};
  const target = spec instanceof Unknown ? spec : (peek(spec, "scaleTargetRef") ?? {});
  const kind = target instanceof Unknown ? target : peek(target, "kind");
  const name = target instanceof Unknown ? target : peek(target, "name");
  const autoscaler: Autoscaler = {
    resource,
    place: placeOf(resource, peek(manifest, "metadata")),
    spec: spec instanceof Unknown ? {} : spec,
    kind: kind instanceof Unknown ? kind : text(kind) || "Deployment",
    name: name instanceof Unknown ? name : (text(name) ?? ""),
  };
  if (name instanceof Unknown) {
    const sources = sourcesOf(resource);
    for (const source of sources) push(index.bySource, source, autoscaler);
    if (sources.length === 0) index.others.push(autoscaler);
  } else if (kind instanceof Unknown) {
    index.others.push(autoscaler);
  } else {
    push(index.byTarget, `${autoscaler.kind} ${autoscaler.name}`, autoscaler);
  }
}

function push<K>(map: Map<K, Autoscaler[]>, key: K, autoscaler: Autoscaler): void {
  const same = map.get(key);
  if (same) same.push(autoscaler);
  else map.set(key, [autoscaler]);
}

/** The autoscaler of a workload. Throws `Unknown` where none is for certain, but something may be. */
export function autoscalerOf(pod: Pod, stack: Stack<(typeof autoscalers)[number]>): Autoscaler | undefined {
  let open: Unknown | undefined;
  for (const autoscaler of autoscalersOf(pod, stack)) {
    if (!(autoscaler instanceof Unknown)) return autoscaler;
    open ??= autoscaler;
  }
  if (open) throw open;
  return undefined;
}

/** The number of pods that a workload is written with. */
export const replicas = (pod: Pod): number =>
  Number((pod.workload.spec as { replicas?: number } | undefined)?.replicas ?? 1);

/** The fewest pods that a workload runs: what its autoscaler leaves it, else its own count. */
export function fewest(pod: Pod, stack: Stack<(typeof autoscalers)[number]>): number {
  const spec = autoscalerOf(pod, stack)?.spec;
  return spec ? Number(spec.minReplicas ?? spec.minReplicaCount ?? 1) : replicas(pod);
}

/** Whether more than one pod of a workload runs, now or when it is scaled. */
export const runsSeveral = (pod: Pod, stack: Stack<(typeof autoscalers)[number]>): boolean =>
  some([() => replicas(pod) > 1, () => autoscalerOf(pod, stack) !== undefined], (is) => is());
