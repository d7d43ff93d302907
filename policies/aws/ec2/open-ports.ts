import { z } from "zod";
import { ref } from "../../example";
import { hasPorts, ingressOf, ingressTypes, isOpenTo, portsOf, protocolOf } from "../../reading/ingress";
import { rule } from "../../rule";

export default rule({
  id: "aws-ec2-open-ports",
  title: "Nothing but web ports is open to the internet.",
  severity: "high",
  why: "Every open port is a way in. What users need goes through 80 and 443; all else is for the network behind them.",
  fix: "Narrow the ingress to the ports that users need, or let in security groups and private addresses instead of the internet.",
  links: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    "https://docs.aws.amazon.com/controltower/latest/controlreference/ec2-rules.html",
  ],
  controls: {
    fsbp: ["EC2.18"],
    controlTower: ["CT.EC2.PR.3"],
    config: ["VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"],
    checkov: ["CKV_AWS_277"],
    trivy: ["AWS-0107"],
  },
  checklists: ["api-assistant", "textai-studio"],

  on: ingressTypes,
  config: z.strictObject({
    ports: z
      .array(z.number().int().min(0).max(65535))
      .default([80, 443])
      .describe("Ports that may be open to the internet, over TCP and UDP."),
    protocols: z
      .array(z.string().min(1))
      .default(["icmp", "icmpv6"])
      .describe("Protocols without ports that may pass, by name or number."),
  }),

  each: (_, { resource, stack }) => ingressOf(resource, stack),
  check(ingress, { config }) {
    const lets = () => {
      if (!hasPorts(ingress)) return !config.protocols.includes(protocolOf(ingress));
      const { from, to } = portsOf(ingress);
      const allowed = new Set(config.ports.filter((port) => from <= port && port <= to));
      return to - from + 1 > allowed.size;
    };
    if (!isOpenTo(ingress, lets)) return;
    return `opens ${what(ingress)} to the internet; only ${config.ports.join(", ") || "nothing"} may be`;
  },

  examples: {
    good: [
      {
        title: "The two web ports, HTTP/3 and ping",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "web",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] },
                { protocol: "tcp", fromPort: 443, toPort: 443, ipv6CidrBlocks: ["::/0"] },
                { protocol: "udp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
                { protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: ["0.0.0.0/0"] },
              ],
            },
          },
        ],
      },
      {
        title: "Everything, but only within the group and the network",
        resources: [
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: {
              ingress: [
                { protocol: "-1", fromPort: 0, toPort: 0, self: true },
                { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/16"] },
              ],
            },
          },
        ],
      },
      {
        title: "A prefix list, and a port that the configuration adds",
        config: { ports: [80, 443, 22] },
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "list",
            props: {
              securityGroupId: "sg-0123456789abcdef0",
              ipProtocol: "tcp",
              fromPort: 8080,
              toPort: 8080,
              prefixListId: "pl-0123456789abcdef0",
            },
          },
          {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            name: "ssh",
            props: {
              type: "ingress",
              protocol: "tcp",
              fromPort: 22,
              toPort: 22,
              cidrBlocks: ["0.0.0.0/0"],
              securityGroupId: "sg-0123456789abcdef0",
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "SSH for everybody",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "host",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
                { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
              ],
            },
          },
        ],
      },
      {
        title: "From 80 to 443, with all that is in between",
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "range",
            props: {
              securityGroupId: "sg-0123456789abcdef0",
              ipProtocol: "tcp",
              fromPort: 80,
              toPort: 443,
              cidrIpv6: "::/0",
            },
          },
        ],
      },
      {
        title: "All protocols",
        resources: [
          {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            name: "everything",
            props: {
              type: "ingress",
              protocol: "all",
              fromPort: 0,
              toPort: 0,
              cidrBlocks: ["0.0.0.0/0"],
              securityGroupId: "sg-0123456789abcdef0",
            },
          },
        ],
      },
      {
        title: "A protocol that has no ports",
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "gre",
            props: { securityGroupId: "sg-0123456789abcdef0", ipProtocol: "47", cidrIpv4: "0.0.0.0/0" },
          },
        ],
      },
      {
        title: "One rule is not known yet, another is open",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "host",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: [ref("elsewhere", "cidr")] },
                { protocol: "tcp", fromPort: 8443, toPort: 8443, cidrBlocks: ["0.0.0.0/0"] },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The port comes from another stack",
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "service",
            props: {
              securityGroupId: "sg-0123456789abcdef0",
              ipProtocol: "tcp",
              fromPort: ref<number>("elsewhere", "port"),
              toPort: ref<number>("elsewhere", "port"),
              cidrIpv4: "0.0.0.0/0",
            },
          },
        ],
      },
    ],
  },
});

function what(ingress: Parameters<typeof portsOf>[0]): string {
  const protocol = protocolOf(ingress);
  if (protocol === "all") return "every port";
  if (!hasPorts(ingress)) return `protocol ${protocol}`;
  const { from, to } = portsOf(ingress);
  return from === to ? `${protocol} port ${from}` : `${protocol} ports ${from}-${to}`;
}
