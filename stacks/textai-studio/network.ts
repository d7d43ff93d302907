import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tags } from "./settings";

/** A VPC with two public subnets for the load balancer and a private one for the host. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetId: pulumi.Output<string>;
  readonly zone: pulumi.Output<string>;

  constructor(name: string, args: { keyArn: pulumi.Input<string> }, opts?: pulumi.ComponentResourceOptions) {
    super("textai-studio:index:Network", name, {}, opts);
    const parent = { parent: this };
    const zones = aws.getAvailabilityZonesOutput({ state: "available" }, parent).names;
    const vpc = new aws.ec2.Vpc(
      name,
      { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true, enableDnsSupport: true, tags },
      parent,
    );
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, tags }, parent);
    const internet = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags }, parent);

    const open = this.routes(`${name}-public`, vpc.id, { gatewayId: internet.id });
    const publicSubnets = [0, 1].map((i) => {
      const subnet = new aws.ec2.Subnet(
        `${name}-public-${i}`,
        { vpcId: vpc.id, cidrBlock: `10.20.${i}.0/24`, availabilityZone: zones[i], tags },
        parent,
      );
      const about = { routeTableId: open.id, subnetId: subnet.id };
      new aws.ec2.RouteTableAssociation(`${name}-public-${i}`, about, parent);
      return subnet;
    });

    const address = new aws.ec2.Eip(name, { domain: "vpc", tags }, { parent: this, dependsOn: internet });
    const nat = new aws.ec2.NatGateway(
      name,
      { allocationId: address.id, subnetId: publicSubnets[0]?.id as pulumi.Output<string>, tags },
      parent,
    );
    const closed = this.routes(`${name}-private`, vpc.id, { natGatewayId: nat.id });
    const privateSubnet = new aws.ec2.Subnet(
      `${name}-private`,
      { vpcId: vpc.id, cidrBlock: "10.20.10.0/24", availabilityZone: zones[0], tags },
      parent,
    );
    const about = { routeTableId: closed.id, subnetId: privateSubnet.id };
    new aws.ec2.RouteTableAssociation(`${name}-private`, about, parent);

    this.flowLogs(name, vpc.id, args.keyArn);
    this.vpcId = vpc.id;
    this.publicSubnetIds = publicSubnets.map((s) => s.id);
    this.privateSubnetId = privateSubnet.id;
    this.zone = privateSubnet.availabilityZone;
    this.registerOutputs({ vpcId: this.vpcId });
  }

  private routes(
    name: string,
    vpcId: pulumi.Input<string>,
    way: { gatewayId: pulumi.Input<string> } | { natGatewayId: pulumi.Input<string> },
  ): aws.ec2.RouteTable {
    const routes = [{ cidrBlock: "0.0.0.0/0", ...way }];
    return new aws.ec2.RouteTable(name, { vpcId, routes, tags }, { parent: this });
  }

  private flowLogs(name: string, vpcId: pulumi.Input<string>, kmsKeyId: pulumi.Input<string>): void {
    const parent = { parent: this };
    const group = new aws.cloudwatch.LogGroup(
      `${name}-flow`,
      { retentionInDays: 90, kmsKeyId, tags },
      parent,
    );
    const role = new aws.iam.Role(
      `${name}-flow`,
      {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "vpc-flow-logs.amazonaws.com" }),
        tags,
      },
      parent,
    );
    const policy = aws.iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            actions: [
              "logs:CreateLogStream",
              "logs:PutLogEvents",
              "logs:DescribeLogGroups",
              "logs:DescribeLogStreams",
            ],
            resources: [group.arn, pulumi.interpolate`${group.arn}:*`],
          },
        ],
      },
      parent,
    );
    new aws.iam.RolePolicy(`${name}-flow`, { role: role.id, policy: policy.json }, parent);
    new aws.ec2.FlowLog(
      name,
      { vpcId, trafficType: "ALL", iamRoleArn: role.arn, logDestination: group.arn, tags },
      parent,
    );
  }
}
