import type { Resource, Stack } from "../stack";
import { isSet, items, peek, text, Unknown } from "../value";
import { taskDefinitions } from "./ecs";

export const services = "aws:ecs/service:Service";
export const scalingTargets = "aws:appautoscaling/target:Target";
export const scalingPolicies = "aws:appautoscaling/policy:Policy";

type Service = Resource<typeof services>;
type Scaling = typeof scalingTargets | typeof scalingPolicies;

/** Whether a load balancer or VPC Lattice checks the health of a service's tasks. */
export const isBehindLoadBalancer = ({ props }: Service): boolean =>
  items(props.loadBalancers).length > 0 || items(props.vpcLatticeConfigurations).length > 0;

/** One task on each instance: their number is that of the instances. */
export const isDaemon = ({ props }: Service): boolean =>
  text(props.schedulingStrategy)?.toUpperCase() === "DAEMON";

/** Who rolls out a new version: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
export const deploymentController = ({ props }: Service): string =>
  text(props.deploymentController?.type)?.toUpperCase() || "ECS";

/** The task definition of a service, where it is in the stack. Throws `Unknown` when that cannot be told. */
export function taskDefinitionOf(
  service: Service,
  stack: Stack<typeof taskDefinitions>,
): Resource<typeof taskDefinitions> | undefined {
  const named = stack.targets(service, "taskDefinition", taskDefinitions);
  const reference = text(peek(service.props, "taskDefinition")) ?? "";
  const [family = "", revision] = reference.slice(reference.lastIndexOf("/") + 1).split(":");
  const found = named.length > 0 ? named : (byFamily(stack).get(family) ?? []);
  if (found.length < 2) return found[0];
  // Without a revision the newest is meant; which one that is, is known once they are deployed.
  const revisions = found.map(revisionOf);
  const wanted = revision === undefined ? Math.max(...revisions) : Number(revision);
  const meant = found[revisions.indexOf(wanted)];
  if (!meant) throw new Unknown("taskDefinition (there are several of its family)");
  return meant;
}

/** The revision of a deployed task definition. */
function revisionOf({ props }: Task): number {
  const { revision, arn } = props as { revision?: unknown; arn?: unknown };
  return Number(text(revision) ?? revision ?? /:(\d+)$/.exec(text(arn) ?? "")?.[1]);
}

type Task = Resource<typeof taskDefinitions>;
type Tasks = Map<string, Task[]>;
const families = new WeakMap<Stack<typeof taskDefinitions>, Tasks>();

/** A service may name a revision that the stack does not know, as `family:revision` or in an ARN. */
function byFamily(stack: Stack<typeof taskDefinitions>): Tasks {
  const known = families.get(stack);
  if (known) return known;
  const made: Tasks = new Map();
  for (const task of stack.all(taskDefinitions)) {
    const family = peek(task.props, "family");
    if (typeof family === "string") add(made, family, task);
  }
  families.set(stack, made);
  return made;
}

/** The scaling targets of a service. Throws `Unknown` when there is none for certain, but one may be. */
export const scalingTargetsOf = (service: Service, stack: Stack<typeof scalingTargets>) =>
  scalingOf(service, scalingTargets, stack) as Resource<typeof scalingTargets>[];

/** The scaling policies of a service. Throws `Unknown` when there is none for certain, but one may be. */
export const scalingPoliciesOf = (service: Service, stack: Stack<typeof scalingPolicies>) =>
  scalingOf(service, scalingPolicies, stack) as Resource<typeof scalingPolicies>[];

function scalingOf<T extends Scaling>(service: Service, type: T, stack: Stack<T>): Resource[] {
  const { bySource, byName, open } = scalingIndex(type, stack);
  const name = peek(service.props, "name");
  const named = (typeof name === "string" && byName.get(name)) || [];
  const found = new Set([
    ...(bySource.get(service) ?? []),
    ...named.filter(({ cluster }) => isIn(service, cluster)).map(({ resource }) => resource),
  ]);
  const clusters = service.from("cluster");
  // A service whose name is not known may be any that its cluster scales.
  const called = name instanceof Unknown && [...byName.values()].flat().some((s) => isIn(service, s.cluster));
  if (found.size === 0 && called) throw name;
  const may = open.find(({ sources }) => sources.length === 0 || sources.some((r) => clusters.includes(r)));
  if (found.size === 0 && may) throw may.reason;
  return [...found];
}

interface ScalingIndex {
  bySource: Map<Resource, Resource[]>;
  byName: Map<string, { cluster: string; resource: Resource }[]>;
  /** Those whose resource is not known and comes from no service: it may be any of the cluster's. */
  open: { sources: readonly Resource[]; reason: Unknown }[];
}

const indices = new WeakMap<Stack, Map<string, ScalingIndex>>();

/** A scaling target names its service as `service/<cluster>/<service>`, a text made of several outputs. */
function scalingIndex<T extends Scaling>(type: T, stack: Stack<T>): ScalingIndex {
  const known = indices.get(stack as unknown as Stack) ?? new Map<string, ScalingIndex>();
  indices.set(stack as unknown as Stack, known);
  let index = known.get(type);
  if (index) return index;
  index = { bySource: new Map(), byName: new Map(), open: [] };
  known.set(type, index);
  for (const resource of stack.all(type) as unknown as Resource<Scaling>[]) {
    const resourceId = peek(resource.props, "resourceId");
    if (!(resourceId instanceof Unknown)) {
      const [kind, cluster = "", name = ""] = text(resourceId)?.split("/") ?? [];
      if (kind === "service") add(index.byName, name, { cluster, resource });
      continue;
    }
    if (isForeign(resource)) continue;
    const sources = resource
      .from("resourceId")
      .flatMap((source) => (source.type === scalingTargets ? source.from("resourceId") : [source]));
    const named = sources.filter((source) => source.type === services);
    for (const service of named) add(index.bySource, service, resource);
    if (named.length === 0) index.open.push({ sources, reason: resourceId });
  }
  return index;
}

/** It scales something else than ECS services. */
function isForeign({ props }: Resource<Scaling>): boolean {
  const namespace = peek(props, "serviceNamespace");
  return typeof namespace === "string" && namespace !== "ecs";
}

function isIn({ props }: Service, cluster: string): boolean {
  if (!isSet(props, "cluster")) return cluster === "default";
  const own = peek(props, "cluster");
  return typeof own !== "string" || own.slice(own.lastIndexOf("/") + 1) === cluster;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
