import type { Resource, Stack } from "../stack";
import { attempt, every, items, peek, some, text, Unknown } from "../value";

const inline = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
] as const;
const ofItsOwn = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
] as const;

/** Everything by which a security group lets traffic in. */
export const ingressTypes = [...inline, ...ofItsOwn] as const;

/** One ingress rule, as the three forms write it. */
interface Written {
  type?: string;
  protocol?: unknown;
  ipProtocol?: unknown;
  fromPort?: unknown;
  toPort?: unknown;
  cidrBlocks?: readonly string[];
  ipv6CidrBlocks?: readonly string[];
  cidrIpv4?: string;
  cidrIpv6?: string;
}

/** One ingress rule of any form. Prefix lists and security groups are no addresses: what they hold is not the world. */
export interface Ingress {
  written: Written;
  addresses: readonly (string | Unknown)[];
}

type From = Resource<(typeof ingressTypes)[number]>;
type Rules = Stack<(typeof ofItsOwn)[number]>;

/** The ingress rules of a resource, with the name that a person knows each by. */
export function* ingressOf(resource: From, stack: Rules): Iterable<readonly [string, Ingress | Unknown]> {
  switch (resource.type) {
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
    case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
      if (isIngress(resource.props)) yield ["", read(resource.props)];
      return;
    default: {
      const rules = peek(resource.props, "ingress");
      if (rules instanceof Unknown) yield ["ingress", rules];
      const others = elsewhere(resource, stack);
      for (const [i, rule] of (rules instanceof Unknown ? [] : items<Written>(rules)).entries())
        yield [`ingress[${i}]`, rule instanceof Unknown ? rule : without(others, read(rule))];
    }
  }
}

const isIngress = (rule: Written) => rule.type === undefined || text(rule.type)?.toLowerCase() === "ingress";

function read(rule: Written | null): Ingress {
  const written = rule ?? {};
  const addresses = [
    ...listed(peek(written, "cidrBlocks")),
    ...listed(peek(written, "ipv6CidrBlocks")),
    ...listed([peek(written, "cidrIpv4") as string, peek(written, "cidrIpv6") as string]),
  ];
  return { written, addresses };
}

const listed = (value: readonly string[] | undefined | Unknown): (string | Unknown)[] =>
  (value instanceof Unknown ? [value] : items(value)).filter(
    (v) => v instanceof Unknown || typeof v === "string",
  );

/**
 * A deployed group lists the rules that are resources of their own, too: they are judged where they were written. A
 * group that is judged alone, before anything is deployed, holds only its own.
 */
function elsewhere(group: From, stack: Rules): ReadonlySet<unknown> {
  const rules = attempt(() => stack.pointingAt(group, ofItsOwn, "securityGroupId"));
  if (rules instanceof Unknown) return new Set();
  const found = rules
    .map((rule) => read(rule.props))
    .filter(({ written }) => attempt(() => isIngress(written)) === true)
    .flatMap((ingress) => ingress.addresses.map((address) => keyOf(ingress, address)));
  return new Set(found.filter((key) => !(key instanceof Unknown)));
}

function without(others: ReadonlySet<unknown>, ingress: Ingress): Ingress {
  if (others.size === 0) return ingress;
  return { ...ingress, addresses: ingress.addresses.filter((a) => !others.has(keyOf(ingress, a))) };
}

const keyOf = (ingress: Ingress, address: string | Unknown): string | Unknown =>
  attempt(() => {
    if (address instanceof Unknown) throw address;
    const { from, to } = portsOf(ingress);
    return `${protocolOf(ingress)} ${from} ${to} ${address}`;
  });

const numbers: Record<string, string> = { "-1": "all", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6" };

/** `all`, `tcp`, `udp`, `icmp`, `icmpv6`, or the number of another protocol. */
export function protocolOf({ written }: Ingress): string {
  const given = written.protocol ?? written.ipProtocol;
  const protocol = typeof given === "number" ? String(given) : (text(given)?.toLowerCase() ?? "all");
  return Object.hasOwn(numbers, protocol) ? String(numbers[protocol]) : protocol;
}

interface Ports {
  from: number;
  to: number;
}

/** The ports that a rule opens, both ends included. Where all protocols pass, ports are not looked at. */
export function portsOf(ingress: Ingress): Ports {
  if (protocolOf(ingress) === "all") return { from: 0, to: 65535 };
  const from = portNumber(ingress.written.fromPort);
  const to = portNumber(ingress.written.toPort);
  return { from: from ?? 0, to: to ?? from ?? 65535 };
}

/** ICMP apart, -1 stands for every port, as does none. */
function portNumber(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value === "")) return undefined;
  return Number(value) < 0 ? undefined : Number(value);
}

/** Whether TCP or UDP pass, the protocols that have ports. */
export const hasPorts = (ingress: Ingress): boolean => ["all", "tcp", "udp"].includes(protocolOf(ingress));

/** Whether a rule lets in what meets a condition, from anywhere. An unknown decides only where the other does not. */
export const isOpenTo = (ingress: Ingress, lets: () => boolean): boolean =>
  every([() => some(ingress.addresses, isTheWorld), lets], (holds) => holds());

/** Those of the ports that a rule opens to the world. */
export function openedPorts(ingress: Ingress, ports: readonly number[]): number[] {
  const isOpened = (port: number) => {
    const { from, to } = portsOf(ingress);
    return from <= port && port <= to;
  };
  return isOpenTo(ingress, () => hasPorts(ingress) && ports.some(isOpened)) ? ports.filter(isOpened) : [];
}

/** Nobody has a network of his own larger than these: what is wider is taken for the whole internet. */
const widest = { v4: 8, v6: 16 };

export function isTheWorld(cidr: string): boolean {
  const [address = "", length = ""] = cidr.trim().split("/");
  if (!/^\d{1,3}$/.test(length)) return false;
  const isV6 = address.includes(":");
  // fc00::/7 holds the private addresses of IPv6, fe80::/10 those of one link.
  if (isV6 && /^f[cde]/i.test(address) && Number(length) >= 7) return false;
  return Number(length) < (isV6 ? widest.v6 : widest.v4);
}
