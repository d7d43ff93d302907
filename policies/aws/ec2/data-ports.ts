import { z } from "zod";
import { ref } from "../../example";
import { ingressOf, ingressTypes, openedPorts } from "../../reading/ingress";
import { rule } from "../../rule";

export default rule({
  id: "aws-ec2-data-ports",
  title: "The ports of databases and caches are not open to the internet.",
  severity: "critical",
  why: "Scanners find an open database port within minutes; from then on one weak password or one bug is enough to lose the data.",
  fix: "Let in the application's security group (`securityGroups`, `sourceSecurityGroupId`, `referencedSecurityGroupId`) or its private addresses instead.",
  links: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
  ],
  controls: { fsbp: ["EC2.19"], controlTower: ["CT.EC2.PR.4"] },
  checklists: ["lexia", "api-assistant", "praviel"],

  on: ingressTypes,
  config: z.strictObject({
    ports: z
      .array(z.number().int().min(0).max(65535))
      .default([1433, 1521, 3306, 5432, 6379, 9200, 11211, 27017, 27018])
      .describe("Ports on which databases, caches and search engines listen."),
  }),

  each: (_, { resource, stack }) => ingressOf(resource, stack),
  check(ingress, { config }) {
    const opened = openedPorts(ingress, config.ports);
    if (opened.length > 0)
      return `opens port${opened.length > 1 ? "s" : ""} ${opened.join(", ")} to the internet`;
  },

  examples: {
    good: [
      {
        title: "PostgreSQL for the application's security group",
        resources: [
          { type: "aws:ec2/securityGroup:SecurityGroup", name: "app", props: {} },
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "database",
            props: {
              ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [ref("app")] }],
            },
          },
        ],
      },
      {
        title: "HTTPS for everybody, Redis for the network, and everything outward",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "app",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
                { protocol: "tcp", fromPort: 6379, toPort: 6379, cidrBlocks: ["10.0.0.0/8"] },
              ],
              egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
            },
          },
          {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            name: "outward",
            props: {
              type: "egress",
              protocol: "-1",
              fromPort: 0,
              toPort: 0,
              cidrBlocks: ["0.0.0.0/0"],
              securityGroupId: ref("app"),
            },
          },
        ],
      },
      {
        title: "The private addresses of IPv6",
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "database",
            props: {
              securityGroupId: "sg-0123456789abcdef0",
              ipProtocol: "tcp",
              fromPort: 5432,
              toPort: 5432,
              cidrIpv6: "fc00::/7",
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "PostgreSQL for everybody, beside a rule that is well",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "database",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/8"] },
                { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] },
              ],
            },
          },
        ],
      },
      {
        title: "A range that holds two of the ports, over IPv6",
        resources: [
          {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            name: "range",
            props: {
              type: "ingress",
              protocol: "tcp",
              fromPort: 6000,
              toPort: 9999,
              ipv6CidrBlocks: ["::/0"],
              securityGroupId: "sg-0123456789abcdef0",
            },
          },
        ],
      },
      {
        title: "All protocols, for which ports do not matter",
        config: { ports: [6379] },
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "everything",
            props: { securityGroupId: "sg-0123456789abcdef0", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
          },
        ],
      },
      {
        title: "The default security group",
        config: { ports: [6379] },
        resources: [
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { ingress: [{ protocol: "6", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/0"] }] },
          },
        ],
      },
      {
        title: "The internet in two halves",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "halves",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 3306, toPort: 3306, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] },
              ],
            },
          },
        ],
      },
      {
        title: "A group and a rule of its own: the rule is found once",
        resources: [
          { type: "aws:ec2/securityGroup:SecurityGroup", name: "database", props: {} },
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "anybody",
            props: {
              securityGroupId: ref("database"),
              ipProtocol: "TCP",
              fromPort: 27017,
              toPort: 27017,
              cidrIpv4: "0.0.0.0/0",
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The addresses come from another stack",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "database",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: [ref("elsewhere", "cidr")] },
              ],
            },
          },
        ],
      },
    ],
  },
});
