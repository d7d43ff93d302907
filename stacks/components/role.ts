import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { once } from "./once";
import type { Tags } from "./tags";

interface ServiceRoleArgs {
  /** Who takes the role, such as `backup.amazonaws.com`. */
  service: string;
  /** Policies of AWS by name, with their path, such as `service-role/AmazonRDSEnhancedMonitoringRole`. */
  managed?: string[];
  /** What else it may do. */
  may?: aws.types.input.iam.PolicyStatement[];
  tags?: Tags;
}

/**
 * The ARN of a role that a service of AWS takes, with no more rights than what is written. Whoever takes the role is made
 * once it has them, and is gone before they are: EKS, for one, cannot clean up without.
 */
export function serviceRole(
  name: string,
  args: ServiceRoleArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const actions =
    args.service === "pods.eks.amazonaws.com" ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"];
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: args.service }, Action: actions }],
  });
  const role = new aws.iam.Role(name, { assumeRolePolicy, tags: args.tags }, opts);
  const rights: pulumi.CustomResource[] = (args.managed ?? []).map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-${policy.slice(policy.lastIndexOf("/") + 1)}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        opts,
      ),
  );
  // Written as an object, not as text: what is not known before deployment hides nothing else from the rules.
  if (args.may)
    rights.push(
      new aws.iam.RolePolicy(
        name,
        { role: role.id, policy: { Version: "2012-10-17", Statement: args.may } },
        opts,
      ),
    );
  return once(role.arn, ...rights);
}
