import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";

const flowLogs = "aws:ec2/flowLog:FlowLog";

export default rule({
  id: "aws-ec2-flow-logs",
  title: "A VPC logs its traffic.",
  severity: "medium",
  why: "Without flow logs nobody can tell, after a break-in, what talked to whom, or which rule drops the packets of an outage.",
  fix: "Add a `FlowLog` with the `vpcId` of the VPC and a destination.",
  links: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/flowlog/",
  ],
  controls: {
    fsbp: ["EC2.6"],
    config: ["VPC_FLOW_LOGS_ENABLED"],
    checkov: ["CKV2_AWS_11"],
    trivy: ["AWS-0178"],
  },
  checklists: ["api-assistant"],

  on: ["aws:ec2/vpc:Vpc"],
  sees: [flowLogs],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (stack.pointingAt(resource, flowLogs, "vpcId").length === 0) return "has no flow log";
  },

  examples: {
    good: [
      {
        title: "A flow log to a bucket",
        resources: [
          { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } },
          {
            type: "aws:ec2/flowLog:FlowLog",
            name: "traffic",
            props: {
              vpcId: ref("main"),
              trafficType: "ALL",
              logDestinationType: "s3",
              logDestination: "arn:aws:s3:::example-logs",
            },
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
        title: "The flow log of one of its subnets",
        resources: [
          { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } },
          {
            type: "aws:ec2/subnet:Subnet",
            name: "web",
            props: { vpcId: ref("main"), cidrBlock: "10.0.1.0/24" },
          },
          {
            type: "aws:ec2/flowLog:FlowLog",
            name: "traffic",
            props: { subnetId: ref("web"), trafficType: "ALL", logDestination: "arn:aws:s3:::example-logs" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A flow log for a VPC that another stack names",
        resources: [
          { type: "aws:ec2/vpc:Vpc", name: "main", props: { cidrBlock: "10.0.0.0/16" } },
          {
            type: "aws:ec2/flowLog:FlowLog",
            name: "traffic",
            props: {
              vpcId: ref("elsewhere", "vpc"),
              trafficType: "ALL",
              logDestination: "arn:aws:s3:::example-logs",
            },
          },
        ],
      },
    ],
  },
});
