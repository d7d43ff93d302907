import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { isPublic, routing, subnetsOf } from "../../reading/subnet";
import { rule } from "../../rule";
import { attempt, Unknown } from "../../value";

const subnet = (name: string, props: object = {}): ExampleResource => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  props: { vpcId: ref("network"), ...props },
});
const table = (name: string, routes: object[]): ExampleResource => ({
  type: "aws:ec2/routeTable:RouteTable",
  name,
  props: { vpcId: ref("network"), routes },
});
const association = (subnet: string, table: string): ExampleResource => ({
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  name: `${subnet}-routes`,
  props: { subnetId: ref(subnet), routeTableId: ref<string>(table) },
});
const group = (...subnets: string[]): ExampleResource => ({
  type: "aws:rds/subnetGroup:SubnetGroup",
  name: "databases",
  props: { subnetIds: subnets.map((name) => ref(name)) },
});
const network: ExampleResource[] = [
  { type: "aws:ec2/vpc:Vpc", name: "network", props: { cidrBlock: "10.0.0.0/16" } },
  { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway", props: { vpcId: ref("network") } },
];
const outwards = { cidrBlock: "0.0.0.0/0", gatewayId: ref("gateway") };

export default rule({
  id: "aws-rds-private-subnets",
  title: "Databases and caches live in private subnets.",
  severity: "high",
  why: "In a subnet with a route to the internet one wrong security group, or one public address, is enough to expose the data.",
  fix: "Take subnets without `mapPublicIpOnLaunch` whose route table has no route to an internet gateway (a NAT gateway is enough to go out).",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/subnetgroup/",
  ],
  controls: { controlTower: ["CT.RDS.PR.11"], config: ["RDS_INSTANCE_SUBNET_IGW_CHECK"] },
  checklists: ["lexia", "api-assistant", "praviel"],

  on: [
    "aws:rds/subnetGroup:SubnetGroup",
    "aws:docdb/subnetGroup:SubnetGroup",
    "aws:neptune/subnetGroup:SubnetGroup",
    "aws:redshift/subnetGroup:SubnetGroup",
    "aws:elasticache/subnetGroup:SubnetGroup",
    "aws:memorydb/subnetGroup:SubnetGroup",
  ],
  sees: routing,
  config: z.strictObject({}),

  each: (_, { resource, stack }) => subnetsOf(resource, "subnetIds", stack),
  check(subnet, { stack }) {
    const gives = attempt(() => isTrue(subnet.props.mapPublicIpOnLaunch));
    if (gives === true) return "gives out public addresses";
    if (isPublic(subnet, stack)) return "has a route to an internet gateway";
    if (gives instanceof Unknown) throw gives;
  },

  examples: {
    good: [
      {
        title: "Subnets that go out through a NAT gateway, or not at all",
        resources: [
          ...network,
          subnet("one"),
          subnet("two"),
          table("private-table", [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-0a1b2c" }]),
          association("one", "private-table"),
          group("one", "two"),
        ],
      },
    ],
    bad: [
      {
        title: "A subnet that gives out public addresses",
        resources: [
          ...network,
          subnet("one", { mapPublicIpOnLaunch: true }),
          subnet("two"),
          group("one", "two"),
        ],
      },
      {
        title: "A route to an internet gateway in the subnet's table",
        resources: [
          ...network,
          subnet("one"),
          table("table", [outwards]),
          association("one", "table"),
          group("one"),
        ],
      },
      {
        title: "The route as a resource of its own, for a cache",
        resources: [
          ...network,
          subnet("one"),
          table("table", []),
          {
            type: "aws:ec2/route:Route",
            name: "out",
            props: {
              routeTableId: ref<string>("table"),
              destinationCidrBlock: "0.0.0.0/0",
              gatewayId: ref("gateway"),
            },
          },
          association("one", "table"),
          {
            type: "aws:elasticache/subnetGroup:SubnetGroup",
            name: "caches",
            props: { subnetIds: [ref("one")] },
          },
        ],
      },
      {
        title: "The main route table of the network",
        resources: [
          ...network,
          subnet("one"),
          {
            type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
            name: "main",
            props: { defaultRouteTableId: ref<string>("network", "defaultRouteTableId"), routes: [outwards] },
          },
          group("one"),
        ],
      },
    ],
    undetermined: [
      {
        title: "A subnet of another stack",
        resources: [
          {
            type: "aws:rds/subnetGroup:SubnetGroup",
            name: "databases",
            props: { subnetIds: ["subnet-0a1b"] },
          },
          {
            type: "aws:docdb/subnetGroup:SubnetGroup",
            name: "more",
            props: { subnetIds: [ref("elsewhere")] },
          },
        ],
      },
    ],
  },
});
