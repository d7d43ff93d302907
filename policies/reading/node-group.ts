import type { Resource, Stack } from "../stack";
import { isSet, items, peek, some, text, Unknown } from "../value";
import { type Accelerator, instanceFamily } from "./instance-types";

export const nodeGroups = "aws:eks/nodeGroup:NodeGroup";
export const launchTemplates = "aws:ec2/launchTemplate:LaunchTemplate";

type NodeGroup = Resource<typeof nodeGroups>;
type LaunchTemplate = Resource<typeof launchTemplates>;
type Templates = Stack<typeof launchTemplates>;

/** The launch template of a node group, where it is in the stack. Throws `Unknown` when that cannot be told. */
export function launchTemplateOf(group: NodeGroup, stack: Templates): LaunchTemplate | undefined {
  if (!isSet(group.props, "launchTemplate")) return undefined;
  const [template] = ["launchTemplate.id", "launchTemplate.name"].flatMap((input) =>
    stack.targets(group, input, launchTemplates),
  );
  return template;
}

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
