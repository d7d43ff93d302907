import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { once } from "./once";
import { serviceRole } from "./role";
import type { Tags } from "./tags";

export interface NetworkArgs {
  /** Encrypts the flow logs. */
  keyArn: pulumi.Input<string>;
  /** The addresses of the VPC, a /16 (default 10.20.0.0/16). */
  cidrBlock?: string;
  /** How many zones it spans, at most six (default 3). */
  zones?: number;
  /** NAT gateways: one a zone (the default) survives the loss of a zone, a single one costs less. */
  natGateways?: number;
  /** Services that are reached without the NAT gateways, at a price an hour each (default: images, logs, secrets, tokens). */
  endpoints?: string[];
  /** How long flow logs are kept, in days (default 90). */
  flowLogDays?: number;
  tags?: Tags;
}

/** A VPC: public subnets for load balancers only, private ones for everything else, and a log of who talked to whom. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly cidrBlock: string;
  /** Each subnet once there is a way out of it: nothing starts, or is taken down, without. */
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetIds: pulumi.Output<string>[];

  constructor(
    private readonly prefix: string,
    private readonly args: NetworkArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("preflight:components:Network", prefix, {}, opts);
    const name = prefix;
    const parent = { parent: this };
    const count = args.zones ?? 3;
    const gateways = Math.min(args.natGateways ?? count, count);
    this.cidrBlock = args.cidrBlock ?? "10.20.0.0/16";
    const start = /^(\d+\.\d+)\.0\.0\/16$/.exec(this.cidrBlock)?.[1];
    if (!start) throw new pulumi.RunError(`${name}: cidrBlock must be a /16 such as 10.20.0.0/16.`);
    if (count < 2 || count > 6) throw new pulumi.RunError(`${name}: zones must be from 2 to 6.`);
    if (gateways < 1) throw new pulumi.RunError(`${name}: natGateways must be at least 1.`);

    const vpc = new aws.ec2.Vpc(
      name,
      {
        cidrBlock: this.cidrBlock,
        enableDnsHostnames: true,
        enableDnsSupport: true,
        tags: this.named(name),
      },
      parent,
    );
    this.vpcId = vpc.id;
    new aws.ec2.DefaultSecurityGroup(
      name,
      { vpcId: vpc.id, ingress: [], egress: [], tags: args.tags },
      parent,
    );
    const internet = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags: this.named(name) }, parent);

    const zones = aws.getAvailabilityZonesOutput(
      { state: "available", filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] },
      parent,
    ).names;
    const each = [...Array(count).keys()];
    const open = this.routes(`${name}-public`, { gatewayId: internet.id });
    this.publicSubnetIds = each.map((i) =>
      this.subnet(`${name}-public-${i}`, `${start}.${i}.0/24`, zones[i], open),
    );
    const nats = this.publicSubnetIds.slice(0, gateways).map((subnetId, i) => {
      const address = new aws.ec2.Eip(
        `${name}-${i}`,
        { domain: "vpc", tags: this.named(`${name}-${i}`) },
        { parent: this, dependsOn: internet },
      );
      return new aws.ec2.NatGateway(
        `${name}-${i}`,
        { allocationId: address.id, subnetId, tags: this.named(`${name}-${i}`) },
        { parent: this, dependsOn: internet },
      );
    });
    const closed = nats.map((nat, i) => this.routes(`${name}-private-${i}`, { natGatewayId: nat.id }));
    this.privateSubnetIds = each.flatMap((i) => {
      const routes = closed[i % gateways];
      if (!routes) return [];
      return this.subnet(`${name}-private-${i}`, `${start}.${16 * (i + 1)}.0/20`, zones[i], routes);
    });

    this.endpoints(closed);
    this.flowLogs();
    this.registerOutputs({ vpcId: this.vpcId });
  }

  private named(name: string): Tags {
    return { ...this.args.tags, Name: name };
  }

  private routes(
    name: string,
    way: { gatewayId: pulumi.Input<string> } | { natGatewayId: pulumi.Input<string> },
  ): aws.ec2.RouteTable {
    const routes = [{ cidrBlock: "0.0.0.0/0", ...way }];
    return new aws.ec2.RouteTable(
      name,
      { vpcId: this.vpcId, routes, tags: this.named(name) },
      { parent: this },
    );
  }

  private subnet(
    name: string,
    cidrBlock: string,
    availabilityZone: pulumi.Input<string> | undefined,
    routes: aws.ec2.RouteTable,
  ): pulumi.Output<string> {
    const about = { vpcId: this.vpcId, cidrBlock, availabilityZone, mapPublicIpOnLaunch: false };
    const subnet = new aws.ec2.Subnet(name, { ...about, tags: this.named(name) }, { parent: this });
    const association = new aws.ec2.RouteTableAssociation(
      name,
      { routeTableId: routes.id, subnetId: subnet.id },
      { parent: this },
    );
    return once(subnet.id, association);
  }

  private endpoints(routeTables: aws.ec2.RouteTable[]): void {
    const parent = { parent: this };
    const { tags } = this.args;
    const region = aws.getRegionOutput({}, parent).region;
    const service = (what: string) => pulumi.interpolate`com.amazonaws.${region}.${what}`;
    new aws.ec2.VpcEndpoint(
      `${this.prefix}-s3`,
      {
        vpcId: this.vpcId,
        serviceName: service("s3"),
        vpcEndpointType: "Gateway",
        routeTableIds: routeTables.map((table) => table.id),
        tags: this.named(`${this.prefix}-s3`),
      },
      parent,
    );
    const interfaces = this.args.endpoints ?? ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "sts"];
    if (interfaces.length === 0) return;
    const group = new aws.ec2.SecurityGroup(
      `${this.prefix}-endpoints`,
      { vpcId: this.vpcId, description: "Endpoints of AWS services", tags },
      parent,
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${this.prefix}-endpoints`,
      {
        securityGroupId: group.id,
        description: "HTTPS from the VPC",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: this.cidrBlock,
        tags,
      },
      parent,
    );
    for (const what of interfaces)
      new aws.ec2.VpcEndpoint(
        `${this.prefix}-${what}`,
        {
          vpcId: this.vpcId,
          serviceName: service(what),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: this.privateSubnetIds,
          securityGroupIds: [group.id],
          tags: this.named(`${this.prefix}-${what}`),
        },
        parent,
      );
  }

  private flowLogs(): void {
    const name = `${this.prefix}-flow`;
    const { keyArn: kmsKeyId, flowLogDays, tags } = this.args;
    const parent = { parent: this };
    const group = new aws.cloudwatch.LogGroup(
      name,
      { retentionInDays: flowLogDays ?? 90, kmsKeyId, tags },
      parent,
    );
    const iamRoleArn = serviceRole(
      name,
      {
        service: "vpc-flow-logs.amazonaws.com",
        may: [
          {
            Effect: "Allow",
            Action: [
              "logs:CreateLogStream",
              "logs:PutLogEvents",
              "logs:DescribeLogGroups",
              "logs:DescribeLogStreams",
            ],
            Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
          },
        ],
        tags,
      },
      parent,
    );
    new aws.ec2.FlowLog(
      name,
      { vpcId: this.vpcId, trafficType: "ALL", iamRoleArn, logDestination: group.arn, tags },
      parent,
    );
  }
}
