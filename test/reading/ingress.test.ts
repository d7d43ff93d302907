import type { ingressTypes } from "../../policies/reading/ingress";
import { type Ingress, ingressOf, isOpenTo, portsOf, protocolOf } from "../../policies/reading/ingress";
import { type Registration, Stack } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

type Types = (typeof ingressTypes)[number];
const group: Types = "aws:ec2/securityGroup:SecurityGroup";
const rule: Types = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ingressRule: Types = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const registration = (type: Types, inputs: Registration["inputs"], name = "it"): Registration => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
  id: name,
});

function read(...registrations: Registration[]) {
  const stack = new Stack<Types>(registrations);
  const [first] = stack.all(group, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", rule, ingressRule);
  if (!first) throw new Error("nothing to read");
  return [...ingressOf(first, stack)];
}

function only(type: Types, inputs: Registration["inputs"]): Ingress {
  const [[, ingress] = []] = read(registration(type, inputs));
  if (!ingress || ingress instanceof Unknown) throw new Error("no ingress");
  return ingress;
}

test.each([
  ["-1", "all"],
  [-1, "all"],
  ["ALL", "all"],
  ["6", "tcp"],
  [17, "udp"],
  ["TCP", "tcp"],
  ["58", "icmpv6"],
  ["50", "50"],
  ["__proto__", "__proto__"],
])("protocol %p is %p", (protocol, expected) => {
  expect(protocolOf(only(rule, { type: "ingress", protocol }))).toBe(expected);
});

test.each([
  [
    { ipProtocol: "-1", fromPort: 22, toPort: 22 },
    { from: 0, to: 65535 },
  ],
  [{ ipProtocol: "tcp" }, { from: 0, to: 65535 }],
  [
    { ipProtocol: "tcp", fromPort: -1, toPort: -1 },
    { from: 0, to: 65535 },
  ],
  [
    { ipProtocol: "tcp", fromPort: "22", toPort: "23" },
    { from: 22, to: 23 },
  ],
  [
    { ipProtocol: "tcp", fromPort: 0, toPort: 0 },
    { from: 0, to: 0 },
  ],
])("%p opens %p", (written, expected) => {
  expect(portsOf(only(ingressRule, written))).toEqual(expected);
});

test.each([
  ["0.0.0.0/0", true],
  ["::/0", true],
  ["0:0:0:0:0:0:0:0/0", true],
  ["::0/00", true],
  ["10.0.0.0/0", true],
  ["128.0.0.0/1", true],
  ["2000::/3", true],
  ["10.0.0.0/8", false],
  ["203.0.113.7/32", false],
  ["fc00::/7", false],
  ["fe80::/10", false],
  ["2001:db8::/32", false],
  ["0.0.0.0", false],
  ["", false],
])("%p is the world: %p", (cidr, expected) => {
  expect(isOpenTo(only(rule, { type: "ingress", cidrBlocks: ["10.0.0.1/32", cidr] }), () => true)).toBe(
    expected,
  );
  expect(isOpenTo(only(ingressRule, { cidrIpv6: cidr }), () => true)).toBe(expected);
});

test("what is unknown decides only where the rest does not", () => {
  const open = only(rule, { type: "ingress", cidrBlocks: [unknown, "0.0.0.0/0"] });
  expect(isOpenTo(open, () => true)).toBe(true);
  const unsure = only(rule, { type: "ingress", cidrBlocks: unknown });
  expect(isOpenTo(unsure, () => false)).toBe(false);
  expect(() => isOpenTo(unsure, () => true)).toThrow(Unknown);
});

test("egress is no ingress", () => {
  expect(read(registration(rule, { type: "egress", cidrBlocks: ["0.0.0.0/0"] }))).toEqual([]);
});

test("a rule that is not known hides no other", () => {
  const parts = read(registration(group, { ingress: [unknown, { cidrBlocks: ["0.0.0.0/0"] }] }));
  expect(parts.map(([name, part]) => [name, part instanceof Unknown])).toEqual([
    ["ingress[0]", true],
    ["ingress[1]", false],
  ]);
  expect(read(registration(group, { ingress: unknown }))).toHaveLength(1);
  expect(read(registration(group, { ingress: [null, "no"] }))).toHaveLength(2);
});

test("a deployed group repeats the rules of its own resources; they are judged there", () => {
  const deployed = registration(group, {
    ingress: [
      { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0", "10.0.0.0/8"] },
      { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] },
    ],
  });
  const separate = registration(
    ingressRule,
    { securityGroupId: "it", ipProtocol: "6", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" },
    "ssh",
  );
  const addresses = read(deployed, separate).map(([, part]) =>
    part instanceof Unknown ? part : part.addresses,
  );
  expect(addresses).toEqual([["10.0.0.0/8"], ["0.0.0.0/0"]]);
});
