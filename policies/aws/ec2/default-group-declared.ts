import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";

const defaultGroups = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

export default rule({
  id: "aws-ec2-default-group-declared",
  title: "A VPC's default security group is declared, so that it can be closed.",
  severity: "medium",
  why: "AWS makes a default group with every VPC that lets its members reach each other and the internet; what is not declared stays that way.",
  fix: "Add a `DefaultSecurityGroup` with the `vpcId` of the VPC and no rules.",
  links: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultsecuritygroup/",
  ],
  controls: {
    fsbp: ["EC2.2"],
    config: ["VPC_DEFAULT_SECURITY_GROUP_CLOSED"],
    checkov: ["CKV2_AWS_12"],
    trivy: ["AWS-0173"],
  },
  checklists: ["api-assistant"],

  on: ["aws:ec2/vpc:Vpc"],
  sees: [defaultGroups],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (stack.pointingAt(resource, defaultGroups, "vpcId").length === 0)
      return "leaves its default security group as AWS makes it";
  },

  examples: {
    good: [
      {
        title: "Declared for the VPC",
        resources: [
          { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } },
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { vpcId: ref("main") },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A VPC alone",
        resources: [{ type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } }],
      },
      {
        title: "Declared for another VPC",
        resources: [
          { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } },
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { vpcId: "vpc-0fedcba9876543210" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Declared for a VPC that another stack names",
        resources: [
          { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } },
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { vpcId: ref("elsewhere", "vpc") },
          },
        ],
      },
    ],
  },
});
