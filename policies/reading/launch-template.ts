import type { Resource, Stack } from "../stack";
import { isSet } from "../value";

export const launchTemplates = "aws:ec2/launchTemplate:LaunchTemplate";

type Launched = Resource<
  | "aws:eks/nodeGroup:NodeGroup"
  | "aws:ec2/instance:Instance"
  | "aws:ec2/spotInstanceRequest:SpotInstanceRequest"
>;

/** The launch template of what it launches, where it is in the stack. Throws `Unknown` when that cannot be told. */
export function launchTemplateOf(
  launched: Launched,
  stack: Stack<typeof launchTemplates>,
): Resource<typeof launchTemplates> | undefined {
  if (!isSet(launched.props, "launchTemplate")) return undefined;
  const [template] = ["launchTemplate.id", "launchTemplate.name"].flatMap((input) =>
    stack.targets(launched, input, launchTemplates),
  );
  return template;
}
