import { namesOf, type Resource, type Stack } from "../stack";
import { attempt, items, list, some, text, Unknown } from "../value";

const subnets = "aws:ec2/subnet:Subnet";
const internetGateways = "aws:ec2/internetGateway:InternetGateway";
const tables = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"] as const;

/** What a rule must see to tell a public subnet from a private one. */
export const routing = [
  subnets,
  internetGateways,
  ...tables,
  "aws:ec2/route:Route",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  "aws:ec2/vpc:Vpc",
] as const;
type Routing = Stack<(typeof routing)[number]>;
type Subnet = Resource<typeof subnets>;

/** The subnets that an input names, by name; `Unknown` for those that are not of this stack. */
export function* subnetsOf(
  resource: Resource,
  input: string,
  stack: Routing,
): Iterable<readonly [name: string, subnet: Subnet | Unknown]> {
  const ids = attempt(() => items((resource.props as Record<string, readonly string[]>)[input]));
  const certain = attempt(() => stack.targets(resource, input, subnets));
  const sources = resource.from(input).filter((r) => r.type === subnets) as Subnet[];
  const found = certain instanceof Unknown ? sources : certain;
  // A value made of several subnets does not tell which of them it holds.
  if (!(ids instanceof Unknown) && found.length > ids.length) {
    yield ["subnets", new Unknown(input)];
    return;
  }
  for (const subnet of found) yield [`subnet ${subnet.name}`, subnet];
  if (certain instanceof Unknown) yield ["subnets", certain];
  if (ids instanceof Unknown) return;
  const names = new Set(found.flatMap(namesOf));
  for (const id of ids) {
    const isForeign = typeof id === "string" && !names.has(id) && sources.length === 0;
    if (isForeign) yield [`subnet ${id}`, new Unknown(`${input} (a subnet of another stack)`)];
  }
}

/** Whether a route leads from a subnet to the internet and back. Throws `Unknown` where that cannot be told. */
export function isPublic(subnet: Subnet, stack: Routing): boolean {
  return some(tablesOf(subnet, stack), (table) => leadsOut(table, stack));
}

/** The route tables of a subnet: its own, else the main one of its network. */
function tablesOf(subnet: Subnet, stack: Routing): Resource<(typeof tables)[number]>[] {
  const associations = stack.pointingAt(
    subnet,
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "subnetId",
  );
  if (associations.length > 0) return associations.flatMap((a) => stack.targets(a, "routeTableId", tables));
  return stack.targets(subnet, "vpcId", "aws:ec2/vpc:Vpc").flatMap((vpc) => {
    const main = stack.pointingAt(
      vpc,
      "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
      "vpcId",
    );
    if (main.length > 0) return main.flatMap((a) => stack.targets(a, "routeTableId", tables));
    return stack
      .all("aws:ec2/defaultRouteTable:DefaultRouteTable")
      .filter((table) => isDefaultOf(table, vpc));
  });
}

const isDefaultOf = (table: Resource, vpc: Resource<"aws:ec2/vpc:Vpc">): boolean => {
  const input = "defaultRouteTableId";
  if (table.from(input).includes(vpc)) return true;
  const own = attempt(() => (vpc.props as Record<string, unknown>)[input]);
  const named = attempt(() => (table.props as Record<string, unknown>)[input]);
  return typeof own === "string" && own !== "" && own === named;
};

function leadsOut(table: Resource<(typeof tables)[number]>, stack: Routing): boolean {
  const routes = attempt(() => list(table.props.routes as readonly Route[] | undefined));
  const within = routes instanceof Unknown ? [routes] : items(routes);
  const ways = [
    () =>
      some(within, (route) =>
        isGateway(
          attempt(() => route?.gatewayId),
          table.from("routes"),
          stack,
        ),
      ),
    () =>
      stack.somePointingAt(table, "aws:ec2/route:Route", "routeTableId", (route) =>
        isGateway(
          attempt(() => route.props.gatewayId),
          route.from("gatewayId"),
          stack,
        ),
      ),
  ];
  return some(ways, (way) => way());
}

interface Route {
  gatewayId?: string;
}

/** Whether a gateway is one to the internet, by its id or by what it comes from. */
function isGateway(id: unknown, sources: readonly Resource[], stack: Routing): boolean {
  if (id instanceof Unknown) {
    if (sources.some((r) => r.type === internetGateways)) return true;
    if (sources.length > 0) return false;
    throw id;
  }
  const known = text(id);
  if (!known) return false;
  if (known.startsWith("igw-") || stack.all(internetGateways).some((g) => namesOf(g).includes(known)))
    return true;
  // After an update the engine sends no ids.
  return sources.some((r) => r.type === internetGateways && namesOf(r).length === 0);
}
