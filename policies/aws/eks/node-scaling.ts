import { z } from "zod";
import { nodeGroups } from "../../reading/node-group";
import { rule } from "../../rule";

const group = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a", "b"],
};
const sized = (minSize: number, maxSize: number) => ({
  ...group,
  scalingConfig: { minSize, maxSize, desiredSize: minSize },
});

export default rule({
  id: "aws-eks-node-scaling",
  title: "EKS node groups have room to grow.",
  severity: "medium",
  why: "Pods that no node has room for stay pending: a node group of a fixed size gives the autoscaler nothing to do.",
  fix: "Set `scalingConfig.maxSize` above `minSize`.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/autoscaling.html"],
  checklists: ["api-assistant"],

  on: [nodeGroups],
  config: z.strictObject({}),

  check({ scalingConfig }) {
    const { minSize, maxSize } = scalingConfig ?? {};
    if (!(Number(maxSize) > Number(minSize)))
      return `has no room to grow: from ${Number(minSize)} to ${Number(maxSize)}`;
  },

  examples: {
    good: [{ title: "From two to six", resources: [{ type: nodeGroups, name: "main", props: sized(2, 6) }] }],
    bad: [
      { title: "Always two", resources: [{ type: nodeGroups, name: "main", props: sized(2, 2) }] },
      { title: "Always one", resources: [{ type: nodeGroups, name: "main", props: sized(1, 1) }] },
    ],
  },
});
