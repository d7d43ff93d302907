import { z } from "zod";
import { nodeGroups } from "../../reading/node-group";
import { rule } from "../../rule";
import { text } from "../../value";

const group = { clusterName: "main", nodeRoleArn: "arn:aws:iam::123456789012:role/node", subnetIds: ["a"] };
const scalingConfig = { minSize: 2, maxSize: 4, desiredSize: 2 };

export default rule({
  id: "aws-eks-node-image-published",
  title: "EKS nodes run an image that AWS still publishes.",
  severity: "medium",
  why: "AWS has published no image of Amazon Linux 2 for EKS since 2025-11-26: such nodes get no security fixes, and Kubernetes 1.33 and later have none.",
  fix: "Move the node group to the Amazon Linux 2023 or Bottlerocket image of the same kind.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html"],
  checklists: ["lexia", "api-assistant"],

  on: [nodeGroups],
  config: z.strictObject({}),

  check({ amiType }) {
    if (text(amiType)?.toUpperCase().startsWith("AL2_"))
      return `runs ${amiType}, which AWS has not published since 2025-11-26`;
  },

  examples: {
    good: [
      {
        title: "Amazon Linux 2023",
        resources: [
          {
            type: nodeGroups,
            name: "main",
            props: { ...group, scalingConfig, amiType: "AL2023_ARM_64_STANDARD" },
          },
        ],
      },
      {
        title: "EKS's default",
        resources: [{ type: nodeGroups, name: "main", props: { ...group, scalingConfig } }],
      },
    ],
    bad: [
      {
        title: "Amazon Linux 2",
        resources: [
          { type: nodeGroups, name: "main", props: { ...group, scalingConfig, amiType: "AL2_x86_64" } },
        ],
      },
      {
        title: "Amazon Linux 2 with GPU drivers",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...group, scalingConfig, instanceTypes: ["g5.xlarge"], amiType: "AL2_x86_64_GPU" },
          },
        ],
      },
    ],
  },
});
