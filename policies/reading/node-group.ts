import type { Resource, Stack } from "../stack";
import { isSet, items, peek, some, text, Unknown } from "../value";
import { isTrue } from "./flag";
import { type Accelerator, instanceFamily } from "./instance-types";
import { launchTemplateOf, type launchTemplates } from "./launch-template";

export const nodeGroups = "aws:eks/nodeGroup:NodeGroup";
export const clusters = "aws:eks/cluster:Cluster";

type NodeGroup = Resource<typeof nodeGroups>;
type Templates = Stack<typeof launchTemplates>;

/** The cluster of a node group, where it is in the stack. */
export function clusterOf(
  group: NodeGroup,
  stack: Stack<typeof clusters>,
): Resource<typeof clusters> | undefined {
  if (peek(group.props, "clusterName") instanceof Unknown && group.from("clusterName").length === 0)
    return undefined;
  return stack.targets(group, "clusterName", clusters)[0];
}

/** EKS Auto Mode brings nodes, their scaling and the device plugins by itself. */
export const isAutoMode = (cluster: Resource<typeof clusters> | undefined): boolean =>
  isTrue(cluster?.props.computeConfig?.enabled);

/** The instance types that a node group may run, from itself, its launch template, or EKS's default. */
export function instanceTypesOf(group: NodeGroup, stack: Templates): (string | Unknown)[] {
  const own = peek(group.props, "instanceTypes");
  if (own instanceof Unknown) return [own];
  const given = items(own);
  if (given.length > 0) return given;
  if (!isSet(group.props, "launchTemplate")) return ["t3.medium"];
  const template = launchTemplateOf(group, stack);
  if (!template) return [new Unknown("launchTemplate")];
  const type = peek(template.props, "instanceType");
  return [type instanceof Unknown ? type : type || "t3.medium"];
}

/**
 * The first instance type of a node group with one of these accelerators. Throws `Unknown` when none is known to have
 * one, but one may.
 */
export function accelerated(
  group: NodeGroup,
  stack: Templates,
  accelerators: readonly Accelerator[],
): string | undefined {
  let found: string | undefined;
  some(instanceTypesOf(group, stack), (type) => {
    const accelerator = instanceFamily(type)?.accelerator;
    if (!accelerator || !accelerators.includes(accelerator)) return false;
    found = text(type);
    return true;
  });
  return found;
}
