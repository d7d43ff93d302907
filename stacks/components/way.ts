import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Who may open connections: security groups by a short name of whose they are. */
export type Clients = Record<string, pulumi.Input<string>>;

interface WayArgs {
  from: pulumi.Input<string>;
  to: pulumi.Input<string>;
  port: number;
  description: string;
  /** Whether the side that calls needs a rule too: a group without any egress rule lets nothing out. */
  bothSides?: boolean;
}

/** One port from one security group to another, and nothing more. */
export function openWay(name: string, args: WayArgs, opts: pulumi.CustomResourceOptions): void {
  const way = { ipProtocol: "tcp", fromPort: args.port, toPort: args.port, description: args.description };
  new aws.vpc.SecurityGroupIngressRule(
    name,
    { securityGroupId: args.to, referencedSecurityGroupId: args.from, ...way },
    opts,
  );
  if (args.bothSides)
    new aws.vpc.SecurityGroupEgressRule(
      name,
      { securityGroupId: args.from, referencedSecurityGroupId: args.to, ...way },
      opts,
    );
}
