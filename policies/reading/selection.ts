import type { Token } from "../resources";
import type { Resource, Stack } from "../stack";
import { attempt, items, peek, Unknown } from "../value";
import { type Place, placeOf, together } from "./namespace";
import { type Selector, selects } from "./selector";
import type { Pod } from "./workload";

/** Something that speaks of the pods a label selector selects in its namespace, such as a network policy. */
export interface Selecting<Spec> {
  resource: Resource;
  /** Which item of a list it is, from 0. */
  index: number;
  place: Place;
  spec: Spec | Unknown;
}

interface Manifest<Spec> {
  metadata?: object;
  spec?: Spec;
}

/**
 * A reader of who selects a pod, `Unknown` for what may. The selectors of a stack are read once.
 * `selector` gives nothing where a spec selects nothing.
 */
export function selections<Spec extends object, T extends Token>(
  types: readonly T[],
  selector: (spec: Spec) => Selector | undefined,
): (pod: Pod, stack: Stack<T>) => Iterable<Selecting<Spec> | Unknown> {
  const read = new WeakMap<Stack<T>, Selections<Spec, T>>();
  return (pod, stack) => {
    const all = read.get(stack) ?? new Selections(stack, types, selector);
    read.set(stack, all);
    return all.of(pod);
  };
}

/** Who selects a pod, of one kind of resource and its lists. Each pod looks at few of them. */
class Selections<Spec extends object, T extends Token> {
  private readonly byLabel = new Map<string, Set<Selecting<Spec>>>();
  private readonly others = new Set<Selecting<Spec>>();
  private readonly all: Selecting<Spec>[];
  private readonly open: Unknown[] = [];

  constructor(
    stack: Stack<T>,
    types: readonly T[],
    private readonly selector: (spec: Spec) => Selector | undefined,
  ) {
    this.all = types
      .flatMap((type) => stack.all(type))
      .flatMap((resource) => this.read(resource as Resource));
    for (const selecting of this.all) {
      const label = this.oneLabel(selecting);
      if (label === undefined) this.others.add(selecting);
      else this.byLabel.set(label, (this.byLabel.get(label) ?? new Set()).add(selecting));
    }
  }

  /** What selects a pod; `Unknown` for what may. */
  *of(pod: Pod): Iterable<Selecting<Spec> | Unknown> {
    yield* this.open;
    const labels = peek(pod, "labels");
    const all = labels instanceof Unknown ? labels : withAutomatic(labels, pod.kind);
    const { place } = pod;
    for (const selecting of this.near(labels)) {
      const near = together(place, selecting.place);
      const selected = near !== false && this.isSelected(selecting, pod, all);
      if (near === false || selected === false) continue;
      if (near instanceof Unknown) yield near;
      else yield selected instanceof Unknown ? selected : selecting;
    }
  }

  private isSelected(
    { spec, resource }: Selecting<Spec>,
    pod: Pod,
    labels: Pod["labels"] | Unknown,
  ): boolean | Unknown {
    const selected = attempt(() => {
      if (spec instanceof Unknown) throw spec;
      const selector = this.selector(spec);
      if (!selector) return false;
      if (!(labels instanceof Unknown)) return selects(selector, labels);
      if (Object.keys(selector).length > 0) throw labels;
      return true;
    });
    // A selector made of the workload's own labels.
    const isOwn = selected instanceof Unknown && resource.from("spec").includes(pod.resource as Resource);
    return isOwn || selected;
  }

  /** Those that may select a pod, by one of its labels where they can be found so. */
  private near(labels: Pod["labels"] | Unknown): Iterable<Selecting<Spec>> {
    if (labels instanceof Unknown) return this.all;
    const found = new Set(this.others);
    for (const key of Object.keys(labels)) {
      const value = peek(labels, key);
      if (value instanceof Unknown) return this.all;
      for (const selecting of this.byLabel.get(`${key}=${value}`) ?? []) found.add(selecting);
    }
    return found;
  }

  private oneLabel({ spec }: Selecting<Spec>): string | undefined {
    if (spec instanceof Unknown) return undefined;
    const label = attempt(() => {
      const wanted = Object.entries(this.selector(spec)?.matchLabels ?? {});
      const [key, value] = wanted.find(([k]) => !automatic.has(k)) ?? [];
      return typeof value === "string" ? `${key}=${value}` : undefined;
    });
    return label instanceof Unknown ? undefined : label;
  }

  private read(resource: Resource): Selecting<Spec>[] {
    if (!resource.type.endsWith("List")) return [selecting(resource, 0, resource.props as Manifest<Spec>)];
    const list = peek(resource.props as { items?: Manifest<Spec>[] }, "items");
    if (list instanceof Unknown) {
      this.open.push(list);
      return [];
    }
    return items(list).flatMap((item, i) => {
      if (!(item instanceof Unknown))
        return typeof item === "object" && item ? [selecting(resource, i, item)] : [];
      this.open.push(item);
      return [];
    });
  }
}

function selecting<Spec extends object>(
  resource: Resource,
  index: number,
  manifest: Manifest<Spec>,
): Selecting<Spec> {
  const spec = peek(manifest, "spec");
  return {
    resource,
    index,
    place: placeOf(resource, peek(manifest, "metadata")),
    spec: typeof spec === "object" && spec !== null ? spec : ({} as Spec),
  };
}

/** Labels that Kubernetes itself gives to pods, by the kind of what runs them. */
const automatic = new Map([
  ["pod-template-hash", ["Deployment", "ReplicaSet"]],
  ["controller-revision-hash", ["StatefulSet", "DaemonSet"]],
  ["statefulset.kubernetes.io/pod-name", ["StatefulSet"]],
  ["apps.kubernetes.io/pod-index", ["StatefulSet"]],
  ["job-name", ["Job", "CronJob"]],
  ["batch.kubernetes.io/job-name", ["Job", "CronJob"]],
  ["controller-uid", ["Job", "CronJob"]],
  ["batch.kubernetes.io/controller-uid", ["Job", "CronJob"]],
]);

/** The labels of a pod with those that Kubernetes adds, whose values nobody knows before. */
function withAutomatic(labels: Pod["labels"], kind: string): Pod["labels"] {
  const added = [...automatic].filter(([key, kinds]) => kinds.includes(kind) && !Object.hasOwn(labels, key));
  if (added.length === 0) return labels;
  const all: Pod["labels"] = {};
  for (const key of Object.keys(labels))
    Object.defineProperty(all, key, { enumerable: true, get: () => labels[key] });
  for (const [key] of added) {
    const unknown = () => {
      throw new Unknown(`metadata.labels.${key}`);
    };
    Object.defineProperty(all, key, { enumerable: true, get: unknown });
  }
  return all;
}
