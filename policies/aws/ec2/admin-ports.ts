import { z } from "zod";
import { ref } from "../../example";
import { ingressOf, ingressTypes, openedPorts } from "../../reading/ingress";
import { rule } from "../../rule";

export default rule({
  id: "aws-ec2-admin-ports",
  title: "SSH and RDP are not open to the internet.",
  severity: "critical",
  why: "Every address with port 22 or 3389 open is tried around the clock; one weak key or one bug hands over the machine.",
  fix: "Use Session Manager instead of an open port, or let in the addresses of your own network only.",
  links: [
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  ],
  controls: {
    fsbp: ["EC2.13", "EC2.14"],
    checkov: ["CKV_AWS_24", "CKV_AWS_25"],
    trivy: ["AWS-0107"],
  },
  checklists: ["api-assistant", "textai-studio"],

  on: ingressTypes,
  config: z.strictObject({
    ports: z
      .array(z.number().int().min(0).max(65535))
      .default([22, 3389])
      .describe("Ports by which machines are administered."),
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
        title: "SSH from one address, HTTPS from everywhere",
        resources: [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "host",
            props: {
              ingress: [
                { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["203.0.113.7/32"] },
                { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
              ],
            },
          },
        ],
      },
      {
        title: "RDP within a security group",
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "rdp",
            props: {
              securityGroupId: "sg-0123456789abcdef0",
              ipProtocol: "tcp",
              fromPort: 3389,
              toPort: 3389,
              referencedSecurityGroupId: "sg-0fedcba9876543210",
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
            props: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] },
          },
        ],
      },
      {
        title: "Both, in a range over IPv6",
        resources: [
          {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            name: "all",
            props: {
              type: "ingress",
              protocol: "tcp",
              fromPort: 0,
              toPort: 65535,
              ipv6CidrBlocks: ["::/0"],
              securityGroupId: "sg-0123456789abcdef0",
            },
          },
        ],
      },
      {
        title: "Every protocol",
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "all",
            props: { securityGroupId: "sg-0123456789abcdef0", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The addresses come from another stack",
        resources: [
          {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            name: "ssh",
            props: {
              securityGroupId: "sg-0123456789abcdef0",
              ipProtocol: "tcp",
              fromPort: 22,
              toPort: 22,
              cidrIpv4: ref("elsewhere", "office"),
            },
          },
        ],
      },
    ],
  },
});
