import type { Resource } from "../stack";
import { isSet, items, peek, type Unknown } from "../value";
import { launchTemplates } from "./launch-template";
import { nodeGroups } from "./node-group";

export const instances = "aws:ec2/instance:Instance";
export const spotInstances = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
export const launchConfigurations = "aws:ec2/launchConfiguration:LaunchConfiguration";

/** What names instance types. */
export const machines = [
  instances,
  spotInstances,
  launchConfigurations,
  launchTemplates,
  nodeGroups,
] as const;

type Machine = Resource<(typeof machines)[number]>;

/** The instance types that a resource names itself; those of its launch template are the template's. */
export function namedTypes(machine: Machine): (string | Unknown)[] {
  if (machine.type === nodeGroups) return items(machine.props.instanceTypes);
  return isSet(machine.props, "instanceType")
    ? [peek(machine.props, "instanceType") as string | Unknown]
    : [];
}
