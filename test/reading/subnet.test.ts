import { isPublic, subnetsOf } from "../../policies/reading/subnet";
import { type Registration, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const types = {
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  table: "aws:ec2/routeTable:RouteTable",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  main: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  defaults: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  gateway: "aws:ec2/internetGateway:InternetGateway",
  group: "aws:rds/subnetGroup:SubnetGroup",
} as const;

/** A resource of a state, whose id is its name. */
const deployed = (kind: keyof typeof types, id: string, inputs: Raw = {}): Registration => ({
  urn: urnOf(types[kind], id),
  type: types[kind],
  name: id,
  id,
  inputs,
});
const out = { cidrBlock: "0.0.0.0/0", gatewayId: "gateway" };
const judged = (...more: Registration[]) => {
  const stack = new Stack([
    deployed("vpc", "network", { defaultRouteTableId: "default" }),
    deployed("gateway", "gateway"),
    deployed("subnet", "one", { vpcId: "network" }),
    ...more,
  ]);
  return stack.all(types.subnet).map((subnet) => isPublic(subnet, stack));
};

describe("a subnet", () => {
  const association = deployed("association", "a", { subnetId: "one", routeTableId: "table" });
  const openMain = deployed("defaults", "d", { defaultRouteTableId: "default", routes: [out] });

  test("without routes is private", () => expect(judged()).toEqual([false]));
  test("is public by a table of its own", () => {
    expect(judged(association, deployed("table", "table", { routes: [out] }))).toEqual([true]);
  });
  test("is public by the main table, but only without one of its own", () => {
    expect(judged(openMain)).toEqual([true]);
    expect(judged(openMain, association, deployed("table", "table", { routes: [] }))).toEqual([false]);
  });
  test("follows another table made the main one", () => {
    const main = deployed("main", "m", { vpcId: "network", routeTableId: "table" });
    expect(judged(openMain, main, deployed("table", "table", { routes: [] }))).toEqual([false]);
  });
  test("goes out through a NAT gateway and stays private", () => {
    const table = deployed("table", "table", {
      routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "", natGatewayId: "nat-1" }],
    });
    expect(judged(association, table)).toEqual([false]);
  });
  test("is open where its gateway is", () => {
    const table = deployed("table", "table", { routes: [{ ...out, gatewayId: unknown }] });
    expect(() => judged(association, table)).toThrow(Unknown);
  });
});

describe("the subnets of a group", () => {
  const named = (inputs: Raw, from?: string[]) => {
    const stack = new Stack([
      deployed("subnet", "one"),
      deployed("subnet", "two"),
      {
        ...deployed("group", "group", inputs),
        ...(from && { propertyDependencies: { subnetIds: from.map((n) => urnOf(types.subnet, n)) } }),
      },
    ]);
    return stack
      .all(types.group)
      .flatMap((group) => [...subnetsOf(group, "subnetIds", stack)])
      .map(([name, subnet]) => (subnet instanceof Unknown ? `${name}?` : name));
  };

  test("are found by id and by output", () => {
    expect(named({ subnetIds: ["one", "two"] })).toEqual(["subnet one", "subnet two"]);
    expect(named({ subnetIds: [unknown] }, ["one"])).toEqual(["subnet one"]);
    expect(named({ subnetIds: unknown }, ["one", "two"])).toEqual(["subnet one", "subnet two"]);
  });
  test("are open where they are another stack's, or cannot be told apart", () => {
    expect(named({ subnetIds: ["one", "subnet-9"] })).toEqual(["subnet one", "subnet subnet-9?"]);
    expect(named({ subnetIds: [unknown] }, ["one", "two"])).toEqual(["subnets?"]);
    expect(named({ subnetIds: [unknown] })).toEqual(["subnets?"]);
  });
});
