import { z } from "zod";
import { ref } from "../../example";
import { notApplicable, rule } from "../../rule";
import { isSet, list } from "../../value";

export default rule({
  id: "aws-eks-remote-access",
  title: "SSH to EKS nodes is let in from named security groups only.",
  severity: "critical",
  why: "A node group with an SSH key and no source groups opens port 22 (for Windows 3389) of every node to the whole internet.",
  fix: "Name the groups in `remoteAccess.sourceSecurityGroupIds`, or leave out `remoteAccess` and use Session Manager.",
  links: [
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/eks/nodegroup/",
  ],
  controls: { checkov: ["CKV_AWS_100"] },
  checklists: ["api-assistant", "textai-studio"],

  on: ["aws:eks/nodeGroup:NodeGroup"],
  config: z.strictObject({}),

  check(props) {
    if (!props.remoteAccess || !isSet(props.remoteAccess, "ec2SshKey"))
      return notApplicable("has no remote access");
    if (list(props.remoteAccess.sourceSecurityGroupIds).length > 0) return;
    return "opens SSH of its nodes to the internet: no source security group is named";
  },

  examples: {
    good: [
      {
        title: "From one security group",
        resources: [
          { type: "aws:ec2/securityGroup:SecurityGroup", name: "bastion", props: {} },
          {
            type: "aws:eks/nodeGroup:NodeGroup",
            name: "nodes",
            props: {
              clusterName: "example",
              nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
              subnetIds: ["subnet-1"],
              scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
              remoteAccess: { ec2SshKey: "operators", sourceSecurityGroupIds: [ref("bastion")] },
            },
          },
        ],
      },
      {
        title: "No remote access",
        resources: [
          {
            type: "aws:eks/nodeGroup:NodeGroup",
            name: "nodes",
            props: {
              clusterName: "example",
              nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
              subnetIds: ["subnet-1"],
              scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A key, and no source",
        resources: [
          {
            type: "aws:eks/nodeGroup:NodeGroup",
            name: "nodes",
            props: {
              clusterName: "example",
              nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
              subnetIds: ["subnet-1"],
              scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
              remoteAccess: { ec2SshKey: "operators" },
            },
          },
        ],
      },
      {
        title: "An empty list of sources",
        resources: [
          {
            type: "aws:eks/nodeGroup:NodeGroup",
            name: "nodes",
            props: {
              clusterName: "example",
              nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
              subnetIds: ["subnet-1"],
              scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
              remoteAccess: { ec2SshKey: "operators", sourceSecurityGroupIds: [] },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The sources come from another stack",
        resources: [
          {
            type: "aws:eks/nodeGroup:NodeGroup",
            name: "nodes",
            props: {
              clusterName: "example",
              nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
              subnetIds: ["subnet-1"],
              scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
              remoteAccess: {
                ec2SshKey: "operators",
                sourceSecurityGroupIds: ref("elsewhere", "groups") as never,
              },
            },
          },
        ],
      },
    ],
  },
});
