import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";
import { list, some } from "../../value";

export default rule({
  id: "aws-ec2-default-group-closed",
  title: "The default security group of a VPC lets nothing in or out.",
  severity: "medium",
  why: "Whatever is started without a group of its own lands in the default one, and gets what it allows without anybody having meant it.",
  fix: "Declare the `DefaultSecurityGroup` without `ingress` and `egress`, and give resources groups of their own.",
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

  on: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  config: z.strictObject({}),

  check(props) {
    const hasRules = some(
      [() => props.ingress, () => props.egress],
      (rules) => list<unknown>(rules()).length > 0,
    );
    return hasRules ? "has rules" : undefined;
  },

  examples: {
    good: [
      {
        title: "No rules",
        resources: [
          { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } },
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { vpcId: ref("main"), ingress: [], egress: [] },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Its members may talk to each other",
        resources: [
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: {
              vpcId: "vpc-0123456789abcdef0",
              ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
            },
          },
        ],
      },
      {
        title: "Everything may go out",
        resources: [
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The rules come from another stack",
        resources: [
          {
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name: "default",
            props: { ingress: ref("elsewhere", "rules") as never },
          },
        ],
      },
    ],
  },
});
